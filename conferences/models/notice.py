"""Why recording cannot be switched on, told to administrators once for each cause."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecordingNotice(models.Model):
    """A cause is a reason and whom it is about: an organizer, or "" for the whole tenant.

    It ends when a meeting with that organizer has its recording, or an administrator says so.
    """

    code = models.CharField(_("reason"), max_length=40)
    organizer = models.EmailField(_("organizer"), blank=True)
    params = models.JSONField(default=dict)
    opened_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen"), auto_now=True)
    mailed_at = models.DateTimeField(_("mail sent"), null=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )

    class Meta:
        ordering = ["resolved_at", "-opened_at", "-id"]
        verbose_name = _("recording notice")
        verbose_name_plural = _("recording notices")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "organizer"],
                condition=Q(resolved_at=None),
                name="one_open_notice_per_cause",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.organizer}".strip()
