"""Only what is needed is asked for, and nothing twice: the sandbox's list of requests."""

from collections import Counter

import pytest

from tests.conferences.commands import report, sync
from tests.feeds.artifacts import ROUTES, route, seen, small_world

demo_world = small_world

# What every operation needs: a token, the organizer, the meeting.
FINDING = {"login", "organizer", "meeting"}
NEEDED = {
    "attendance": {"attendance reports"},
    "recordings": {"recordings", "chat", "folder", "drive", "file"},
    "chat": {"chat"},
    "transcripts": {"transcripts", "transcript"},
    "files": {"chat", "drive", "file"},
}


@pytest.mark.parametrize("operation", NEEDED)
def test_an_operation_asks_for_its_feeds_and_nothing_else(demo_world, operation):
    """46: the link of its recording leads out of the organizer's folder, so drives are asked."""
    demo_world.change("set_drive", email="ines.duarte@example.edu", access="ok")
    sync(46, "--operation", operation)
    assert set(seen(demo_world)) == FINDING | NEEDED[operation]


def test_two_operations_share_what_both_need(demo_world):
    sync(86, "--operation", "chat", "--operation", "files")
    asked = seen(demo_world)
    assert set(asked) == FINDING | NEEDED["chat"] | NEEDED["files"]
    assert asked["chat"] == 1


# Look-ups that a run makes twice: the organizer for each time slot, which are looked for at the
# same time, and a drive's address for its recordings and for its shared files.
TWICE = {46: {"drive"}, 51: {"organizer"}, 93: {"drive"}}


def test_nothing_is_asked_for_twice_in_a_run(demo_world):
    for pk in (46, 51, 74, 84, 86, 91, 92, 93, 94, 95, 96):
        demo_world.forget_requests()
        sync(pk)
        times = Counter((one["path"], one["query"]) for one in demo_world.requests_seen())
        again = {route(path) for (path, _), count in times.items() if count > 1}
        assert (pk, again) == (pk, TWICE.get(pk, set()))
        assert max(times.values()) <= 2


def test_slots_of_one_organizer_share_the_folder_of_recordings(demo_world):
    """51: two meetings, two chats, two lists; one drive."""
    sync(51)
    asked = seen(demo_world)
    assert (asked["chat"], asked["recordings"], asked["transcripts"]) == (2, 2, 2)
    assert asked["folder"] == 1


def test_files_of_one_drive_ask_for_it_once(demo_world):
    """82 is just over: Mara shares two files of hers, one of them twice."""
    mara = "mara.lindqvist@example.edu"
    for file in ("reading-list.pdf", "Holiday greeting.mp4", "reading-list.pdf"):
        demo_world.change("add_message", conference=82, email=mara, body="Here: ", file=file)
    sync(82, "--operation", "files")
    assert len(report(82)["files"]) == 2
    assert (seen(demo_world)["drive"], seen(demo_world)["file"]) == (1, 2)


def test_a_link_that_only_a_writing_permission_could_follow_is_not_followed(demo_world):
    """51: "Copy link" names no path; the recording is known from the chat all the same."""
    sync(51)
    assert demo_world.requests_seen("/shares/") == []
    assert (seen(demo_world)["drive"], seen(demo_world)["file"]) == (0, 0)
    assert len(report(51)["recordings"]) == 1


def test_a_meeting_that_was_found_is_not_looked_for_again(demo_world):
    sync(46)
    demo_world.forget_requests()
    sync(46)
    asked = seen(demo_world)
    assert (asked["meeting"], asked["login"], asked["organizer"]) == (0, 0, 1)


def test_nothing_but_lists_and_descriptions_is_fetched(demo_world):
    """Pictures, videos and files are fetched for who looks at them, never by a sync."""
    for pk in (46, 86, 93, 96):
        sync(pk)
    assert set(seen(demo_world)) <= set(ROUTES)
