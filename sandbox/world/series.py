"""96: a weekly series. One meeting, one chat, three occurrences; the conference is the second."""

from datetime import timedelta

from sandbox.world.attendance_of_three import came
from sandbox.world.build import add_meeting
from sandbox.world.enrol import add_conference, roster
from sandbox.world.media import Cue
from sandbox.world.model import World
from sandbox.world.recorded import recorded, transcribed
from sandbox.world.said import call_took_place, said

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def add_weekly_series(world: World) -> None:
    """14, 7 and 0 days before the anchor, each time from -6 h to -5 h.

    First: Mara 3600 s, Noor 1200 s, Jonas 600 s; 3 messages; 1800 s recorded; 3 cues.
    Middle: Mara 3600 s, Noor 3000 s, Ines 1800 s; 4 messages; 2400 s recorded; 3 cues.
    Last: Mara 3600 s, Ines 900 s, Omar 300 s; 2 messages; 3000 s recorded; 2 cues.
    """
    who, first = world.who, world.anchor - 2 * WEEK - 6 * HOUR
    meeting = add_meeting(world, "96", "Weekly reading", first, HOUR, meeting_type="recurring")
    attendance = (
        {"noor": ("0:10:00", "0:30:00"), "jonas": ("0:20:00", "0:30:00")},
        {"noor": ("0:05:00", "0:55:00"), "ines": ("0:10:00", "0:40:00")},
        {"ines": ("0:30:00", "0:45:00"), "omar": ("0:40:00", "0:45:00")},
    )
    talk = (
        (("mara", "Chapter one."), ("noor", "Read it."), ("jonas", "Half of it.")),
        (("mara", "Chapter two."), ("noor", "Read it."), ("ines", "So did I."), ("mara", "Good.")),
        (("mara", "Chapter three."), ("omar", "Not yet.")),
    )
    for week, ended in enumerate(("0:35:00", "0:45:00", "0:55:00")):
        start = first + week * WEEK
        call_took_place(meeting, who["mara"], who["noor"], start=start, length=HOUR)
        recording = recorded(world, meeting, ("0:05:00", ended), start=start)
        cues = [
            Cue(10.0 * n, 10.0 * n + 6.5, who[short].name, words)
            for n, (short, words) in enumerate(talk[week][:3])
        ]
        transcribed(meeting, cues, at="0:05:00", start=start, like=recording)
        for minute, (short, words) in enumerate(talk[week]):
            said(meeting, who[short], f"0:{minute + 6}:00", words, start=start)
        came(world, meeting, start, attendance[week])
    enrolled = roster(world, "mara", "noor ines jonas omar")
    add_conference(
        world,
        96,
        meeting.subject,
        "Chapter two.",
        "READ-2",
        enrolled,
        meeting,
        occurrence=first + WEEK,
    )
