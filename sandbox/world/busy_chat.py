"""92: 2,000 messages in one hour, by formula."""

from datetime import timedelta

from sandbox.world.attendance_of_three import three_came
from sandbox.world.build import add_meeting
from sandbox.world.enrol import add_conference, roster
from sandbox.world.model import World
from sandbox.world.said import write

MESSAGES = 2000
WRITERS = ("mara", "noor", "ines", "jonas")


def add_busy_chat(world: World) -> None:
    """Message n = 0 … 1999 comes 1.8 n seconds after the start, from writer n mod 4.

    ``Message nnnn``; HTML where n is odd. No system messages.
    """
    meeting = add_meeting(world, "92", "Busy chat", timedelta(hours=-170), timedelta(hours=1))
    for n in range(MESSAGES):
        at = meeting.starts_at + timedelta(milliseconds=1800 * n)
        message = write([], at, world.who[WRITERS[n % 4]], f"Message {n:04d}")
        if n % 2:
            message.body = f"<p>Message <b>{n:04d}</b></p>"
        else:
            message.content_type = "text"
        meeting.messages.append(message)
    three_came(world, meeting)
    enrolled = roster(world, "mara", "noor ines jonas")
    add_conference(world, 92, meeting.subject, "Everybody types.", "CHAT-1", enrolled, meeting)
