"""Recordings, transcripts and files: what is missing is unknown, what is wrong is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from platforms.errors import BadResponseError
from teams_integration.parse import media, meetings

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
LISTED = {
    "id": "r1",
    "callId": "c1",
    "createdDateTime": "2026-11-20T10:00:00Z",
    "endDateTime": "2026-11-20T10:30:00Z",
}


@pytest.mark.parametrize("read", [media.recording, media.transcript])
@pytest.mark.parametrize(
    ("end", "minutes"), [("2026-11-20T10:30:00Z", 30), (None, 0), ("2026-11-20T09:59:59Z", 0)]
)
def test_from_when_until_when(read, end, minutes):
    listed = read({**LISTED, "endDateTime": end})
    assert (listed.source_id, listed.call_id) == ("r1", "c1")
    assert (listed.starts_at, listed.ends_at) == (AT, AT + timedelta(minutes=minutes))


@pytest.mark.parametrize("read", [media.recording, media.transcript])
@pytest.mark.parametrize("field", ["id", "createdDateTime"])
def test_what_must_be_there(read, field):
    with pytest.raises(BadResponseError, match=f"“{field}”"):
        read({**LISTED, field: None})


def item(**changes: object) -> dict[str, object]:
    return {
        "id": "i1",
        "name": "a.mp4",
        "size": 2048,
        "webUrl": "https://x/a.mp4",
        "createdDateTime": "2026-11-20T10:00:00Z",
        "lastModifiedDateTime": "2026-11-20T11:00:00Z",
        "parentReference": {"driveId": "d1"},
        "file": {"mimeType": "video/mp4"},
        "video": {"duration": 1_680_250},
        **changes,
    }


def test_a_file():
    file = media.file(item())
    assert (file.drive_id, file.item_id, file.name, file.url) == (
        "d1",
        "i1",
        "a.mp4",
        "https://x/a.mp4",
    )
    assert (file.size, file.mime_type, file.seconds) == (2048, "video/mp4", 1680.25)
    assert (file.created_at, file.modified_at) == (AT, AT + timedelta(hours=1))
    assert (file.asked_by, file.is_in_folder) == (None, False)


def test_what_a_file_need_not_say():
    file = media.file(item(size=None, file=None, video=None))
    assert (file.size, file.mime_type, file.seconds) == (None, "", None)
    assert media.file(item(video={"duration": None})).seconds is None
    assert media.file(item(size=-1)).size is None


def test_a_folder_is_no_file():
    assert media.file(item(folder={}, file=None)) is None


@pytest.mark.parametrize(
    ("changes", "is_one"),
    [
        ({}, True),
        ({"video": None}, True),
        ({"video": {}, "file": None}, True),
        ({"video": None, "file": {"mimeType": "Video/MP4"}}, True),
        ({"video": None, "file": {"mimeType": "application/pdf"}}, False),
        ({"video": None, "file": None}, False),
    ],
)
def test_what_is_a_video(changes, is_one):
    assert media.is_video(item(**changes)) is is_one


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", None),
        ("size", "2048"),
        ("size", True),
        ("size", float("nan")),
        ("parentReference", None),
        ("createdDateTime", None),
        ("video", "x"),
        ("webUrl", ""),
    ],
)
def test_a_wrong_file_is_refused_by_name(field, value):
    name = "driveId" if field == "parentReference" else field
    with pytest.raises(BadResponseError, match=f"“{name}”"):
        media.file(item(**{field: value}))


@pytest.mark.parametrize(("given", "post"), [("1762", "1762"), ("0", None), (None, None)])
def test_the_post_of_a_meeting(given, post):
    chat = {"threadId": "19:x@thread.v2", "messageId": given}
    found = meetings.meeting({"id": "m1", "chatInfo": chat})
    assert (found.thread_id, found.post_id) == ("19:x@thread.v2", post)
