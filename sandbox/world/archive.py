"""91 and 95: recordings of which nothing, or nothing more, can be had."""

from datetime import timedelta

from sandbox.world.attendance_of_three import three_came
from sandbox.world.build import add_meeting
from sandbox.world.enrol import add_conference, roster
from sandbox.world.model import World
from sandbox.world.recorded import expire, recorded
from sandbox.world.said import said

HOUR = timedelta(hours=1)


def add_archive_lecture(world: World) -> None:
    """91: recorded into Viktor's OneDrive, which refuses the app; no other route knows it."""
    meeting = add_meeting(world, "91", "Archive lecture", -146 * HOUR, HOUR, organizer="viktor")
    recorded(world, meeting, ("0:00:30", "0:59:30"), routes={"drive"})
    three_came(world, meeting)
    enrolled = roster(world, "viktor mara", "noor ines jonas")
    add_conference(world, 91, meeting.subject, "How records are kept.", "ARC-1", enrolled, meeting)


def add_term_opening(world: World) -> None:
    """95: 125 days ago, made in Outlook; its recording (3000 s) expired, API and chat name it."""
    meeting = add_meeting(world, "95", "Term opening", timedelta(days=-125), HOUR)
    recording = recorded(world, meeting, ("0:05:00", "0:55:00"))
    expire(world, recording)
    said(meeting, world.who["noor"], "0:30:00", "Will this be recorded?")
    said(meeting, world.who["mara"], "0:31:00", "It is. For 120 days.")
    three_came(world, meeting)
    enrolled = roster(world, "mara", "noor ines jonas")
    add_conference(
        world, 95, meeting.subject, "Long ago.", "TERM-0", enrolled, meeting, knows_event=False
    )
