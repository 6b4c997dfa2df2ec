"""A planned event."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_timezone
from conferences.models.meeting import PlannedMeeting
from syncing.subject import SyncSubject

if TYPE_CHECKING:
    from platforms.records import RemoteMeeting
    from syncing.operation import SyncPlan, Target


class Platform(models.TextChoices):
    TEAMS = "teams", "Microsoft Teams"
    ZOOM = "zoom", "Zoom"


class Conference(PlannedMeeting, SyncSubject):
    """With ``use_time_slots`` the meetings are those of its slots, else its own."""

    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    course_code = models.CharField(_("course"), max_length=50, blank=True)
    platform = models.CharField(
        _("platform"), max_length=20, choices=Platform, default=Platform.TEAMS
    )
    organizer_email = models.EmailField(_("organizer's e-mail"), blank=True)
    # An administrator let somebody organize who does not teach here.
    organizer_allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_timezone]
    )
    use_time_slots = models.BooleanField(_("time slots"), default=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    # Of the form that it was planned with: the same form sent twice makes one conference.
    form_token = models.UUIDField(null=True, unique=True, editable=False)

    class Meta(PlannedMeeting.Meta):
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["-starts_at", "-id"], name="conferences_newest_first")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("conference_detail", args=[self.pk])

    def save(self, *args: Any, meeting_is_given: bool = False, **options: Any) -> None:
        """A chat was found as the organizer's: for another organizer it is looked for anew."""
        stored = Conference.objects.filter(pk=self.pk)
        if stored.exclude(organizer_email__iexact=self.organizer_email).exists():
            self.chat_thread_id = self.chat_post_id = None
            self.time_slots.update(chat_thread_id=None, chat_post_id=None)
        super().save(*args, meeting_is_given=meeting_is_given, **options)

    def meetings(self) -> list[PlannedMeeting]:
        """What is planned: its time slots, cancelled ones too, or itself."""
        return list(self.time_slots.all()) if self.use_time_slots else [self]

    def sync_operations(self) -> tuple[str, ...]:
        from conferences.operations import OPERATIONS

        return tuple(OPERATIONS)

    def sync_plan(self, operations: Sequence[str]) -> "SyncPlan":
        from conferences.planning import plan_sync

        return plan_sync(self, operations)

    def keep_meeting(self, target: "Target", meeting: "RemoteMeeting") -> None:
        from conferences.store.meetings import keep_found

        keep_found(self, target, meeting)
