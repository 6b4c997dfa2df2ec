"""82 and 85: the cases in which the time itself is the difficulty."""

from datetime import UTC, date, datetime, timedelta

from sandbox.world.build import add_call_record, add_meeting, add_report, attended, sessions_like
from sandbox.world.enrol import add_conference, roster
from sandbox.world.model import World


def add_just_over(world: World) -> None:
    """82: ended 12 minutes before the anchor, after 45.

    Call record from 20 minutes after the end (anchor + 8 min), report from 45 (anchor
    + 33 min), with the same people and times to the second: Mara 2700 s, Noor 2580 s,
    Ines 900 s + 1200 s = 2100 s, Jonas 1800 s.
    """
    who = world.who
    meeting = add_meeting(world, "82", "Just over", timedelta(minutes=-57), timedelta(minutes=45))
    lines = [
        attended(meeting, who["mara"], ("0:00:00", "0:45:00"), role="Organizer"),
        attended(meeting, who["noor"], ("0:01:00", "0:44:00")),
        attended(meeting, who["ines"], ("0:02:00", "0:17:00"), ("0:20:00", "0:40:00")),
        attended(meeting, who["jonas"], ("0:10:00", "0:40:00")),
    ]
    add_report(meeting, lines, delay=timedelta(minutes=45))
    add_call_record(
        world,
        "82",
        who["mara"],
        sessions_like(lines),
        meeting.join_web_url,
        delay=timedelta(minutes=20),
    )
    enrolled = roster(world, "mara", "noor ines jonas elif")
    add_conference(world, 82, meeting.subject, "Ended just now.", "NOW-1", enrolled, meeting)


def add_long_night(world: World) -> None:
    """85: 00:30–02:30 UTC across the change of 01:00 UTC, when Berlin moves its clocks.

    Mara 7200 s, Noor 6600 s, Viktor 1200 s + 3000 s = 4200 s, Elif 3600 s.
    """
    who = world.who
    starts_at = last_clock_change(world.anchor) - timedelta(minutes=30)
    meeting = add_meeting(world, "85", "Night of the long lab", starts_at, timedelta(hours=2))
    add_report(
        meeting,
        [
            attended(meeting, who["mara"], ("0:00:00", "2:00:00"), role="Organizer"),
            attended(meeting, who["noor"], ("0:05:00", "1:55:00")),
            attended(meeting, who["viktor"], ("0:05:00", "0:25:00"), ("0:35:00", "1:25:00")),
            attended(meeting, who["elif"], ("0:15:00", "1:15:00")),
        ],
    )
    enrolled = roster(world, "mara", "noor viktor elif omar")
    add_conference(world, 85, meeting.subject, "Until it works.", "LAB-4", enrolled, meeting)


def last_clock_change(before: datetime) -> datetime:
    """01:00 UTC on the last Sunday of March or October whose night was over ``before``."""
    changes = [
        datetime.combine(_last_sunday(year, month), datetime.min.time(), UTC).replace(hour=1)
        for year in (before.year - 1, before.year)
        for month in (3, 10)
    ]
    return max(change for change in changes if change + timedelta(hours=3) <= before)


def _last_sunday(year: int, month: int) -> date:
    last_day = date(year, month, 31)  # March and October both have one
    return last_day - timedelta(days=(last_day.weekday() + 1) % 7)
