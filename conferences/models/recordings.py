"""Recordings: what the platform's own list said, and one merged row for each."""

from datetime import datetime

from django.conf import settings
from django.db import models

from conferences.models.chat import ChatMessage
from conferences.models.conference import Conference
from conferences.models.files import DriveFile
from conferences.models.time_slot import ConferenceTimeSlot


class CallRecording(models.Model):
    """One part of a recording in the platform's own list."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="call_recordings"
    )
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.SET_NULL, null=True, related_name="call_recordings"
    )
    source_id = models.CharField(max_length=500)
    read_through = models.CharField(max_length=2000)
    is_planned = models.BooleanField(default=True)
    call_id = models.CharField(max_length=500, null=True)  # noqa: DJ001
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    vanished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "source_id"], name="one_row_per_call_recording"
            )
        ]

    def __str__(self) -> str:
        return self.source_id


class Recording(models.Model):
    """One recording, merged from the routes that know it; parts of a meeting are numbered.

    Derived from its sources, but for what an instructor decided: nobody sees it who does not
    teach until it is published. ``vanished_at``: no route has it any more. ``file_gone_at``: the
    file that the chat names is not there any more, moved, deleted or expired.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="recordings")
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.SET_NULL, null=True, related_name="recordings"
    )
    listed = models.ForeignKey(
        CallRecording, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    message = models.ForeignKey(ChatMessage, on_delete=models.SET_NULL, null=True, related_name="+")
    file = models.ForeignKey(DriveFile, on_delete=models.SET_NULL, null=True, related_name="+")
    part = models.PositiveIntegerField(default=1)
    parts = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=400, blank=True)
    url = models.TextField(null=True)  # noqa: DJ001 (in the tenant: for those who teach)
    starts_at = models.DateTimeField()
    duration = models.DurationField()
    size = models.PositiveBigIntegerField(null=True)
    is_planned = models.BooleanField(default=True)
    file_gone_at = models.DateTimeField(null=True)
    vanished_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["starts_at", "id"]

    def __str__(self) -> str:
        return self.name or f"recording of {self.starts_at:%Y-%m-%d %H:%M} UTC"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.duration

    @property
    def sources(self) -> list[str]:
        """The feeds that know it."""
        known = {"recordings": self.listed_id, "drive": self.file_id, "chat": self.message_id}
        return [name for name, key in known.items() if key is not None]
