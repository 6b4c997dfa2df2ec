"""What was said, in writing."""

from django.db import models

from conferences.models.conference import Conference
from conferences.models.time_slot import ConferenceTimeSlot


class Transcript(models.Model):
    """``lost``: how many of its cues could not be read. ``is_attributed`` is false where the
    tenant does not let speakers be named.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="transcripts")
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.SET_NULL, null=True, related_name="transcripts"
    )
    source_id = models.CharField(max_length=500)
    read_through = models.CharField(max_length=2000)
    is_planned = models.BooleanField(default=True)
    call_id = models.CharField(max_length=500, null=True)  # noqa: DJ001
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lost = models.PositiveIntegerField(default=0)
    is_attributed = models.BooleanField(default=True)
    vanished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "source_id"], name="one_row_per_transcript"
            )
        ]

    def __str__(self) -> str:
        return self.source_id


class TranscriptCue(models.Model):
    """One thing that was said. ``starts`` and ``ends`` from the transcript's start; negative for
    what was said before transcription began. ``speaker`` "": nobody is named.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="cues")
    number = models.PositiveIntegerField()
    starts = models.DurationField()
    ends = models.DurationField()
    speaker = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "number"], name="one_row_per_cue")
        ]

    def __str__(self) -> str:
        return f"{self.starts} {self.text[:40]}"
