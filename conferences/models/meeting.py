"""What a conference and a time slot have in common: planned times and one remote meeting."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

YEARS = range(1900, 3000)  # beyond them, neighbouring time zones leave the calendar


class RecordingStatus(models.TextChoices):
    PENDING = "pending", _("pending")
    ENABLED = "enabled", _("enabled")
    VERIFIED = "verified", _("verified")
    FAILED = "failed", _("failed")
    NOT_ATTEMPTED = "not_attempted", _("not attempted")
    DRIFTED = "drifted", _("switched off")
    ACCEPTED = "accepted", _("accepted")


RECORDS_ITSELF = frozenset({RecordingStatus.ENABLED, RecordingStatus.VERIFIED})


class PlannedMeeting(models.Model):
    """Ids and links are NULL while unknown, never "". Another link is another meeting: the
    platform's ids of the old one are forgotten, and the next sync looks the new one up.

    What is still to be told to the platform is read from the row itself
    (conferences.rules.arranging): a meeting of our own is wanted, the event holds old times, …
    ``problem_*`` is why that could not be finished, ``recording_*`` why it is not recorded.
    """

    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    meeting_id = models.CharField(_("calendar event id"), max_length=500, null=True, blank=True)  # noqa: DJ001
    online_meeting_id = models.CharField(  # noqa: DJ001
        _("online meeting id"), max_length=500, null=True, blank=True
    )
    meeting_link = models.URLField(_("join link"), max_length=2000, null=True, blank=True)  # noqa: DJ001
    team_id = models.CharField(  # noqa: DJ001
        _("team id"),
        max_length=64,
        null=True,
        blank=True,
        help_text=_("Only for a meeting in a team's channel: groupId in the channel's link."),
    )
    chat_thread_id = models.CharField(max_length=500, null=True, blank=True, editable=False)  # noqa: DJ001
    chat_post_id = models.CharField(max_length=500, null=True, blank=True, editable=False)  # noqa: DJ001
    auto_recording_status = models.CharField(
        _("automatic recording"),
        max_length=20,
        choices=RecordingStatus,
        default=RecordingStatus.PENDING,
    )
    recording_code = models.CharField(max_length=40, null=True, editable=False)  # noqa: DJ001
    recording_params = models.JSONField(default=dict, editable=False)
    recording_checked_at = models.DateTimeField(null=True, editable=False)
    # An administrator's decision: not recorded on purpose, or accepted as it is.
    recording_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    recording_decided_at = models.DateTimeField(null=True, editable=False)
    recording_why = models.CharField(max_length=300, blank=True, editable=False)

    # What the platform is still to be told, and what came in between.
    wants_meeting = models.BooleanField(default=False, editable=False)
    transaction_id = models.CharField(max_length=36, null=True, editable=False)  # noqa: DJ001
    problem_code = models.CharField(max_length=40, null=True, editable=False)  # noqa: DJ001
    problem_params = models.JSONField(default=dict, editable=False)
    problem_request_id = models.CharField(max_length=100, blank=True, editable=False)
    # How often the plan was changed (RFC 5545's SEQUENCE), and which of them the event knows.
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    told_sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="%(class)s_ends_after_start"
            )
        ]

    def save(self, *args: Any, meeting_is_given: bool = False, **options: Any) -> None:
        """``meeting_is_given``: whoever changed the link says that online_meeting_id is of it."""
        for name in ("meeting_id", "online_meeting_id", "meeting_link", "team_id"):
            setattr(self, name, getattr(self, name) or None)
        if self.online_meeting_id or self.chat_thread_id:
            self._forget_old_meeting(meeting_is_given)
        super().save(*args, **options)

    @property
    def slot(self) -> int | None:
        """The primary key of a time slot; None for a conference's own meeting."""
        return None

    @property
    def is_cancelled(self) -> bool:
        return False

    @property
    def is_recording_wanted(self) -> bool:
        """Unless an administrator opted it out; what was accepted is nobody's wish any more."""
        is_accepted = self.auto_recording_status == RecordingStatus.ACCEPTED
        return self.recording_decided_at is None or is_accepted

    @property
    def records_itself(self) -> bool:
        """As far as we know."""
        return self.auto_recording_status in RECORDS_ITSELF

    @property
    def was_to_record_itself(self) -> bool:
        """It was known to before its end: what is switched on afterwards is for another session."""
        since = self.recording_checked_at
        return self.records_itself and (since is None or since < self.ends_at)

    @property
    def may_have_event(self) -> bool:
        """One of ours, or one was asked for and never heard of."""
        return self.meeting_id is not None or self.transaction_id is not None

    @property
    def is_made_elsewhere(self) -> bool:
        """Only its link is here: no calendar hears from us of another time, only those who come."""
        return self.read_through is not None and not self.may_have_event

    @property
    def is_event_stale(self) -> bool:
        """There is an event, or may be one, that does not say what the plan says now."""
        return self.may_have_event and self.told_sequence != self.calendar_sequence

    @property
    def is_recording_decided(self) -> bool:
        """An administrator has said how it is to be."""
        return self.recording_decided_at is not None

    @property
    def read_through(self) -> str | None:
        """What the platform's data of this meeting was found by."""
        return self.meeting_link or self.online_meeting_id

    def clean(self) -> None:
        moments = [one.name for one in self._meta.fields if isinstance(one, models.DateTimeField)]
        if beyond := [name for name in moments if not _is_in_calendar(getattr(self, name))]:
            said = ValidationError(
                _("The year must be from %(first)s to %(last)s."),
                params={"first": YEARS[0], "last": YEARS[-1]},
            )
            raise ValidationError(dict.fromkeys(beyond, said))
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must be later than the start.")})

    def _forget_old_meeting(self, meeting_is_given: bool) -> None:
        stored = type(self)._default_manager.filter(pk=self.pk).first()
        if stored is None:
            return
        has_another_link = stored.meeting_link != self.meeting_link
        has_another_id = stored.online_meeting_id != self.online_meeting_id
        if has_another_link and not has_another_id and not meeting_is_given:
            self.online_meeting_id = None
        if has_another_link or has_another_id:
            self.chat_thread_id = self.chat_post_id = None


def _is_in_calendar(moment: datetime | None) -> bool:
    return moment is None or moment.year in YEARS
