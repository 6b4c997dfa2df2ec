"""What a person plans: a conference with its people, its times and who organizes it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from conferences.actions.meetings import give_to_organizer, request_change, tell_event
from conferences.arranging.keeping import sum_up
from conferences.models import Conference, Membership
from conferences.models.change import ChangeKind
from conferences.models.membership import Role


@transaction.atomic
def plan_conference(fields: Mapping[str, Any], by: User) -> Conference:
    """A new conference, taught by its organizer and by whoever plans it (an administrator plans
    for others). Its meeting is asked for by conferences.actions.meetings.
    """
    conference = Conference(**fields)
    conference.full_clean(exclude=["last_run"])
    conference.save()
    teaching = {conference.organizer_email: conference.organizer_email}
    if not by.is_staff:
        teaching[by.email] = by.get_full_name() or by.email
    for email, name in teaching.items():
        user = User.objects.filter(email__iexact=email).first()
        Membership.objects.create(
            conference=conference,
            user=user,
            name=(user.get_full_name() if user else "") or name,
            email=email,
            role=Role.INSTRUCTOR,
        )
    return conference


@transaction.atomic
def change_conference(conference: Conference, fields: Mapping[str, Any], by: User) -> int:
    """Store ``fields``; returns for how many meetings the platform is told something.

    Another organizer's calendar cannot take an event over: meetings to come are made anew there,
    and what was held goes on being read from the old ones.
    """
    rows = Conference.objects.select_for_update(of=("self",))
    conference.refresh_from_db(from_queryset=rows)
    organizer, title = conference.organizer_email, conference.title
    times = (conference.starts_at, conference.ends_at)
    for name, value in fields.items():
        setattr(conference, name, value)
    conference.full_clean(exclude=["last_run"])
    conference.save()
    is_moved = not conference.use_time_slots and times != (conference.starts_at, conference.ends_at)
    has_other_organizer = organizer.lower() != conference.organizer_email.lower()
    told = 0
    for meeting in [one for one in conference.meetings() if not one.is_cancelled]:
        is_known = meeting.meeting_id or meeting.online_meeting_id
        if has_other_organizer and is_known:
            told += give_to_organizer(meeting, organizer, by)
        elif meeting.ends_at > timezone.now() and (is_moved or title != conference.title):
            tell_event(meeting)
            meeting.save()
            request_change(meeting, ChangeKind.MOVED, by)
            told += 1
    sum_up(conference)
    return told


def archive_conference(conference: Conference, archived: bool) -> None:
    """Out of the list, or back into it."""
    at = timezone.now() if archived else None
    Conference.objects.filter(pk=conference.pk).update(archived_at=at)
