"""What a conference and a time slot have in common: planned times and one remote meeting."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RecordingStatus(models.TextChoices):
    PENDING = "pending", _("pending")
    ENABLED = "enabled", _("enabled")
    VERIFIED = "verified", _("verified")
    FAILED = "failed", _("failed")
    NOT_ATTEMPTED = "not_attempted", _("not attempted")
    DRIFTED = "drifted", _("switched off")


class PlannedMeeting(models.Model):
    """Ids and links are NULL while unknown, never ""."""

    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    meeting_id = models.CharField(_("calendar event id"), max_length=500, null=True, blank=True)  # noqa: DJ001
    online_meeting_id = models.CharField(  # noqa: DJ001
        _("online meeting id"), max_length=500, null=True, blank=True
    )
    meeting_link = models.URLField(_("join link"), max_length=2000, null=True, blank=True)  # noqa: DJ001
    auto_recording_status = models.CharField(
        _("automatic recording"),
        max_length=20,
        choices=RecordingStatus,
        default=RecordingStatus.PENDING,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="%(class)s_ends_after_start"
            )
        ]

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must be later than the start.")})
