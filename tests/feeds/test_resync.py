"""A second sync of recordings, chat, transcripts and files writes nothing and asks for little."""

import pytest

from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import keys, seen, small_world, step, written

demo_world = small_world

OPERATIONS = ("recordings", "chat", "transcripts", "files")

# What a second sync says: (exit code, message).
SECOND = {
    46: (3, "Some operations had issues: recordings. Other data synced successfully."),
    51: (0, "Everything is up to date (8 items)."),
    86: (0, "Everything is up to date (14 items)."),
    92: (0, "Everything is up to date (2003 items)."),
    93: (0, "Everything is up to date (11 items)."),
    94: (0, "Everything is up to date (6 items)."),
    95: (0, "Everything is up to date (6 items)."),
    96: (0, "Everything is up to date (9 items)."),
}
CHATS = {51: 2}  # one for each time slot; the others have one
# 96: the chat goes on after the occurrence; how far it was read is noted once more.
NOTED = {96: {"conferences_chatthread": 1}}


@pytest.mark.parametrize("pk", SECOND)
def test_a_second_sync_writes_no_row(demo_world, pk):
    _, first = sync(pk)
    before, stored, shown = digest(), keys(), report(pk)
    demo_world.forget_requests()
    with written() as rows:
        code, second = sync(pk)
    assert rows == NOTED.get(pk, {})
    assert (code, second["message"]) == SECOND[pk]
    assert (digest(), keys(), report(pk)) == (before, stored, shown)
    assert second["items"] == first["items"]
    for one in first["operations"]:
        of = one["operation"], one["slot"]
        again = step(second, *of)
        assert (*of, again["outcome"], again["created"], again["updated"], again["vanished"]) == (
            *(*of, one["outcome"], 0, 0, 0),
        )
        assert (*of, again["unchanged"]) == (*of, one["created"])
    asked = seen(demo_world)
    assert (asked["chat"], asked["transcript"]) == (CHATS.get(pk, 1), 0)
    if pk in NOTED:
        with written() as rows:
            sync(pk)
        assert rows == {}


def test_the_chat_is_asked_for_what_has_changed_since(demo_world):
    """92: forty pages at first, one afterwards."""
    sync(92, "--operation", "chat")
    assert seen(demo_world)["chat"] == 40
    demo_world.forget_requests()
    sync(92, "--operation", "chat")
    [request] = demo_world.requests_seen("/messages")
    assert "lastModifiedDateTime%20gt%20" in request["query"]
    assert "lastModifiedDateTime%20desc" in request["query"]


def test_a_third_sync_after_part_of_them_writes_no_row(demo_world):
    """86: each operation alone, in any order, leaves what the others have stored."""
    sync(86)
    before, stored = digest(), keys()
    for operation in OPERATIONS:
        with written() as rows:
            sync(86, "--operation", operation)
        assert (operation, rows, digest(), keys()) == (operation, {}, before, stored)


def test_operations_one_by_one_give_the_same_as_all_at_once(demo_world):
    sync(86)
    all_at_once, shown = digest(), report(86)
    wipe(86)
    for operation in ("files", "attendance", "transcripts", "recordings", "chat"):
        sync(86, "--operation", operation)
    assert (digest(), report(86)) == (all_at_once, shown)


def wipe(pk: int) -> None:
    """Forget what was read of a conference, as if it had never been synced."""
    from conferences.models import Conference

    conference = Conference.objects.get(pk=pk)
    for rows in (
        *(conference.recordings, conference.call_recordings, conference.shared_files),
        *(conference.file_links, conference.drive_files, conference.transcripts),
        *(conference.messages, conference.threads, conference.attendance, conference.sittings),
    ):
        rows.all().delete()
