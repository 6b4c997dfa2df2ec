"""Events come about, go online, move and end."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape
from uuid import uuid4

from sandbox.world.calendar import Attendee, Event
from sandbox.world.model import Meeting, World
from sandbox.world.online import event_id, make_meeting, short_link
from sandbox.world.person import Person

MOST_ATTENDEES = 500
PLANNED_AHEAD = timedelta(days=7)
_JOIN = '<div class="me-email-text"><a href="{url}">Join the meeting now</a></div>'


def plan_event(
    world: World, organizer: Person, subject: str, starts_at: datetime, ends_at: datetime,
    now: datetime,
) -> Event:  # fmt: skip
    """An event of its own id, in no hurry to be a meeting."""
    event = Event(event_id(uuid4()), organizer, subject, starts_at, ends_at, now, now)
    world.calendars.events[event.id] = event
    return event


def event_of(world: World, meeting: Meeting) -> Event:
    """The event that a meeting of the demo was made with, a week ahead."""
    made_at = meeting.starts_at - PLANNED_AHEAD
    event = Event(
        meeting.event_id,
        meeting.organizer,
        meeting.subject,
        meeting.starts_at,
        meeting.ends_at,
        made_at,
        made_at,
        body=invitation(meeting),
        meeting=meeting,
        online=True,
    )
    world.calendars.events[event.id] = event
    return event


def go_online(world: World, event: Event, short: bool = False) -> Meeting | None:
    """Give the event a meeting, unless it had one; None where its organizer gets none."""
    if event.meeting is not None or not world.calendars.makes_meetings(event.organizer):
        return event.meeting
    meeting = make_meeting(
        world, str(uuid4()), event.subject, event.starts_at, event.ends_at, event.organizer
    )
    meeting.event_id, meeting.created_at = event.id, event.created_at
    if short:
        meeting.join_web_url = short_link(meeting)
    event.meeting, event.online = meeting, True
    event.body += invitation(meeting)
    return meeting


def write_body(event: Event, body: str) -> None:
    """A body without the meeting's link takes the event offline; the meeting stays."""
    event.body = body
    if event.meeting is not None and escape(event.meeting.join_web_url) not in body:
        event.online = False


def move(event: Event, starts_at: datetime, ends_at: datetime) -> None:
    event.starts_at, event.ends_at = starts_at, ends_at
    if event.meeting is not None:
        event.meeting.starts_at, event.meeting.ends_at = starts_at, ends_at


def invite(event: Event, attendees: Iterable[Attendee]) -> None:
    """The full list from now on: who is new is invited, who is gone is told."""
    before = {one.address.lower() for one in event.attendees}
    event.attendees = list(attendees)
    after = {one.address.lower() for one in event.attendees}
    event.invitations += len(after - before)
    event.cancellations += len(before - after)


def end(event: Event, how: str) -> None:
    """``cancelled`` or ``deleted``: everybody is told; meeting and artifacts stay."""
    event.state = "cancelled" if how == "cancelled" else "deleted"
    event.cancellations += len(event.attendees)


def shorten(world: World, meeting: Meeting) -> str:
    """The link as Teams makes them now, also in the events that name it."""
    long, meeting.join_web_url = meeting.join_web_url, short_link(meeting)
    for event in world.calendars.events.values():
        event.body = event.body.replace(escape(long), escape(meeting.join_web_url))
    return meeting.join_web_url


def invitation(meeting: Meeting) -> str:
    """What Teams writes below the body of an event."""
    return _JOIN.format(url=escape(meeting.join_web_url))
