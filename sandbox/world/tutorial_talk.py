"""86 and 51: what was written, shared and recorded."""

from datetime import timedelta

from sandbox.world.files import CHAT_FILES, put_file, text_of
from sandbox.world.media import Cue
from sandbox.world.model import Meeting, World
from sandbox.world.recorded import recorded, transcribed
from sandbox.world.said import call_took_place, said

CUES = [
    Cue(0.0, 4.0, "Mara Lindqvist", "Sheet five, exercise one."),
    Cue(5.0, 12.0, "Noor Haddad", "The kernel is one-dimensional."),
    Cue(13.0, 18.0, "Ines Duarte", "Why?"),
    Cue(19.0, 31.5, "Noor Haddad", "Because the rank is two and three minus two is one."),
    Cue(300.0, 309.0, "Lena Fischer", "Exercise two is the same with other numbers."),
    Cue(900.0, 915.0, "Mara Lindqvist", "Almost. Look at the last row."),
]


def add_tutorial_talk(world: World, meeting: Meeting) -> None:
    """86: two parts (1680 s and 1500 s) of one call, each known to all three routes.

    Five messages, one file, a transcript of part one with six cues, seven system messages.
    The API names the second part's content in the malformed form.
    """
    who = world.who
    call_took_place(meeting, who["mara"], who["noor"], length=timedelta(hours=1))
    first = recorded(world, meeting, ("0:02:00", "0:30:00"))
    second = recorded(world, meeting, ("0:30:00", "0:55:00"))
    second.malformed_url = True
    transcribed(meeting, CUES, at="0:02:00", like=first)

    drive = world.drive_of(who["noor"])
    if drive is None:
        raise ValueError("Noor needs a OneDrive")
    sheet = put_file(
        drive,
        f"{CHAT_FILES}/sheet-5.pdf",
        text_of("sheet-5", 12_345),
        meeting.starts_at,
        who["noor"],
    )
    said(meeting, who["mara"], "0:01:00", "Good morning.")
    said(meeting, who["noor"], "0:03:00", "The sheet: ", files=[(drive, sheet)])
    said(meeting, who["ines"], "0:10:00", "Thank you!")
    said(meeting, who["lena"], "0:20:00", "<p>Is it <b>row</b> or <i>column</i> rank?</p>", "html")
    said(meeting, who["mara"], "0:21:00", "They are equal.")


def add_testing_talk(world: World, meeting: Meeting) -> None:
    """51, slot 45: a recording (3300 s) that only the chat names; two messages.

    The file was moved out of the folder of recordings, so the chat's link is one that
    survives that; the recordings API lists nothing.
    """
    who = world.who
    recorded(
        world,
        meeting,
        ("0:03:00", "0:58:00"),
        routes={"drive", "chat"},
        by=who["jonas"],
        folder="Lehre/Testing",
    )
    said(meeting, who["noor"], "0:15:00", "Which test was that?")
    said(meeting, who["mara"], "0:16:00", "The third.")
