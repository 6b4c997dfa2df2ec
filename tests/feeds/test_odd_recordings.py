"""Recordings that the three routes tell differently, late, or with values that cannot be."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from conferences.actions.guesses import accept_file
from conferences.models import ChatMessage, Conference, DriveFile, Recording
from conferences.store.drive_files import waiting_files
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import (
    changes,
    moment,
    outcome,
    plan_again,
    starts_of,
    teaching,
)
from tests.feeds.odd import CHAT, Answers, odd_world

demo_world = odd_world

MARA, TOMAS = "mara.lindqvist@example.edu", "tomas.novak@example.edu"
ALL = ["recordings", "drive", "chat"]


@pytest.fixture
def guess(demo_world) -> str:
    """A video of 18 minutes, made during 94, that no other route names."""
    return add(demo_world, 2, 20, routes=["drive"])


def add(sandbox, first: float, last: float, **values) -> str:
    """The file of a recording of 94, made and told of when it ended."""
    span = {"starts_at": moment(sandbox, 94, first), "ends_at": moment(sandbox, 94, last)}
    at = values.pop("at", last)
    wish = {"conference": 94, **span, "at": moment(sandbox, 94, at), **values}
    return str(sandbox.change("add_recording", **wish)["file"])


def move_away(sandbox) -> None:
    """94 was three days earlier."""
    start = starts_of(sandbox, 94)[None] - timedelta(days=3)
    ends_at = start + timedelta(hours=1)
    plan_again(sandbox, 94, starts_at=start.isoformat(), ends_at=ends_at.isoformat())


def reason() -> str | None:
    return outcome(sync(94, "--operation", "recordings")[1], "recordings")[1]


def sources(pk: int) -> list[list[str]]:
    return [one["sources"] for one in report(pk)["recordings"]]


def test_a_recording_that_the_chat_names_late_gets_its_file(demo_world):
    """86: the files are there at once, the chat does not tell of them yet."""
    demo_world.script(path=CHAT, json={"value": []})
    sync(86, "--operation", "recordings")
    assert sources(86) == [["recordings"], ["recordings"]]
    demo_world.end_faults()
    sync(86, "--operation", "recordings")
    assert sources(86) == [ALL, ALL]
    assert not waiting_files(Conference.objects.get(pk=86)).exists()


def test_two_parts_of_one_length_keep_their_files(demo_world):
    """94: the chat tells of the second alone; its file is not the first part's."""
    add(demo_world, 0, 20, routes=["api", "drive"])
    add(demo_world, 20, 40, at=41)
    sync(94, "--operation", "recordings")
    assert sources(94) == [["recordings"], ALL]


def test_a_list_that_names_no_call_doubles_no_recording(demo_world):
    add(demo_world, 2, 30, routes=["drive", "chat"])
    Answers(demo_world, 94).listed(
        "recordings", Answers(demo_world, 94).part("r", 2, 30, callId=None)
    )
    sync(94, "--operation", "recordings")
    assert sources(94) == [ALL]


def test_a_long_id_of_a_recording_is_kept_whole(demo_world):
    """Two that differ in the last of 301 characters are two, and there as long as listed."""
    answers = Answers(demo_world, 94)
    parts = [answers.part("A" * 300 + "1", 2, 20), answers.part("A" * 300 + "2", 21, 50)]
    answers.listed("recordings", *parts)
    assert changes(sync(94, "--operation", "recordings")[1], "recordings") == {"created": 2}
    assert changes(sync(94, "--operation", "recordings")[1], "recordings") == {"unchanged": 2}


def test_a_recording_whose_word_was_deleted_is_gone(demo_world):
    """51: the chat alone knew of it; a deleted event message comes without what it told."""
    sync(51)
    word = ChatMessage.objects.get(event="recording")
    now = datetime.now(UTC).isoformat()
    deleted = Answers(demo_world, 51).done(word.source_id, 0, callId=None) | {
        "createdDateTime": word.created_at.isoformat(),
        "lastModifiedDateTime": now,
        "deletedDateTime": now,
        "eventDetail": None,
    }
    demo_world.script(path=CHAT, json={"value": [deleted]})
    _, result = sync(51, "--operation", "recordings")
    assert outcome(result, "recordings", 45) == ("no_data", "recording_gone")
    assert ChatMessage.objects.get(pk=word.pk).url == word.url


@pytest.mark.parametrize("is_accepted", [False, True])
def test_a_video_at_no_planned_time_is_no_guess_any_more(demo_world, guess, is_accepted):
    assert reason() == "recording_guesses_waiting"
    if is_accepted:
        accept_file(DriveFile.objects.get(), User.objects.create(username="mara", email=MARA))
        assert reason() is None
    move_away(demo_world)
    assert reason() == "not_recorded"
    assert report(94)["recordings"] == []


def test_a_guess_that_somebody_shares_waits_all_the_same(demo_world, guess):
    at = moment(demo_world, 94, 25)
    demo_world.change("add_message", conference=94, email=MARA, body="Here:", at=at, file=guess)
    sync(94)
    assert reason() == "recording_guesses_waiting"


def test_a_former_organizers_video_is_no_guess_any_more(demo_world, guess):
    assert reason() == "recording_guesses_waiting"
    plan_again(demo_world, 94, organizer_email=TOMAS, roster=teaching(TOMAS))
    sync(94)
    assert not waiting_files(Conference.objects.get(pk=94)).exists()


def test_a_fault_of_ours_in_recordings_is_no_matter_to_the_others(demo_world):
    """86: a video of thirty million years came into the database somehow."""
    sync(86)
    before = digest()
    DriveFile.objects.filter(is_in_folder=True).update(seconds=1e15)
    demo_world.script(path=r"/drive", status=403)
    code, result = sync(86)
    assert (code, outcome(result, "recordings")) == (3, ("failed", "internal_error"))
    for operation in ("attendance", "chat", "transcripts"):
        assert outcome(result, operation) == ("succeeded", None)
    demo_world.end_faults()
    assert outcome(sync(86)[1], "recordings") == ("succeeded", None)
    assert (digest(), Recording.objects.count()) == (before, 2)
