"""97: messages that mean harm, for a page that must show them harmlessly."""

from datetime import timedelta

from sandbox.world.attendance_of_three import three_came
from sandbox.world.build import add_meeting
from sandbox.world.enrol import add_conference, roster
from sandbox.world.hostile_bodies import ATTACHMENTS, BODIES, TEXT
from sandbox.world.model import World
from sandbox.world.said import attach, said
from sandbox.world.talk import Attachment


def add_hostile_chat(world: World) -> None:
    """Every body of ``BODIES`` once, two minutes apart, from Noor; then one as plain text, and
    one with attachments that are not what they say."""
    start, hour = timedelta(hours=-242), timedelta(hours=1)
    meeting = add_meeting(world, "97", "Hostile chat", start, hour)
    noor = world.who["noor"]
    for number, body in enumerate(BODIES):
        said(meeting, noor, f"0:{2 * number}:30", body, "html")
    said(meeting, noor, "0:56:00", TEXT)
    nested = said(meeting, noor, "0:58:00", "Look: ")
    for number, (kind, url, name, content) in enumerate(ATTACHMENTS):
        attach(nested, Attachment(f"hostile-{number}", kind, url, name, content))
    nested.body = (
        f'<attachment id="hostile-9">{nested.body}<script>parent.hit=9</script></attachment>'
    )
    three_came(world, meeting)
    enrolled = roster(world, "mara", "noor ines jonas")
    add_conference(world, 97, meeting.subject, "Nothing happens.", "SAFE-1", enrolled, meeting)
