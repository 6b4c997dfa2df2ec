"""93: a meeting in a team's channel, whose talk and recording are the channel's."""

from datetime import timedelta

from sandbox.world.attendance_of_three import three_came
from sandbox.world.build import add_meeting
from sandbox.world.enrol import add_conference, roster
from sandbox.world.files import add_library, folder_at, put_file, text_of
from sandbox.world.model import World
from sandbox.world.people import identifier
from sandbox.world.recorded import recorded
from sandbox.world.said import attach, call_took_place, said, write
from sandbox.world.talk import Attachment, Channel, Message

TEAM_ID = "7ea30000-0000-4000-8000-000000000093"
CHANNEL_ID = "19:5a4db0c0ffee93channel@thread.tacv2"
START, HOUR = timedelta(hours=-194), timedelta(hours=1)


def add_channel_seminar(world: World) -> None:
    """Six replies to the meeting's post, two system messages for the recording (3300 s) and two
    for the call; one file. The recordings API lists nothing. Two other posts are in the
    channel, one of them written during the meeting.
    """
    who = world.who
    library = add_library(world, "seminar")
    folder = folder_at(library, "General", library.root.created_at)
    channel = Channel(TEAM_ID, "Seminar", CHANNEL_ID, "General", library.id, folder.id)
    world.channels.append(channel)

    starts_at = world.anchor + START
    greeting = _post(channel, world, "noor", START - 26 * HOUR, "Hello, I am new here.")
    write(
        greeting.replies, greeting.created_at + HOUR, who["mara"], "Welcome!"
    ).content_type = "text"
    post = _post(channel, world, "mara", START - 24 * HOUR, "")
    post.subject = "Channel seminar"
    attach(post, Attachment(identifier("meeting", "93"), "meetingReference", name=post.subject))
    _post(channel, world, "omar", START + HOUR / 2, "Who left an umbrella in room 5?")

    meeting = add_meeting(
        world, "93", "Channel seminar", START, HOUR, channel_thread=channel.id, post_id=post.id
    )
    meeting.channel, meeting.post, meeting.messages = channel, post, post.replies
    call_took_place(meeting, who["mara"], who["noor"], length=HOUR)
    recorded(world, meeting, ("0:02:00", "0:57:00"), routes={"drive", "chat"})
    plan_text = text_of("plan", 5_000)
    plan = put_file(library, "General/plan.pdf", plan_text, starts_at, who["mara"])
    said(meeting, who["mara"], "0:01:00", "The plan: ", files=[(library, plan)])
    said(meeting, who["noor"], "0:06:00", "Can everybody see it?")
    said(meeting, who["ines"], "0:07:00", "Yes.")
    said(meeting, who["mara"], "0:20:00", "<p>Part <b>two</b> next week?</p>", "html")
    said(meeting, who["noor"], "0:21:00", "Gladly.")
    said(meeting, who["ines"], "0:50:00", "Thank you.")
    three_came(world, meeting)
    enrolled = roster(world, "mara", "noor ines omar")
    add_conference(world, 93, meeting.subject, "In our channel.", "SEM-9", enrolled, meeting)


def _post(channel: Channel, world: World, short: str, at: timedelta, body: str) -> Message:
    post = write(channel.posts, world.anchor + at, world.who[short], body)
    post.content_type = "text"
    return post
