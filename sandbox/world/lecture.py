"""83: a lecture with 1,000 participants, by formula."""

from datetime import timedelta

from sandbox.world.build import add_call_record, add_meeting, add_report, attended, sessions_like
from sandbox.world.enrol import add_conference, roster
from sandbox.world.model import World
from sandbox.world.people import user

STUDENTS = 998
ABSENTEES = range(2001, 2013)


def add_lecture(world: World) -> None:
    """Mara, Noor and students n = 1 … 998; 90 minutes, three days ago.

    Mara 5400 s, Noor 5280 s. Student n joins at 60 + (7n mod 600) s and leaves at
    5400 - (11n mod 900) s; every third (n mod 3 = 0: 332 of them) is away from 2400 to
    2700 s. Students with n mod 10 = 0 came without being on the roster (99 of them),
    twelve on the roster (2001 … 2012) did not come.
    """
    meeting = add_meeting(
        world,
        "83",
        "Introduction to Statistics (lecture)",
        timedelta(hours=-75),
        timedelta(minutes=90),
    )
    lines = [
        attended(meeting, world.who["mara"], ("0:00:00", "1:30:00"), role="Organizer"),
        attended(meeting, world.who["noor"], ("0:01:00", "1:29:00")),
    ]
    enrolled = []
    for n in range(1, STUDENTS + 1):
        student = user(f"Student {n:04d}", f"student.{n:04d}@example.edu")
        world.who[f"student_{n:04d}"] = student
        joined, left = f"0:0:{60 + 7 * n % 600}", f"0:0:{5400 - 11 * n % 900}"
        spans = [(joined, "0:40:00"), ("0:45:00", left)] if n % 3 == 0 else [(joined, left)]
        lines.append(attended(meeting, student, *spans))
        if n % 10 != 0:
            enrolled.append(student)
    enrolled += [user(f"Student {n}", f"student.{n}@example.edu") for n in ABSENTEES]
    add_report(meeting, lines)
    add_call_record(world, "83", world.who["mara"], sessions_like(lines), meeting.join_web_url)
    add_conference(
        world,
        83,
        meeting.subject,
        "Means, medians, and why they differ.",
        "STAT-100",
        roster(world, "mara", "noor", more=enrolled),
        meeting,
    )
