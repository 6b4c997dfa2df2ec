"""A meeting that a slot, or a conference without slots, had before it was made anew."""

from django.db import models

from conferences.models.conference import Conference
from conferences.models.time_slot import ConferenceTimeSlot


class RetiredMeeting(models.Model):
    """What was held in it stays, and a sync goes on reading it.

    ``removes_event``: its calendar event is still to be removed, so that nobody joins there; one
    that was asked for, and whose answer never came, is found by its ``transaction_id``.
    """

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="retired_meetings"
    )
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.CASCADE, null=True, related_name="retired_meetings"
    )
    organizer_email = models.EmailField(blank=True)
    meeting_id = models.CharField(max_length=500, null=True)  # noqa: DJ001
    transaction_id = models.CharField(max_length=36, null=True)  # noqa: DJ001
    online_meeting_id = models.CharField(max_length=500, null=True)  # noqa: DJ001
    meeting_link = models.URLField(max_length=2000, null=True)  # noqa: DJ001
    team_id = models.CharField(max_length=64, null=True)  # noqa: DJ001
    chat_thread_id = models.CharField(max_length=500, null=True)  # noqa: DJ001
    chat_post_id = models.CharField(max_length=500, null=True)  # noqa: DJ001
    retired_at = models.DateTimeField(auto_now_add=True)
    removes_event = models.BooleanField(default=False)

    class Meta:
        ordering = ["retired_at", "id"]

    def __str__(self) -> str:
        return f"{self.conference} · {self.meeting_link or self.meeting_id}"

    @property
    def read_through(self) -> str | None:
        """As a planned meeting has it."""
        return self.meeting_link or self.online_meeting_id
