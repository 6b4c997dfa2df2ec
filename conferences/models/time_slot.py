"""One dated sitting of a conference."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.meeting import PlannedMeeting


class ConferenceTimeSlot(PlannedMeeting):
    """Cancelled, never deleted. With a ``capacity``, learners book; ``booked`` counts them."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="time_slots")
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("capacity"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Learners book a seat. Empty: everybody on the roster may come."),
    )
    booked = models.PositiveIntegerField(default=0, editable=False)

    class Meta(PlannedMeeting.Meta):
        ordering = ["starts_at", "id"]
        constraints = [
            *PlannedMeeting.Meta.constraints,
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(booked__lte=F("capacity")),
                name="no_more_bookings_than_seats",
            ),
        ]

    @property
    def slot(self) -> int | None:
        return self.pk

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    def __str__(self) -> str:
        return f"{self.conference} · {self.starts_at:%Y-%m-%d %H:%M} UTC"
