"""What a registrar's file changes of meetings that a calendar knows already."""

from django.utils import timezone

from conferences.actions.conferences import meetings_of
from conferences.actions.meetings import tell_plan
from conferences.arranging.keeping import conference_of
from conferences.models import Conference
from conferences.models.meeting import PlannedMeeting
from conferences.models.membership import address_key


def refuse_orphans(
    was: Conference, conference: Conference, place: str, problems: list[str]
) -> None:
    """Events in a calendar that nothing here would lead to any more."""
    if was._state.adding:
        return
    meetings = [one for one in was.meetings() if one.wants_meeting or one.may_have_event]
    is_to_come = any(one.ends_at > timezone.now() for one in meetings)
    if was.use_time_slots != conference.use_time_slots and is_to_come:
        problems.append(
            f"{place}: use_time_slots={conference.use_time_slots}, but it has meetings. "
            "Change it on the site's Edit page, which keeps them."
        )
    organizer = was.organizer_email
    is_other = address_key(organizer) != address_key(conference.organizer_email)
    if is_other and any(one.wants_meeting or one.transaction_id for one in meetings):
        problems.append(
            f"{place}: organizer_email={conference.organizer_email!r}, but its meetings are in "
            f"the calendar of {organizer}. Change it on the site's Edit page, which makes them "
            "anew."
        )


def tell_platform(was: Conference, conference: Conference) -> None:
    """Of another title and, of a conference without time slots, of other times."""
    if not conference.use_time_slots:
        tell_calendar(was, conference)
    elif was.title != conference.title:
        for slot in meetings_of(conference):
            if slot.may_have_event:
                tell_plan(slot, by=None)


def tell_calendar(was: PlannedMeeting, meeting: PlannedMeeting) -> None:
    """An event that knows other times, or another title, is brought up to date."""
    times = (was.starts_at, was.ends_at)
    is_moved = times != (meeting.starts_at, meeting.ends_at)
    is_renamed = isinstance(was, Conference) and was.title != conference_of(meeting).title
    if not was._state.adding and meeting.may_have_event and (is_moved or is_renamed):
        tell_plan(meeting, by=None, was=times if is_moved else None)
