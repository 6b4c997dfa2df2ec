"""What tests of recordings, chat, transcripts and files say again and again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from conferences.actions.importing import import_conferences
from conferences.models import (
    CallRecording,
    ChatMessage,
    ChatThread,
    DriveFile,
    FileLink,
    Recording,
    SharedFile,
    Transcript,
    TranscriptCue,
)
from scripts.servers.sandbox import SandboxControl

MODELS = (
    *(ChatThread, ChatMessage, CallRecording, DriveFile, FileLink, SharedFile, Recording),
    *(Transcript, TranscriptCue),
)
# What a request is for, told by its path as it came over the wire.
ROUTES = {
    "login": r"/oauth2/v2\.0/token$|/openid-configuration$",
    "organizer": r"/users/[^/]+$",
    "meeting": r"/onlineMeetings(/[^/]+)?$",
    "attendance reports": r"/attendanceReports",
    "call records": r"/callRecords",
    "recordings": r"/onlineMeetings/[^/]+/recordings$",
    "transcripts": r"/transcripts$",
    "transcript": r"/transcripts/[^/]+/content$",
    "whose chat": r"/chats/[^/]+$",
    "chat": r"/chats/[^/]+/messages$|/replies$",
    "folder": r"/special/recordings/children$|:/children$",
    "drive": r"/users/[^/]+/drive$|/drives/[^/]+$|/filesFolder$",
    "file": r"/drives/[^/]+/(items/[^/]+|root:/[^:]+)$",
}


CROWDS = {83, 88}  # a thousand people on a roster, imported anew for every test


@pytest.fixture
def small_world(
    transactional_db: None, sandbox: SandboxControl, teams_settings: Settings
) -> SandboxControl:
    """The demo world without the crowds, for modules that say ``demo_world = small_world``."""
    enrol(sandbox)
    return sandbox


def enrol(sandbox: SandboxControl) -> None:
    """The registrar's file is imported, but for the crowds."""
    rows = [row for row in sandbox.conferences()["conferences"] if row["id"] not in CROWDS]
    import_conferences({"conferences": rows})


def step(result: dict[str, Any], operation: str, slot: int | None = None) -> dict[str, Any]:
    """One operation of a ``sync_conference --json``, its reason shortened to the code."""
    [found] = [
        one for one in result["operations"] if (one["operation"], one["slot"]) == (operation, slot)
    ]
    return {**found, "reason": found["reason"] and found["reason"]["code"]}


def outcome(result: dict[str, Any], operation: str, slot: int | None = None) -> tuple[str, Any]:
    """How it ended, and the code of its reason."""
    found = step(result, operation, slot)
    return found["outcome"], found["reason"]


def changes(result: dict[str, Any], operation: str, slot: int | None = None) -> dict[str, int]:
    """How many were created, updated, left as they are, and marked; without zeros."""
    found = step(result, operation, slot)
    names = ("created", "updated", "unchanged", "vanished")
    return {name: found[name] for name in names if found[name]}


def seen(sandbox: SandboxControl) -> Counter[str]:
    """How often each route was asked since the log was cleared."""
    return Counter(route(request["path"]) for request in sandbox.requests_seen())


def route(path: str) -> str:
    """The name in ROUTES of what a request is for; of no known one the path."""
    return next((name for name, pattern in ROUTES.items() if re.search(pattern, path)), path)


def keys() -> list[list[int]]:
    """Primary keys of everything that chat, recordings, transcripts and files are stored in."""
    return [list(m._default_manager.order_by("pk").values_list("pk", flat=True)) for m in MODELS]


@contextmanager
def written() -> Iterator[Counter[str]]:
    """How many rows of which tables the block writes, but for the bookkeeping of runs."""
    rows: Counter[str] = Counter()

    def count(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        match = re.match(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"(?! SET "last_run_id")', sql)
        if match and not match[1].startswith("syncing_") and context["cursor"].rowcount:
            rows[match[1]] += context["cursor"].rowcount
        return result

    with connection.execute_wrapper(count):
        yield rows


def planned(sandbox: SandboxControl, pk: int) -> dict[str, Any]:
    """A conference as the registrar has it."""
    [found] = [row for row in sandbox.conferences()["conferences"] if row["id"] == pk]
    return dict(found)


def starts_of(sandbox: SandboxControl, pk: int) -> dict[int | None, datetime]:
    """When it begins, and its time slots by their ids."""
    conference = planned(sandbox, pk)
    rows = [{**conference, "id": None}, *conference["time_slots"]]
    return {row["id"]: datetime.fromisoformat(row["starts_at"]) for row in rows}


def plan_again(sandbox: SandboxControl, pk: int, **values: Any) -> None:
    """The registrar's file comes once more, with other values for this conference."""
    import_conferences({"conferences": [{**planned(sandbox, pk), **values}]})


def teaching(email: str) -> list[dict[str, str]]:
    """A roster for the registrar's file: only who teaches organizes."""
    return [{"role": "instructor", "name": email.partition("@")[0], "email": email}]


def moment(sandbox: SandboxControl, pk: int, minutes: float, slot: int | None = None) -> str:
    """So many minutes after the planned start, for a wish to the sandbox."""
    return (starts_of(sandbox, pk)[slot] + timedelta(minutes=minutes)).isoformat()


def texts(messages: Iterable[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in messages]
