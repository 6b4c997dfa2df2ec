"""74, 88 and 89: no attendance reports (404), so only call records can tell."""

from datetime import timedelta
from urllib.parse import unquote

from sandbox.world.build import add_call_record, add_meeting, stayed
from sandbox.world.enrol import add_conference, roster
from sandbox.world.model import CallSession, World
from sandbox.world.people import user

ALL_HANDS_PEOPLE = 70
ALL_HANDS_SESSIONS = 150


def add_consultation_hour(world: World) -> None:
    """74: three call records of this meeting among ten in its two hours and 75 in its day.

    Admin One 278.4 s = 4.64 min. Hari Krishnan 240.0 + 120.3 + 48.3 = 408.6 s = 6.81 min.
    """
    who = world.who
    meeting = add_meeting(
        world,
        "74",
        "Consultation hour (Meet Now)",
        timedelta(hours=-5),
        timedelta(hours=1),
        meeting_type="meetnow",
        reports_kept=False,
    )
    start, url = meeting.starts_at, meeting.join_web_url
    first = [
        *stayed(start, who["admin"], ("0:02:00.125", "0:06:38.525")),  # 278.4 s
        *stayed(start, who["hari"], ("0:02:10", "0:05:00.5")),  # from here …
        *stayed(start, who["hari"], ("0:04:00.25", "0:06:10")),  # … to here: 240.0 s
    ]
    # The same meeting, re-opened. Its URL comes decoded and in lower case.
    second = [
        *stayed(start, who["hari"], ("0:10:00", "0:12:00.3")),  # 120.3 s
        *stayed(start, who["hari"], ("0:11:00", "0:11:30.75"), legacy_identity=True),  # inside it
    ]
    third = [
        *stayed(start, who["hari"], ("0:15:00.1", "0:15:48.4")),  # 48.3 s
        *stayed(start, None, ("0:15:00", "0:16:00")),  # the service itself: nobody
    ]
    add_call_record(world, "74/1", who["mara"], first, url)
    add_call_record(world, "74/2", who["mara"], second, unquote(url).lower())
    add_call_record(world, "74/3", who["mara"], third, url)
    add_conference(
        world,
        74,
        meeting.subject,
        "Drop in with your questions.",
        "CONS-1",
        roster(world, "mara", "noor admin hari elif"),
        meeting,
    )


def add_all_hands(world: World) -> None:
    """88: one call record of 150 sessions and 70 people, p = 0 … 69.

    Person p has three sessions if p < 10, else two. Round k starts at 60 + 5p + 1100k
    seconds. Even p stay 1160 s, so one session overlaps the next by 60 s: 3360 s with
    three, 2260 s with two. Odd p stay 800 s and come back: 2400 s with three, 1600 s
    with two. Mara is p = 0 and Noor p = 1.
    """
    meeting = add_meeting(
        world,
        "88",
        "Department all-hands (Meet Now)",
        timedelta(hours=-54),
        timedelta(hours=1),
        meeting_type="meetnow",
        reports_kept=False,
    )
    staff = [user(f"Staff {p:02d}", f"staff.{p:02d}@example.edu") for p in range(ALL_HANDS_PEOPLE)]
    staff[0], staff[1] = world.who["mara"], world.who["noor"]
    world.who.update({f"staff_{p:02d}": staff[p] for p in range(2, ALL_HANDS_PEOPLE)})

    sessions = []
    for number in range(ALL_HANDS_SESSIONS):
        rejoin, p = divmod(number, ALL_HANDS_PEOPLE)
        joined = meeting.starts_at + timedelta(seconds=60 + 5 * p + 1100 * rejoin)
        stay = timedelta(seconds=1160 if p % 2 == 0 else 800)
        sessions.append(CallSession("", staff[p], joined, joined + stay))
    add_call_record(world, "88", world.who["mara"], sessions, meeting.join_web_url)
    add_conference(
        world,
        88,
        meeting.subject,
        "Everyone, briefly.",
        "DEPT",
        roster(world, "mara", "noor viktor", more=staff[2:40]),
        meeting,
    )


def add_ad_hoc_tutoring(world: World) -> None:
    """89: no call record has its URL; one of the same organizer without a URL overlaps: a guess.

    Mara 2700 s, Noor 2580 s, Ines 1830 s.
    """
    who = world.who
    meeting = add_meeting(
        world,
        "89",
        "Ad-hoc tutoring",
        timedelta(hours=-98),
        timedelta(hours=1),
        meeting_type="meetnow",
        reports_kept=False,
    )
    sessions = [
        *stayed(meeting.starts_at, who["mara"], ("0:05:00", "0:50:00")),
        *stayed(meeting.starts_at, who["noor"], ("0:06:00", "0:49:00")),
        *stayed(meeting.starts_at, who["ines"], ("0:10:00", "0:40:30")),
    ]
    add_call_record(world, "89", who["mara"], sessions, None)
    add_conference(
        world,
        89,
        meeting.subject,
        "Started from a chat, without an invitation.",
        "TUT-7",
        roster(world, "mara", "noor ines jonas"),
        meeting,
    )
