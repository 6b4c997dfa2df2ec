"""Rosters and conferences: the registrar's side of the demo world."""

from collections.abc import Iterable
from datetime import datetime

from sandbox.world.calendar import Attendee
from sandbox.world.model import Conference, Meeting, RosterEntry, TimeSlot, World
from sandbox.world.person import Person
from sandbox.world.planning import MOST_ATTENDEES


def roster(
    world: World,
    instructors: str,
    learners: str,
    more: Iterable[Person] = (),
    known_ids: str = "mara",
) -> tuple[RosterEntry, ...]:
    """Short names, separated by blanks; ``known_ids`` are enrolled with their directory id."""
    known = set(known_ids.split())
    named = [("instructor", short) for short in instructors.split()]
    named += [("learner", short) for short in learners.split()]
    entries = [
        RosterEntry(
            "instructor" if role == "instructor" else "learner",
            world.who[short].name,
            str(world.who[short].mail),
            world.who[short].id if short in known else None,
        )
        for role, short in named
    ]
    return (*entries, *(RosterEntry("learner", p.name, str(p.mail)) for p in more))


def add_conference(
    world: World,
    number: int,
    title: str,
    description: str,
    course: str,
    enrolled: tuple[RosterEntry, ...],
    meeting: Meeting,
    linked: bool = True,
    knows_meeting_id: bool = False,
    occurrence: datetime | None = None,
    knows_event: bool = True,
) -> None:
    """A conference with one meeting; ``linked`` False: the LMS knows only the date.

    ``occurrence``: it is the one of a series that starts then.
    """
    _invite(world, meeting, enrolled)
    starts_at = occurrence or meeting.starts_at
    world.conferences.append(
        Conference(
            number,
            title,
            description,
            course,
            meeting.organizer,
            starts_at,
            starts_at + (meeting.ends_at - meeting.starts_at),
            enrolled,
            meeting if linked else None,
            (),
            knows_meeting_id,
            knows_event,
        )
    )


def add_slotted_conference(
    world: World,
    number: int,
    title: str,
    description: str,
    course: str,
    enrolled: tuple[RosterEntry, ...],
    slots: tuple[TimeSlot, ...],
) -> None:
    """A conference whose every time slot has a meeting of its own."""
    for slot in slots:
        _invite(world, slot.meeting, enrolled)
    world.conferences.append(
        Conference(
            number,
            title,
            description,
            course,
            slots[0].meeting.organizer,
            slots[0].meeting.starts_at,
            slots[-1].meeting.ends_at,
            enrolled,
            None,
            slots,
        )
    )


def _invite(world: World, meeting: Meeting, enrolled: tuple[RosterEntry, ...]) -> None:
    """The learners, long ago; nobody where they are more than an event can have."""
    event = world.calendars.events.get(meeting.event_id)
    learners = [entry for entry in enrolled if entry.role == "learner"]
    if event is not None and len(learners) <= MOST_ATTENDEES:
        event.attendees = [Attendee(entry.email, entry.name) for entry in learners]
