"""What somebody asked of a meeting, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.time_slot import ConferenceTimeSlot


class ChangeKind(models.TextChoices):
    CREATED = "created", _("created")
    ATTACHED = "attached", _("link attached")
    MOVED = "moved", _("changed")
    CANCELLED = "cancelled", _("cancelled")
    RECREATED = "recreated", _("made anew")
    TRIED_AGAIN = "tried_again", _("tried again")
    REPAIRED = "repaired", _("repaired")
    ACCEPTED = "accepted", _("accepted without recording")
    OPTED_OUT = "opted_out", _("not to be recorded")


class MeetingChange(models.Model):
    """The order for a worker, and a line of the meeting's history once it has ended.

    The row is the truth; a message on the broker only rings the bell. Changes of one meeting are
    worked on one after the other. ``told`` are reason codes and counts that the sentence needs.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="changes")
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.CASCADE, null=True, related_name="changes"
    )
    kind = models.CharField(max_length=20, choices=ChangeKind)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    held_until = models.DateTimeField(null=True)  # a worker has it
    attempt = models.PositiveIntegerField(default=0)
    rung_at = models.DateTimeField(null=True)
    waiting_until = models.DateTimeField(null=True)  # the platform asked for a pause
    finished_at = models.DateTimeField(null=True)
    told: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["conference", "slot", "id"],
                condition=Q(finished_at=None),
                name="changes_under_way",
            ),
            models.Index(fields=["conference", "slot", "-id"], name="changes_of_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({'done' if self.finished_at else 'under way'})"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None
