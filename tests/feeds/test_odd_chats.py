"""Messages as nobody expects them: what can be understood is kept, and nothing is told wrongly."""

from datetime import UTC, datetime, timedelta

import pytest

from conferences.models import ChatMessage, ChatThread
from tests.conferences.commands import report, sync
from tests.feeds.artifacts import changes, outcome, plan_again, texts
from tests.feeds.odd import CHAT, LINK, Answers, odd_world

demo_world = odd_world

NOOR = "noor.haddad@example.edu"


def test_recordings_of_odd_lengths_lose_nobodys_words(demo_world):
    """94: no length is known then."""
    answers = Answers(demo_world, 94)
    words = [
        answers.done(odd, 40, callRecordingDuration=odd, callRecordingUrl=f"{LINK}?{odd}")
        for odd in ("P1Y", "P1W", "PT1H30", "P999999D", "-PT5M", "none")
    ]
    answers.chat(*words, answers.message("2", 5, "Good morning."))
    for _ in range(2):
        code, result = sync(94)
        assert (code, outcome(result, "chat")) == (0, ("succeeded", None))
    assert texts(report(94)["messages"]) == ["Good morning."]
    assert {one["seconds"] for one in report(94)["recordings"]} == {0.0}


def test_messages_that_make_no_sense_lose_no_other(demo_world):
    answers = Answers(demo_world, 94)
    answers.chat(
        answers.message("m" * 501, 8),
        answers.message("1", 7, createdDateTime="0001-01-01T00:00:00Z"),
        answers.message("2", 6, createdDateTime=None),
        answers.message("3", 5, "Good morning."),
    )
    code, result = sync(94, "--operation", "chat")
    assert (code, outcome(result, "chat")) == (3, ("partial", "bad_response"))
    assert texts(report(94)["messages"]) == ["Good morning."]


def test_an_edit_in_the_very_instant_of_the_last_change_is_found(demo_world):
    sync(86, "--operation", "chat")
    last = ChatThread.objects.get().changed_until
    demo_world.change("edit_message", conference=86, message=2, body="Thanks!", at=last.isoformat())
    sync(86, "--operation", "chat")
    assert "Thanks!" in texts(report(86)["messages"])


def test_a_message_that_comes_to_light_after_a_later_one_is_found(demo_world):
    """82: of two messages within a second the second is there first."""
    later = datetime.now(UTC) - timedelta(seconds=30)
    for body, at in (("first", later - timedelta(seconds=1)), ("second", later))[::-1]:
        demo_world.change("add_message", conference=82, email=NOOR, body=body, at=at.isoformat())
        sync(82, "--operation", "chat")
    assert texts(report(82)["messages"]) == ["first", "second"]


def test_a_message_that_is_edited_between_two_pages_is_one(demo_world):
    answers = Answers(demo_world, 94)
    edited = answers.message("1", 5, "Hello!", lastEditedDateTime=answers.at(6))
    demo_world.script(path="page=2", json={"value": [edited]})
    second = f"{demo_world.url}/v1.0/chats/x/messages?page=2"
    first = {"value": [answers.message("1", 5)], "@odata.nextLink": second}
    demo_world.script(path=CHAT, json=first)
    _, result = sync(94, "--operation", "chat")
    assert (result["items"], changes(result, "chat")) == (1, {"created": 1})
    assert texts(report(94)["messages"]) == ["Hello!"]


@pytest.mark.parametrize("oldest", [6, 8, 12])
def test_of_a_series_whose_oldest_page_comes_first_nothing_is_missed(demo_world, oldest):
    """96: the occurrence before the conference's is on the first page, or a part of its own."""
    sync(96, "--operation", "chat")
    written = texts(report(96)["messages"])
    ChatMessage.objects.all().delete()
    ChatThread.objects.all().delete()
    demo_world.script(path=CHAT, pages=[[-oldest, None], [0, -oldest]])
    code, result = sync(96, "--operation", "chat")
    assert (code, outcome(result, "chat")) == (0, ("succeeded", None))
    assert texts(report(96)["messages"]) == written
    assert len(written) == 4


def test_a_chat_that_cannot_be_found_during_the_meeting_confirms_nothing(demo_world):
    """82, while it goes on: what was read before is not "up to date"."""
    ends_at = datetime.now(UTC) + timedelta(minutes=20)
    plan_again(demo_world, 82, ends_at=ends_at.isoformat())
    demo_world.change("add_message", conference=82, email=NOOR, body="Hello.")
    assert outcome(sync(82, "--operation", "chat")[1], "chat") == ("succeeded", None)
    demo_world.script(path=CHAT, status=404)
    code, result = sync(82, "--operation", "chat")
    assert (code, outcome(result, "chat")) == (0, ("no_data", "not_held_yet"))
    assert (result["items"], texts(report(82)["messages"])) == (0, ["Hello."])


def test_a_wrong_team_is_told_as_a_wrong_team(demo_world):
    """93: the link is right, the team's id is another's."""
    plan_again(demo_world, 93, team_id="7ea30000-0000-4000-8000-000000000099")
    _, result = sync(93)
    for operation in ("chat", "recordings", "files"):
        assert outcome(result, operation)[1] == "team_unknown"


def test_a_reply_that_a_channel_no_longer_lists_is_gone(demo_world):
    """93: nothing else tells of deletions there; of six replies none is left, then all are."""
    sync(93)
    demo_world.script(path=r"/replies", json={"value": []})
    _, result = sync(93)
    assert outcome(result, "chat") == ("no_data", "nobody_wrote")
    assert (changes(result, "chat"), report(93)["messages"]) == ({"vanished": 6}, [])
    demo_world.end_faults()
    sync(93)
    assert len(report(93)["messages"]) == 6
