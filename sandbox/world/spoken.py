"""94: three transcripts of one meeting, each with a difficulty of its own."""

from datetime import timedelta

from sandbox.world.attendance_of_three import three_came
from sandbox.world.build import add_meeting
from sandbox.world.enrol import add_conference, roster
from sandbox.world.media import Cue
from sandbox.world.model import World
from sandbox.world.recorded import transcribed

# Unpadded offsets, as in the vendor's samples.
OPENING = [
    Cue(0.0, 5.32, "Mara Lindqvist", "Can you hear me?"),
    Cue(6.5, 9.0, "Noor Haddad", "Loud & clear."),
    Cue(61.0, 65.0, None, "[Applause]"),
]
# Transcription began in mid-conversation: two cues before its own beginning.
MIDDLE = [
    Cue(-4.25, -1.5, "Ines Duarte", "… which is why I asked."),
    Cue(-0.75, 3.0, "Mara Lindqvist", "Now it is on."),
    Cue(4.0, 9.5, "Ines Duarte", "If a < b and b < c, then a < c."),
    Cue(10.0, 12.0, "Mara Lindqvist", "Granted."),
]
CLOSING = [
    Cue(0.0, 3.0, "Noor Haddad", "Any other business?"),
    Cue(3.5, 5.0, "Mara Lindqvist", "No."),
]


def add_recorded_talk(world: World) -> None:
    """Transcripts of 3, 4 and 2 cues, from +0:02, +0:20 and +0:50. Nothing was recorded."""
    start, hour = timedelta(hours=-218), timedelta(hours=1)
    meeting = add_meeting(world, "94", "Talk with transcripts", start, hour)
    transcribed(meeting, OPENING, at="0:02:00").padded = False
    transcribed(meeting, MIDDLE, at="0:20:00")
    transcribed(meeting, CLOSING, at="0:50:00")
    three_came(world, meeting)
    enrolled = roster(world, "mara", "noor ines jonas")
    add_conference(world, 94, meeting.subject, "Word by word.", "TALK-4", enrolled, meeting)
