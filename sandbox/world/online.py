"""Online meetings and their ids and links (graph-api §2)."""

import re
from base64 import b64encode
from datetime import datetime
from urllib.parse import quote

from sandbox.world.model import Meeting, World
from sandbox.world.people import TENANT_ID, identifier
from sandbox.world.person import Person

_SHORT = "https://teams.microsoft.com/meet/"


def make_meeting(
    world: World,
    key: str,
    subject: str,
    starts_at: datetime,
    ends_at: datetime,
    owner: Person,
    channel_thread: str | None = None,
    post_id: str = "0",
) -> Meeting:
    """An online meeting without an event; the same ``key`` gives the same ids."""
    token = b64encode(identifier("thread", key).encode()).decode().rstrip("=")
    thread_id = channel_thread or f"19:meeting_{token}@thread.v2"
    number = int(identifier("join", key).replace("-", "")[:12], 16) % 10**12
    meeting = Meeting(
        id=b64encode(f"1*{owner.id}*{post_id}**{thread_id}".encode()).decode(),
        organizer=owner,
        subject=subject,
        starts_at=starts_at,
        ends_at=ends_at,
        join_web_url=join_web_url(thread_id, str(owner.id), post_id),
        join_meeting_id=f"2{number:012d}",
        thread_id=thread_id,
        event_id=event_id(key),
        call_id=identifier("call", key),
    )
    world.meetings.append(meeting)
    return meeting


def event_id(key: object) -> str:
    return "AAMk" + b64encode(identifier("event", key).encode()).decode().rstrip("=")


def join_web_url(thread_id: str, organizer_id: str, post_id: str = "0") -> str:
    """The vendor's join URL, which is itself percent-encoded, in lower case (graph-api §2)."""
    context = f'{{"Tid":"{TENANT_ID}","Oid":"{organizer_id}"}}'
    return (
        f"https://teams.microsoft.com/l/meetup-join/{_lower_quote(thread_id)}"
        f"/{post_id}?context={_lower_quote(context)}"
    )


def _lower_quote(text: str) -> str:
    return re.sub("%..", lambda escape: escape[0].lower(), quote(text, safe=""))


def short_link(meeting: Meeting) -> str:
    """It holds neither thread nor organizer (graph-api §2)."""
    secret = identifier("passcode", meeting.thread_id).replace("-", "")[:18]
    return f"{_SHORT}{meeting.join_meeting_id}?p={secret}"


def is_short(link: str) -> bool:
    return link.startswith(_SHORT)
