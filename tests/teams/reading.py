"""Reading feeds of the demo world as the engine does, each with a fresh platform."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from platforms.context import CallContext, WaitingBudget
from platforms.contract import Feed, FeedPage, Known, MeetingRef, Resolved, Window
from platforms.errors import PlatformError
from platforms.records import Progress, RemoteMeeting
from scripts.servers.sandbox import SandboxControl
from teams_integration.platform import TeamsPlatform

MARGIN = timedelta(minutes=30)
NOTHING = Known()


def new_context() -> CallContext:
    return CallContext(WaitingBudget(60), time.monotonic() + 60)


@dataclass
class Read:
    """What one reading brought: its pages in order, and the error that ended it."""

    pages: list[FeedPage] = field(default_factory=list)
    error: PlatformError | None = None

    @property
    def seen(self) -> dict[str, int]:
        """What the Progress pages told, all together."""
        return {k: v for page in self.progress for k, v in page.seen.items()}

    @property
    def progress(self) -> list[Progress]:
        return [page for page in self.pages if isinstance(page, Progress)]

    def all(self, name: str) -> list[Any]:
        """Such as "messages": of all pages, in order."""
        return [one for page in self.pages for one in getattr(page, name, ())]


class Demo:
    """The conferences of the sandbox, and a platform that is pointed at it."""

    def __init__(self, sandbox: SandboxControl) -> None:
        self.sandbox = sandbox
        self.platform = TeamsPlatform()

    def ref(self, number: int, slot: int | None = None) -> MeetingRef:
        conferences = self.sandbox.conferences()["conferences"]
        conference = next(one for one in conferences if one["id"] == number)
        slots = conference["time_slots"]
        planned = next(one for one in slots if one["id"] == slot) if slot else conference
        return MeetingRef(
            organizer_email=conference["organizer_email"],
            organizer_id=None,
            join_url=planned.get("meeting_link") or conference["meeting_link"],
            meeting_id=conference.get("online_meeting_id") if slot is None else None,
            starts_at=moment(planned["starts_at"]),
            ends_at=moment(planned["ends_at"]),
        )

    def resolve(self, ref: MeetingRef) -> Resolved:
        return self.platform.resolve_meeting(ref, new_context())

    def meeting(self, number: int, slot: int | None = None) -> RemoteMeeting:
        return self.resolve(self.ref(number, slot)).meeting

    def window(self, number: int, slot: int | None = None, after: timedelta = MARGIN) -> Window:
        ref = self.ref(number, slot)
        return Window(((ref.starts_at, ref.ends_at),), MARGIN, after)

    def read(
        self,
        feed: Feed,
        number: int,
        slot: int | None = None,
        *,
        meeting: RemoteMeeting | None = None,
        window: Window | None = None,
        known: Known = NOTHING,
    ) -> Read:
        """The log of requests holds nothing but this reading afterwards."""
        meeting = meeting or self.meeting(number, slot)
        window = window or self.window(number, slot)
        self.sandbox.forget_requests()
        read = Read()
        try:
            for page in self.platform.read(feed, meeting, window, known, new_context()):
                read.pages.append(page)
        except PlatformError as error:
            read.error = error
        return read

    def asked(self) -> list[str]:
        """Paths with queries that Graph was asked for, in order."""
        return [
            f"{seen['path']}?{seen['query']}" if seen["query"] else seen["path"]
            for seen in self.sandbox.requests_seen("/v1.0/")
        ]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
