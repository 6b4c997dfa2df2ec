"""Faults in the middle of a listing: nothing is lost or marked, and the next sync completes."""

import pytest

from conferences.models import CallRecording, ChatMessage, Conference, Recording, Transcript
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import changes, keys, outcome, small_world, texts

demo_world = small_world

LIST = r"/onlineMeetings/[^/]+/{}\??$"
SECOND_PAGE = r"/messages\?.*skiptoken"
CHAT = r"/chats/[^/]+/messages"


@pytest.mark.parametrize("listing", ["recordings", "transcripts"])
def test_what_an_incomplete_listing_lacks_is_not_gone(demo_world, listing):
    """86: nobody knows what stands on the page that does not come."""
    sync(86)
    before, stored = digest(), keys()
    demo_world.script(path=r"page=2", status=500)
    second = f"{demo_world.url}/v1.0/users/x/onlineMeetings/y/{listing}?page=2"
    first = {"value": [], "@odata.nextLink": second}
    demo_world.script(path=LIST.format(listing), json=first)
    code, result = sync(86)
    ended = "partial" if listing == "recordings" else "failed"
    assert (code, outcome(result, listing)) == (3, (ended, "platform_fault"))
    assert not CallRecording.objects.filter(vanished_at__isnull=False).exists()
    assert not Transcript.objects.filter(vanished_at__isnull=False).exists()
    assert (digest(), keys()) == (before, stored)
    demo_world.end_faults()
    code, result = sync(86)
    assert (code, result["message"]) == (0, "Everything is up to date (14 items).")


def test_a_removed_recording_is_marked_only_after_a_complete_listing(demo_world):
    sync(86)
    demo_world.change("remove_recording", conference=86, recording=1, routes=["api"])
    second = f"{demo_world.url}/v1.0/users/x/onlineMeetings/y/recordings?page=2"
    demo_world.script(path=r"page=2", status=500)
    demo_world.script(path=LIST.format("recordings"), next_link=second)
    marked = CallRecording.objects.filter(vanished_at__isnull=False)
    assert outcome(sync(86)[1], "recordings") == ("partial", "platform_fault")
    assert marked.count() == 0
    demo_world.end_faults()
    assert outcome(sync(86)[1], "recordings") == ("succeeded", None)
    assert marked.count() == 1


@pytest.mark.parametrize("listing", ["recordings", "transcripts"])
def test_a_listing_that_fails_for_good_leaves_everything(demo_world, listing):
    sync(86)
    before, shown = digest(), report(86)
    demo_world.script(path=LIST.format(listing), status=500)
    code, result = sync(86)
    assert (code, outcome(result, listing)[1]) == (3, "platform_fault")
    assert (digest(), report(86)) == (before, shown)
    others = {"chat", "files", "recordings", "transcripts", "attendance"} - {listing}
    assert {outcome(result, name)[0] for name in others} == {"succeeded"}


def test_half_a_chat_is_kept_and_completed(demo_world):
    """92: of forty pages only the first comes; then all of them."""
    sync(92)
    undisturbed = digest()
    Conference.objects.get(pk=92).messages.all().delete()
    Conference.objects.get(pk=92).threads.all().delete()
    demo_world.script(path=SECOND_PAGE, status=500)
    code, result = sync(92)
    assert (code, outcome(result, "chat")) == (3, ("partial", "platform_fault"))
    assert changes(result, "chat") == {"created": 50}
    assert len(report(92)["messages"]) == 50
    demo_world.end_faults()
    _, result = sync(92)
    assert changes(result, "chat") == {"created": 1950, "unchanged": 50}
    assert digest() == undisturbed


def test_changes_beyond_a_fault_are_followed_next_time(demo_world):
    """92: sixty edits fill two pages, of which the second does not come."""
    sync(92, "--operation", "chat")
    for number in range(60):
        demo_world.change("edit_message", conference=92, message=number, body=f"New {number}")
    demo_world.script(path=SECOND_PAGE, status=500)
    code, result = sync(92, "--operation", "chat")
    assert (code, outcome(result, "chat")[1]) == (3, "platform_fault")
    edited = [text for text in texts(report(92)["messages"]) if text.startswith("New")]
    assert (len(edited), ChatMessage.objects.count()) == (50, 2000)
    demo_world.end_faults()
    _, result = sync(92, "--operation", "chat")
    assert changes(result, "chat") == {"updated": 10, "unchanged": 1990}
    assert texts(report(92)["messages"])[:60] == [f"New {number}" for number in range(60)]


def test_a_long_pause_puts_off_what_it_is_about_and_nothing_else(demo_world):
    sync(86)
    before = digest()
    demo_world.script(path=CHAT, status=429, headers={"Retry-After": "3600"})
    code, result = sync(86)
    assert (code, outcome(result, "chat")) == (3, ("deferred", "throttled"))
    assert outcome(result, "transcripts") == ("succeeded", None)
    assert outcome(result, "attendance") == ("succeeded", None)
    assert outcome(result, "recordings")[1] == outcome(result, "files")[1] == "throttled"
    assert (digest(), Recording.objects.filter(vanished_at=None).count()) == (before, 2)
