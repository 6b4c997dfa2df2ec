"""Recordings as the meeting lists them."""

import pytest

from platforms.contract import Feed
from platforms.errors import BadResponseError, NotFoundError, PermissionRefusedError
from platforms.reasons import ReasonCode
from platforms.records import Progress, RecordingsPage

ROUTE = "/recordings"


def seconds(read) -> list[float]:
    return [(r.ends_at - r.starts_at).total_seconds() for r in read.all("recordings")]


@pytest.mark.parametrize(
    ("number", "listed", "lengths"),
    [(46, 1, [3480]), (86, 2, [1680, 1500]), (93, 0, []), (95, 1, [3000]), (96, 3, [2400])],
)
def test_those_of_the_planned_time(demo, number, listed, lengths):
    read = demo.read(Feed.RECORDINGS, number)
    progress, page = read.pages
    assert progress == Progress(0, {"listed": listed, "in_window": len(lengths)}, progress.listed)
    assert len(progress.listed) == listed
    assert isinstance(page, RecordingsPage)
    assert seconds(read) == lengths
    assert {r.source_id for r in page.recordings} <= progress.listed
    assert read.error is None
    assert [path.endswith(ROUTE) for path in demo.asked()] == [True]


def test_two_parts_of_one_call(demo):
    first, second = demo.read(Feed.RECORDINGS, 86).all("recordings")
    assert first.call_id == second.call_id
    assert first.ends_at == second.starts_at


def test_a_missing_permission_is_named(demo):
    demo.sandbox.tenant(remove_roles=["OnlineMeetingRecording.Read.All"], revoke_tokens=True)
    error = demo.read(Feed.RECORDINGS, 86).error
    assert isinstance(error, PermissionRefusedError)
    assert error.params == {"permission": "OnlineMeetingRecording.Read.All"}


def test_a_meeting_that_is_no_more(demo):
    meeting = demo.meeting(86)
    demo.sandbox.change("expire_meeting", conference=86)
    assert isinstance(demo.read(Feed.RECORDINGS, 86, meeting=meeting).error, NotFoundError)


@pytest.mark.parametrize(
    ("feed", "path"),
    [
        (Feed.RECORDINGS, ROUTE),
        (Feed.TRANSCRIPTS, "/transcripts"),
        (Feed.CHAT, "/messages"),
        (Feed.DRIVE, "/children"),
    ],
)
def test_a_link_to_another_host_is_not_followed(demo, feed, path):
    demo.sandbox.script(path=path, next_link="http://evil.example.invalid/v1.0/next")
    error = demo.read(feed, 86).error
    assert isinstance(error, BadResponseError)
    assert error.reason is ReasonCode.FOREIGN_LINK
    assert error.params == {"host": "evil.example.invalid"}
