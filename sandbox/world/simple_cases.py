"""51, 81, 84, 86, 87 and 90: one simple case each."""

from datetime import timedelta

from sandbox.world.build import add_call_record, add_meeting, add_report, attended, sessions_like
from sandbox.world.enrol import add_conference, add_slotted_conference, roster
from sandbox.world.model import TimeSlot, World
from sandbox.world.tutorial_talk import add_testing_talk, add_tutorial_talk

HOUR = timedelta(hours=1)


def add_testing_conference(world: World) -> None:
    """51: two slots. 45: Mara 3600 s, Noor 3510 s, Ines 1680 s. 46: Noor 3000 s, Jonas 3240 s,
    Omar 1500 s. Only Noor is in both: 6510 s."""
    who = world.who
    first = add_meeting(world, "51/45", "Testing Conference (1)", -26 * HOUR, HOUR)
    second = add_meeting(world, "51/46", "Testing Conference (2)", -24 * HOUR, HOUR)
    add_report(
        first,
        [
            attended(first, who["mara"], ("0:00:00", "1:00:00"), role="Organizer"),
            attended(first, who["noor"], ("0:00:30", "0:59:00")),
            attended(first, who["ines"], ("0:02:00", "0:30:00")),
        ],
    )
    add_report(
        second,
        [
            attended(second, who["noor"], ("0:05:00", "0:55:00")),
            attended(second, who["jonas"], ("0:01:00", "0:55:00")),
            attended(second, who["omar"], ("0:10:00", "0:35:00")),
        ],
    )
    add_testing_talk(world, first)
    add_slotted_conference(
        world,
        51,
        "Testing Conference",
        "Two sittings, two meetings.",
        "TEST-1",
        roster(world, "mara", "noor ines jonas omar elif"),
        (TimeSlot(45, first, "pending"), TimeSlot(46, second, "pending")),
    )


def add_next_week(world: World) -> None:
    """81: linked, not held yet. Nobody, nothing."""
    meeting = add_meeting(world, "81", "Next week's seminar", timedelta(days=7), 2 * HOUR)
    enrolled = roster(world, "mara", "noor ines jonas")
    add_conference(world, 81, meeting.subject, "Bring a question.", "SEM-3", enrolled, meeting)


def add_guest_lecture(world: World) -> None:
    """84: Tomas, the organizer, has no application access policy: 403 under his name.

    His report (two people) stays out of reach. There is also a call record with the
    meeting's URL, which a sync must not turn to: 403 is not an absence (graph-api §4).
    """
    who = world.who
    meeting = add_meeting(world, "84", "Guest lecture", -30 * HOUR, HOUR, organizer="tomas")
    lines = [
        attended(meeting, who["tomas"], ("0:00:00", "1:00:00"), role="Organizer"),
        attended(meeting, who["ines"], ("0:01:00", "0:58:00")),
    ]
    add_report(meeting, lines)
    add_call_record(world, "84", who["tomas"], sessions_like(lines), meeting.join_web_url)
    world.without_policy.add(str(who["tomas"].id))
    enrolled = roster(world, "tomas mara", "ines jonas omar")
    add_conference(world, 84, meeting.subject, "A visitor speaks.", "GL-1", enrolled, meeting)


def add_tutorial(world: World) -> None:
    """86: everything simply works. Mara 3600 s, Noor 3300 s, Ines 3000 s, Lena 2700 s, Omar 2400 s.

    Its call record shows the same people and times, and adds nothing to the reports.
    """
    who = world.who
    meeting = add_meeting(world, "86", "Linear Algebra, tutorial", -50 * HOUR, HOUR)
    lines = [
        attended(meeting, who["mara"], ("0:00:00", "1:00:00"), role="Organizer"),
        attended(meeting, who["noor"], ("0:02:00", "0:57:00")),
        attended(meeting, who["ines"], ("0:05:00", "0:55:00")),
        attended(meeting, who["lena"], ("0:10:00", "0:55:00")),
        attended(meeting, who["omar"], ("0:00:00", "0:40:00")),
    ]
    add_report(meeting, lines)
    add_call_record(world, "86", who["mara"], sessions_like(lines), meeting.join_web_url)
    add_tutorial_talk(world, meeting)
    add_conference(
        world,
        86,
        meeting.subject,
        "Exercises of sheet 5.",
        "LA-102",
        roster(world, "mara", "noor ines lena omar elif"),
        meeting,
        knows_meeting_id=True,
    )


def add_open_discussion(world: World) -> None:
    """87: over, and no meeting linked: the LMS has a date and a roster, nothing else.

    (The tenant does hold a meeting at that time, which nobody attached. Nobody came.)
    """
    meeting = add_meeting(world, "87", "Open discussion", -33 * HOUR, HOUR)
    enrolled = roster(world, "mara", "noor viktor")
    add_conference(
        world, 87, meeting.subject, "No agenda.", "OPEN", enrolled, meeting, linked=False
    )


def add_oral_exam(world: World) -> None:
    """90: made in Outlook, held five days ago; reports switched off (an empty list for good), no
    call record."""
    meeting = add_meeting(world, "90", "Transcribed oral exam", -121 * HOUR, HOUR)
    enrolled = roster(world, "mara", "elif viktor")
    add_conference(
        world, 90, meeting.subject, "By appointment.", "EX-9", enrolled, meeting, knows_event=False
    )
