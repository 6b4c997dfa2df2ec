"""Mail that is owed: to whom a meeting's change concerns, and to administrators of a cause."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.membership import Membership
from conferences.models.time_slot import ConferenceTimeSlot


class OwedMail(models.Model):
    """A line of a mail that somebody is to get; all lines of one person go in one mail.

    Whoever sends takes the rows first (``claim``, and ``due_at`` is when they may be taken from
    it); a failure leaves them with its code (conferences.notifications.failures) and a pause.
    """

    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=0)
    claim = models.UUIDField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class NoticeKind(models.TextChoices):
    NEW_LINK = "new_link", _("new link")
    MOVED = "moved", _("other time")
    CANCELLED = "cancelled", _("cancelled")


class MeetingNotice(OwedMail):
    """One person is to hear of one change of a meeting: how it is when the mail is written.

    ``starts_at`` and ``ends_at`` are the times before it was moved.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="notices")
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.CASCADE, null=True, related_name="notices"
    )
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["conference", "due_at"],
                condition=Q(sent_at=None),
                name="notices_not_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({'sent' if self.sent_at else 'owed'})"

    @property
    def times_before(self) -> tuple[datetime, datetime] | None:
        return (self.starts_at, self.ends_at) if self.starts_at and self.ends_at else None


class RecordingNotice(models.Model):
    """Why recording cannot be switched on, told to administrators once for each cause.

    A cause is a reason and whom it is about: an organizer in small letters, or "" for the whole
    tenant. It ends when no meeting has it any more, or an administrator says so.
    """

    code = models.CharField(_("reason"), max_length=40)
    organizer = models.EmailField(_("organizer"), blank=True)
    params: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    opened_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
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
        ordering = [models.F("resolved_at").asc(nulls_first=True), "-opened_at", "-id"]
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

    @property
    def cause(self) -> tuple[str, str]:
        return self.code, self.organizer


class RecordingNoticeMail(OwedMail):
    """One administrator is to hear of one cause."""

    notice = models.ForeignKey(RecordingNotice, on_delete=models.CASCADE, related_name="mails")
    administrator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "administrator"], name="one_mail_a_notice_and_administrator"
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice} ({'sent' if self.sent_at else 'owed'})"
