"""Videos that may belong to a meeting, and word of a recording that comes late."""

from datetime import datetime

import pytest

from accounts.models import User
from conferences.actions.guesses import accept_file, take_back_file
from conferences.models import DriveFile, Recording
from tests.conferences.commands import report, sync
from tests.feeds.artifacts import changes, keys, moment, outcome, small_world, starts_of

demo_world = small_world


@pytest.fixture
def mara(transactional_db) -> User:
    return User.objects.create(username="mara", email="mara.lindqvist@example.edu")


def add(sandbox, pk: int, first: float, last: float, slot: int | None = None, **values) -> None:
    """A recording from the first to the last minute after the start."""
    span = {
        "starts_at": moment(sandbox, pk, first, slot),
        "ends_at": moment(sandbox, pk, last, slot),
    }
    of = {"conference": pk} if slot is None else {"conference": pk, "slot": slot}
    sandbox.change("add_recording", **of, **span, **values)


def recorded(pk: int) -> list[tuple[int | None, int, float, list[str]]]:
    return [(r["slot"], r["part"], r["seconds"], r["sources"]) for r in report(pk)["recordings"]]


def test_a_video_by_name_and_time_alone_is_a_guess(demo_world):
    """92 has no recordings; a video made during it lies in Mara's folder."""
    add(demo_world, 92, 5, 45, routes=["drive"])
    code, result = sync(92, "--operation", "recordings")
    assert (code, outcome(result, "recordings")) == (
        *(0, ("no_data", "recording_guesses_waiting")),
    )
    assert recorded(92) == []
    [file] = DriveFile.objects.filter(conference=92)
    assert (file.size, file.accepted_at) == (4448, None)


def test_a_guess_counts_from_its_acceptance_until_that_is_taken_back(demo_world, mara):
    add(demo_world, 92, 5, 45, routes=["drive"])
    sync(92)
    accept_file(DriveFile.objects.get(conference=92), mara)
    assert recorded(92) == [(None, 1, 2400.0, ["drive"])]
    code, result = sync(92)
    assert (code, outcome(result, "recordings")) == (0, ("succeeded", None))
    assert changes(result, "recordings") == {"unchanged": 1}
    assert recorded(92) == [(None, 1, 2400.0, ["drive"])]
    take_back_file(DriveFile.objects.get(conference=92))
    assert recorded(92) == []
    code, result = sync(92)
    assert (code, outcome(result, "recordings")) == (0, ("no_data", "recording_guesses_waiting"))
    assert (recorded(92), DriveFile.objects.count()) == ([], 1)
    assert [row.is_planned for row in Recording.objects.all()] == [False]  # kept, and not counted


def test_parts_that_are_announced_out_of_order_are_not_mixed(demo_world):
    """82: 1200 s from +2 min, announced at +57 min; 300 s from +25, announced at +50."""
    add(demo_world, 82, 2, 22, at=moment(demo_world, 82, 57))
    add(demo_world, 82, 25, 30, at=moment(demo_world, 82, 50))
    sync(82, "--operation", "recordings")
    start, shown = starts_of(demo_world, 82)[None], report(82)["recordings"]
    begun = [datetime.fromisoformat(one["starts_at"]) - start for one in shown]
    assert [
        (since.total_seconds(), r["seconds"], r["size"])
        for since, r in zip(begun, shown, strict=True)
    ] == [
        *((120.0, 1200.0, 3248), (1500.0, 300.0, 2348)),
    ]


def test_an_accepted_video_is_a_part_among_the_others(demo_world, mara):
    """86: between its two parts and the end; the parts are numbered by their start."""
    add(demo_world, 86, 56, 59, routes=["drive"])
    sync(86)
    assert [part for _, part, _, _ in recorded(86)] == [1, 2]
    accept_file(DriveFile.objects.get(conference=86, seconds=180), mara)
    assert [(part, seconds) for _, part, seconds, _ in recorded(86)] == [
        *((1, 1680.0), (2, 1500.0), (3, 180.0)),
    ]
    stored = keys()
    assert changes(sync(86)[1], "recordings") == {"unchanged": 3}
    assert keys() == stored


def test_a_video_made_at_another_time_is_no_guess(demo_world):
    """92: before the start, after the end, hours later."""
    for first, last in ((-25, -5), (62, 80), (200, 230)):
        add(demo_world, 92, first, last, routes=["drive"])
    _, result = sync(92, "--operation", "recordings")
    assert outcome(result, "recordings") == ("no_data", "not_recorded")
    assert not DriveFile.objects.exists()


def test_a_guess_that_the_chat_names_later_needs_no_acceptance(demo_world):
    """82: first the video alone, then a recording of which all routes know."""
    add(demo_world, 82, 1, 20, routes=["drive"])
    _, result = sync(82, "--operation", "recordings")
    assert outcome(result, "recordings")[1] == "recording_guesses_waiting"
    add(demo_world, 82, 25, 40)
    code, result = sync(82, "--operation", "recordings")
    assert (code, outcome(result, "recordings")) == (0, ("succeeded", None))
    assert recorded(82) == [(None, 1, 900.0, ["recordings", "drive", "chat"])]


def test_another_meetings_video_is_no_guess_of_this_one(demo_world):
    """Mara's folder holds those of 86 and 96 as well; each conference has its own."""
    for pk in (86, 96, 92):
        sync(pk, "--operation", "recordings")
    found = DriveFile.objects.values_list("conference", "seconds").order_by("conference", "seconds")
    assert list(found) == [(86, 1500.0), (86, 1680.0), (96, 2400.0)]


@pytest.mark.parametrize("is_read_before", [False, True])
def test_late_word_of_a_recording_belongs_to_its_meeting(demo_world, is_read_before):
    """82: the chat tells of it after everything that people write is cut off."""
    if is_read_before:
        sync(82)
    now = moment(demo_world, 82, 45 + 120)  # two hours after the end
    demo_world.set_clock(now)
    add(demo_world, 82, 2, 40, at=now)
    code, result = sync(82, "--operation", "recordings", "--operation", "chat")
    assert (code, outcome(result, "recordings")) == (0, ("succeeded", None))
    assert recorded(82) == [(None, 1, 2280.0, ["recordings", "drive", "chat"])]
    assert outcome(result, "chat") == ("no_data", "nobody_wrote")


def test_late_word_of_what_the_list_does_not_have(demo_world):
    """86, hours after the end: the chat names a file; its call took place in the meeting."""
    add(demo_world, 86, 56, 59, routes=["drive", "chat"], at=moment(demo_world, 86, 180))
    sync(86)
    assert sorted(seconds for _, _, seconds, _ in recorded(86)) == [180.0, 1500.0, 1680.0]
    [third] = [one for one in recorded(86) if one[2] == 180.0]
    assert third[3] == ["drive", "chat"]


def test_late_word_belongs_to_the_slot_of_its_call(demo_world):
    """51: word of slot 45's second part comes while slot 46 is on."""
    add(demo_world, 51, 30, 50, 45, at=moment(demo_world, 51, 150, 45))
    sync(51)
    assert {slot for slot, _, _, _ in recorded(51)} == {45}
    assert [seconds for _, _, seconds, _ in recorded(51)] == [3300.0, 1200.0]
