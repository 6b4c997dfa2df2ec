"""Reading and saving a chat takes as much memory for a hundred pages as for ten."""

import gc
import tracemalloc
from datetime import datetime, timedelta
from typing import Any

from conferences.models import ChatMessage, ChatThread
from scripts.servers.sandbox import SandboxControl
from tests.conferences.commands import sync
from tests.feeds.artifacts import small_world, starts_of

demo_world = small_world

ON_A_PAGE = 10
WORDS = "What everybody wrote, at some length. " * 100


def message(number: int, at: datetime) -> dict[str, Any]:
    """A chatMessage as the vendor documents it, without what nobody reads."""
    moment = at.isoformat().replace("+00:00", "Z")
    user = {"id": f"00000000-0000-4000-8000-{number % 30:012d}", "displayName": "Somebody"}
    return {
        "id": f"{number}",
        "messageType": "message",
        "createdDateTime": moment,
        "lastModifiedDateTime": moment,
        "from": {"user": {**user, "userIdentityType": "aadUser"}},
        "body": {"contentType": "html", "content": f"<p>{number} {WORDS}</p>"},
        "attachments": [],
    }


def serve(sandbox: SandboxControl, pages: int) -> None:
    """The chat of 92 has so many pages, newest first."""
    end = starts_of(sandbox, 92)[None] + timedelta(minutes=50)
    for page in range(pages):
        numbers = range(page * ON_A_PAGE, (page + 1) * ON_A_PAGE)
        value = [message(n, end - timedelta(milliseconds=500 * n)) for n in numbers]
        answer: dict[str, Any] = {"value": value}
        if page < pages - 1:
            answer["@odata.nextLink"] = f"{sandbox.url}/v1.0/chats/x/messages?page={page + 1}"
        sandbox.script(path=r"/chats/[^/]+/messages", times=1, json=answer)


def peak(sandbox: SandboxControl, pages: int) -> int:
    """Bytes above what was in use before: the most that a sync of the whole chat ever held."""
    ChatThread.objects.all().delete()
    ChatMessage.objects.all().delete()
    serve(sandbox, pages)
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        code, result = sync(92, "--operation", "chat")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    sandbox.end_faults()
    assert (code, result["items"]) == (0, pages * ON_A_PAGE)
    return most - before


def test_the_peak_does_not_grow_with_the_number_of_pages(demo_world):
    """A few pages more may wait to be saved: how many is bounded."""
    peak(demo_world, 10)  # everything is imported and compiled
    assert peak(demo_world, 100) / peak(demo_world, 10) < 1.5
