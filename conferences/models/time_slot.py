"""One dated sitting of a conference."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.meeting import PlannedMeeting


class ConferenceTimeSlot(PlannedMeeting):
    """Cancelled, never deleted."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="time_slots")
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta(PlannedMeeting.Meta):
        ordering = ["starts_at", "id"]

    @property
    def slot(self) -> int | None:
        return self.pk

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    def __str__(self) -> str:
        return f"{self.conference} · {self.starts_at:%Y-%m-%d %H:%M} UTC"
