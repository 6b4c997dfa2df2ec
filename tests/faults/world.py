"""A small world that every case begins and ends with, and what a case does to it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from conferences.actions.importing import import_conferences
from conferences.models import (
    AttendanceRecord,
    AttendanceSitting,
    CallRecording,
    ChatMessage,
    ChatThread,
    Conference,
    DriveFile,
    FileLink,
    Recording,
    SharedFile,
    Transcript,
)
from scripts.servers.sandbox import SandboxControl
from tests.conferences.commands import digest, sync
from tests.faults.feeds import FEEDS, Feed
from tests.feeds.artifacts import starts_of

NOOR, INES = "noor.haddad@example.edu", "ines.duarte@example.edu"
CONFERENCES = {feed.conference for feed in FEEDS.values()}
ELSEWHERE = "{elsewhere}"
IN_TWO_PAGES = [[0, -1], [-1, None]]

TALK = ("chat", "recordings", "files")
ROWS = {
    ("attendance",): (AttendanceSitting, AttendanceRecord),
    ("transcripts",): (Transcript,),
    ("chat",): (ChatThread, ChatMessage),
    TALK: (ChatThread, ChatMessage, CallRecording, Recording, SharedFile, FileLink, DriveFile),
}


class World:
    """``undisturbed`` is the digest of everything, read without a fault; ``is_whole``: a case has
    shown that this is what is there.
    """

    def __init__(self, sandbox: SandboxControl) -> None:
        self.sandbox = sandbox
        self.is_whole = False
        self._enrich()
        rows = sandbox.conferences()["conferences"]
        self._plan = {"conferences": [row for row in rows if row["id"] in CONFERENCES]}
        self.restore()
        self.undisturbed = digest()

    def _enrich(self) -> None:
        """94 gets a second report and a chat: a listing of one thing cannot be half read."""
        start = starts_of(self.sandbox, 94)[None]

        def at(minute: int) -> str:
            return (start + timedelta(minutes=minute)).isoformat()

        late = [
            {"email": NOOR, "intervals": [[at(61), at(63)]]},
            {"email": INES, "intervals": [[at(61), at(64)]]},
        ]
        self.sandbox.change("add_report", conference=94, records=late)
        for minute in range(56, 60):
            words = f"Minute {minute}."
            self.sandbox.change("add_message", conference=94, email=NOOR, body=words, at=at(minute))

    def restore(self) -> None:
        """Everything anew."""
        self.sandbox.end_faults()
        Conference.objects.all().delete()
        import_conferences(self._plan)
        for pk in CONFERENCES:
            code, result = sync(pk)
            assert code == 0, result

    def check_whole(self) -> None:
        assert digest() == self.undisturbed
        self.is_whole = True

    def prepare(self, feed: Feed) -> bool:
        """Forget what spares a second sync this request; whether the digest is still the same."""
        conference = Conference.objects.filter(pk=feed.conference)
        match feed.anew:
            case "token":
                self.sandbox.tenant(revoke_tokens=True)
            case "chat":
                ChatThread.objects.filter(conference=feed.conference).update(read_for="")
            case "meeting":
                conference.update(online_meeting_id=None)
            case "transcript":
                for one in conference.get().transcripts.order_by("starts_at")[:1]:
                    one.delete()
            case "links":
                FileLink.objects.filter(conference=feed.conference).delete()
        return feed.anew in ("", "token", "chat")

    def forget(self, feed: Feed) -> None:
        """As before the first sync; ``sync_first`` brings it back."""
        self.prepare(feed)
        for model in ROWS[operations_of(feed)]:
            model._default_manager.filter(conference=feed.conference).delete()

    @contextmanager
    def struck(self, *feeds: Feed, **fault: Any) -> Iterator[None]:
        """The requests of each feed are answered so, and at least one of them was. No link that
        leads to ELSEWHERE, the vendor's server by another name, is followed.
        """
        elsewhere = self.sandbox.url.replace("127.0.0.1", "localhost") + "/v1.0/elsewhere"
        self.sandbox.forget_requests()
        wish = json.loads(json.dumps(fault).replace(ELSEWHERE, elsewhere))
        scripted = [self.sandbox.script(path=feed.path, **wish) for feed in feeds]
        for path in filter(None, (feed.pages for feed in feeds)):
            self.sandbox.script(path=path, pages=IN_TWO_PAGES)
        yield
        hits = {one["id"]: one["hits"] for one in self.sandbox.call("GET", "faults")}
        self.sandbox.end_faults()
        assert all(hits[one] for one in scripted), "a fault that struck nothing"
        if ELSEWHERE in str(fault):
            assert self.sandbox.requests_seen("/elsewhere") == []


def sync_feed(feed: Feed) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON of the sync that reads it, and not much else."""
    return sync(feed.conference, "--operation", feed.operation)


def sync_first(*feeds: Feed) -> tuple[int, dict[str, Any]]:
    """The sync that brings everything back which ``forget`` forgot, of one conference."""
    names = dict.fromkeys(name for feed in feeds for name in operations_of(feed))
    options = [word for name in names for word in ("--operation", name)]
    return sync(feeds[0].conference, *options)


def operations_of(feed: Feed) -> tuple[str, ...]:
    """Its own; or all that make something of a chat, where there is more in it than words."""
    return TALK if feed.conference in (86, 93) else (feed.operation,)
