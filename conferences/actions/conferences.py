"""What a person plans: a conference with its people, its times and who organizes it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conferences.actions.changes import NotPossibleError
from conferences.actions.meetings import tell_plan
from conferences.actions.organizers import give_to_organizer, leave_to_organizer
from conferences.actions.switching import (
    begin_time_slots,
    cancelled_in_calendar,
    end_time_slots,
    has_meeting,
)
from conferences.arranging.keeping import sum_up
from conferences.models import Conference, ConferenceTimeSlot, Membership
from conferences.models.meeting import PlannedMeeting
from conferences.models.membership import Role, address_key
from conferences.queries.access import is_administrator

FIELDS = (
    *("title", "description", "course_code", "platform", "organizer_email"),
    *("starts_at", "ends_at", "timezone", "use_time_slots"),
)


ONESELF_ONLY = gettext_lazy(
    "Only an administrator can name somebody else. Choose yourself, or leave it as it is."
)


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the conference since the form was opened."""


@dataclass(frozen=True)
class Changed:
    """``told``: how many meetings are changed for somebody; of these so many were made
    ``elsewhere``, and the others are brought up to date by a worker. ``slot``: what the one
    meeting became, or became the one meeting. ``lets_organize``: the organizer does not teach.
    """

    told: int = 0
    elsewhere: int = 0
    is_moved: bool = False
    slot: ConferenceTimeSlot | None = None
    lets_organize: bool = False


def plan_conference(
    fields: Mapping[str, Any], by: User, *, teaches: bool, token: UUID | None = None
) -> tuple[Conference, bool]:
    """A new conference, taught by its organizer and, if ``teaches``, by whoever plans it; and
    whether it is new: of the same form, told by its ``token``, comes the same conference. Its
    meeting is asked for by conferences.actions.meetings. Who is no administrator organizes it.
    """
    _refuse_naming_others(str(fields["organizer_email"]), by)
    try:
        with transaction.atomic():
            if token and (known := Conference.objects.filter(form_token=token).first()):
                return known, False
            conference = Conference(**fields, form_token=token)
            conference.full_clean(exclude=["last_run", "form_token"])
            conference.save()
            _enrol(conference, conference.organizer_email)
            if teaches and address_key(by.email) != address_key(conference.organizer_email):
                _enrol(conference, by.email)
            return conference, True
    except IntegrityError:  # the other of two clicks was faster
        known = Conference.objects.filter(form_token=token).first() if token else None
        if known is None:
            raise
        return known, False


def _enrol(conference: Conference, email: str) -> None:
    user = User.objects.filter(email__iexact=email).first()
    name = (user.get_full_name() if user else "") or email
    Membership.objects.create(
        conference=conference, user=user, name=name[:200], email=email, role=Role.INSTRUCTOR
    )


def version_of(conference: Conference) -> str:
    """Another one after every change of what the form shows."""
    shown = [str(getattr(conference, name)) for name in FIELDS]
    return sha256(json.dumps(shown).encode()).hexdigest()[:32]


@transaction.atomic
def change_conference(
    conference: Conference,
    fields: Mapping[str, Any],
    by: User,
    *,
    seen: str | None = None,
    lets_organize: bool | None = None,
) -> Changed:
    """Store ``fields`` if the conference is still in the version that was ``seen``.

    Another organizer's calendar cannot take an event over: meetings to come are made anew there,
    and what was held goes on being read from the old ones. ``lets_organize``: an administrator
    allows an organizer who does not teach here, or no longer does. Whoever is none may take it
    over and name nobody else. Raises ChangedMeanwhileError, and ValidationError for what cannot
    be.
    """
    rows = Conference.objects.select_for_update(of=("self",))
    conference.refresh_from_db(from_queryset=rows)
    if seen is not None and seen != version_of(conference):
        raise ChangedMeanwhileError
    organizer, title = conference.organizer_email, conference.title
    slot = _switch(conference, fields)
    times = (conference.starts_at, conference.ends_at)
    _refuse_other_platform(conference, str(fields.get("platform", conference.platform)))
    for name, value in fields.items():
        if slot is None or conference.use_time_slots or name not in {"starts_at", "ends_at"}:
            setattr(conference, name, value)
    has_other_organizer = address_key(organizer) != address_key(conference.organizer_email)
    if has_other_organizer:
        _refuse_naming_others(conference.organizer_email, by)
    allowed = _check_organizer(conference, by, has_other_organizer, lets_organize)
    conference.full_clean(exclude=["last_run"])
    conference.save(meeting_is_given=True)
    is_moved = not conference.use_time_slots and times != (conference.starts_at, conference.ends_at)
    was = times if is_moved else None
    before = organizer if has_other_organizer else None
    is_renamed = title != conference.title
    told = [one for one in meetings_of(conference) if _tell(one, by, before, was, is_renamed)]
    if has_other_organizer:
        for cancelled in cancelled_in_calendar(conference):
            leave_to_organizer(cancelled, organizer, by)
    sum_up(conference)
    elsewhere = sum(one.is_made_elsewhere for one in told)
    return Changed(len(told), elsewhere, is_moved, slot, allowed)


def _tell(
    meeting: PlannedMeeting,
    by: User,
    organizer_before: str | None,
    was: tuple[datetime, datetime] | None,
    is_renamed: bool,
) -> bool:
    """Whether anybody is told anything of the meeting. None for an organizer or times that stay."""
    if organizer_before is not None and has_meeting(meeting):
        return give_to_organizer(meeting, organizer_before, by, was)
    if was is not None or (is_renamed and meeting.may_have_event):
        return tell_plan(meeting, by, was)
    return False


def meetings_of(conference: Conference) -> list[PlannedMeeting]:
    """Those that are not cancelled; held until the end of the transaction."""
    if not conference.use_time_slots:
        return [conference]
    slots = conference.time_slots.select_for_update(of=("self",)).filter(cancelled_at=None)
    return list(slots.order_by("pk"))


def _switch(conference: Conference, fields: Mapping[str, Any]) -> ConferenceTimeSlot | None:
    wanted = fields.get("use_time_slots", conference.use_time_slots)
    if wanted == conference.use_time_slots:
        return None
    try:
        return begin_time_slots(conference) if wanted else end_time_slots(conference)
    except NotPossibleError as error:
        raise ValidationError({"use_time_slots": str(error)}) from error


def _refuse_other_platform(conference: Conference, platform: str) -> None:
    if platform != conference.platform and any(map(has_meeting, conference.meetings())):
        said = _("It has a meeting on %(platform)s. Plan another conference for another platform.")
        words = {"platform": conference.get_platform_display()}
        raise ValidationError({"platform": said % words})


def _refuse_naming_others(organizer: str, by: User) -> None:
    """Whoever organizes lets the conference read their meetings: nobody says so for a colleague."""
    if address_key(organizer) != address_key(by.email) and not is_administrator(by):
        raise ValidationError({"organizer_email": str(ONESELF_ONLY)})


def _check_organizer(
    conference: Conference, by: User, is_other: bool, lets_organize: bool | None
) -> bool:
    """A pasted link must not open a colleague's meeting. Whether it was allowed just now."""
    organizer = address_key(conference.organizer_email)
    teachers = conference.roster.filter(role=Role.INSTRUCTOR).values_list("email", flat=True)
    if not organizer or organizer in set(map(address_key, teachers)):
        conference.organizer_allowed_by = None
        return False
    was_allowed = not is_other and conference.organizer_allowed_by_id is not None
    if was_allowed and lets_organize is not False:
        return False
    if lets_organize:
        conference.organizer_allowed_by = by
        return True
    said = _(
        "%(email)s is no instructor here. Add them to the roster as an instructor, or choose "
        "another."
    )
    raise ValidationError({"organizer_email": said % {"email": conference.organizer_email}})


def archive_conference(conference: Conference, archived: bool) -> bool:
    """Out of the list, or back into it. Whether that is new."""
    rows = Conference.objects.filter(pk=conference.pk, archived_at__isnull=archived)
    return rows.update(archived_at=timezone.now() if archived else None) > 0
