"""The folder of recordings, whatever it is called and whoever may look into it."""

from datetime import timedelta

import pytest

from platforms.contract import Feed, Known
from platforms.errors import PermissionRefusedError, ThrottledError, TransientError
from platforms.reasons import ReasonCode
from platforms.records import FileRef, FilesPage, Progress

MARA = "mara.lindqvist@example.edu"
FOLDER = "special/recordings/children"


def names(read) -> list[str]:
    return sorted(file.name for file in read.all("files"))


def test_two_parts_of_one_meeting(demo):
    read = demo.read(Feed.DRIVE, 86)
    page, progress = read.pages
    assert progress == Progress(0, {"listed": 6, "in_window": 2})
    assert isinstance(page, FilesPage)
    assert sorted((f.seconds, f.size) for f in page.files) == [
        (1500.0, 2048 + 1500),
        (1680.0, 2048 + 1680),
    ]
    for file in page.files:
        assert file.url.startswith("https://example-my.sharepoint.com/personal/mara_lindqvist")
        assert (file.mime_type, file.is_in_folder, file.asked_by) == ("video/mp4", True, None)
    assert len(demo.asked()) == 1


def test_of_a_series_only_this_occurrence(demo):
    read = demo.read(Feed.DRIVE, 96)
    assert [file.seconds for file in read.all("files")] == [2400.0]


def test_a_file_that_is_named_is_kept_whatever_its_time(demo):
    [file, _] = demo.read(Feed.DRIVE, 86).all("files")
    by_url = FileRef(url=f"{file.url.upper()}?web=1")
    by_id = FileRef(drive_id=file.drive_id, item_id=file.item_id)
    both = FileRef(url=file.url, drive_id=file.drive_id, item_id=file.item_id)
    for ref in (by_url, by_id, both):
        read = demo.read(Feed.DRIVE, 91, meeting=demo.meeting(86), known=Known(files=(ref,)))
        assert [(f.item_id, f.asked_by) for f in read.all("files")] == [(file.item_id, ref.url)]
        assert read.seen == {"listed": 6, "in_window": 0}
        assert len(demo.asked()) == 1


def test_a_file_that_was_known_before_the_chat_named_it_is_followed_by_its_link(demo):
    [file, _] = demo.read(Feed.DRIVE, 86).all("files")
    refs = (FileRef(url=file.url), FileRef(drive_id=file.drive_id, item_id=file.item_id))
    for known in (refs, refs[::-1]):
        read = demo.read(Feed.DRIVE, 86, known=Known(files=known))
        assert (file.item_id, file.url) in [(f.item_id, f.asked_by) for f in read.all("files")]
        assert (len(read.all("files")), len(demo.asked())) == (2, 1)


def test_what_is_not_in_the_folder_is_looked_up(demo):
    [file, other] = demo.read(Feed.DRIVE, 86).all("files")
    demo.sandbox.change("remove_file", file=file.item_id)
    refs = tuple(FileRef(drive_id=f.drive_id, item_id=f.item_id) for f in (file, other))
    read = demo.read(Feed.DRIVE, 86, known=Known(files=refs))
    assert [f.item_id for f in read.all("files")] == [other.item_id]
    assert read.all("gone") == [refs[0]]
    assert len(demo.asked()) == 2


def test_another_file_in_the_same_place_does_not_stand_for_the_one_that_is_gone(demo):
    [file, _] = demo.read(Feed.DRIVE, 86).all("files")
    ref = FileRef(url=file.url, drive_id=file.drive_id, item_id="01GONE")
    read = demo.read(Feed.DRIVE, 86, known=Known(files=(ref,)))
    assert read.all("gone") == [ref]
    assert len(read.all("files")) == 2


def test_documents_in_the_folder_are_no_recordings(demo):
    demo.sandbox.script(
        path=FOLDER,
        json={
            "value": [
                {"id": "f1", "folder": {"childCount": 1}},
                {"id": "d1", "file": {"mimeType": "application/pdf"}},
            ]
        },
    )
    read = demo.read(Feed.DRIVE, 86)
    assert read.pages == [Progress(0, {"listed": 0, "in_window": 0})]


def test_a_long_folder_comes_in_pages_of_ours(demo):
    start = demo.ref(86).starts_at
    for number in range(120):
        at = start + timedelta(seconds=20 * number + 1)
        demo.sandbox.change(
            "add_recording",
            conference=86,
            starts_at=at.isoformat(),
            ends_at=(at + timedelta(seconds=10)).isoformat(),
            routes=["drive"],
        )
    read = demo.read(Feed.DRIVE, 86)
    assert [len(page.files) for page in read.pages if isinstance(page, FilesPage)] == [50, 50, 22]


@pytest.mark.parametrize("number", [84, 46])
def test_no_folder_and_no_onedrive_is_nothing_there(demo, number):
    if number == 46:
        demo.sandbox.change("set_drive", email=MARA, access="missing")
    read = demo.read(Feed.DRIVE, number)
    assert read.pages == [Progress(0, {"listed": 0, "in_window": 0})]
    assert read.error is None


def test_a_refused_folder_in_a_drive_that_opens_is_a_missing_folder(demo):
    demo.sandbox.script(path=FOLDER, status=403)
    read = demo.read(Feed.DRIVE, 86)
    assert (read.error, read.seen) == (None, {"listed": 0, "in_window": 0})
    assert [path.rpartition("/")[2] for path in demo.asked()] == [
        "children",
        "drive?$select=id%2CwebUrl",
    ]


@pytest.mark.parametrize("number", [91, 86])
def test_a_drive_that_refuses(demo, number):
    if number == 86:
        demo.sandbox.change("set_drive", email=MARA, access="denied")
    read = demo.read(Feed.DRIVE, number)
    assert isinstance(read.error, PermissionRefusedError)
    assert (read.error.reason, read.error.params) == (ReasonCode.DRIVE_REFUSED, {"owner": ""})
    assert read.pages == []


def test_a_missing_permission_looks_the_same(demo):
    demo.sandbox.tenant(remove_roles=["Files.Read.All"], revoke_tokens=True)
    error = demo.read(Feed.DRIVE, 86).error
    assert (error.reason, error.params) == (ReasonCode.DRIVE_REFUSED, {"owner": ""})


def test_a_refused_folder_loses_no_file_elsewhere(demo):
    [named, _] = demo.read(Feed.DRIVE, 86).all("files")
    ref = FileRef(drive_id=named.drive_id, item_id=named.item_id)
    read = demo.read(Feed.DRIVE, 91, known=Known(files=(ref,)))
    assert [file.item_id for file in read.all("files")] == [named.item_id]
    assert read.error.reason is ReasonCode.DRIVE_REFUSED


def test_a_locked_folder_is_told_in_the_end(demo):
    [named, _] = demo.read(Feed.DRIVE, 86).all("files")
    ref = FileRef(drive_id=named.drive_id, item_id=named.item_id)
    demo.sandbox.change("lock_file", file="Aufnahmen")
    read = demo.read(Feed.DRIVE, 86, known=Known(files=(ref,)))
    assert [file.item_id for file in read.all("files")] == [named.item_id]
    assert isinstance(read.error, TransientError)
    assert read.error.reason is ReasonCode.LOCKED


def test_a_locked_file_is_listed(demo):
    [file, _] = demo.read(Feed.DRIVE, 86).all("files")
    demo.sandbox.change("lock_file", file=file.item_id)
    read = demo.read(Feed.DRIVE, 86)
    assert (read.error, len(read.all("files"))) == (None, 2)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 503}, TransientError),
        ({"status": 429, "headers": {"Retry-After": "3600"}}, ThrottledError),
        ({"reset": True}, TransientError),
    ],
)
def test_what_concerns_all_ends_the_reading(demo, fault, error):
    ref = FileRef(drive_id="d", item_id="i")
    meeting = demo.meeting(86)
    demo.sandbox.script(path=FOLDER, **fault)
    read = demo.read(Feed.DRIVE, 86, meeting=meeting, known=Known(files=(ref,)))
    assert isinstance(read.error, error)
    assert read.pages == []
    assert not demo.sandbox.requests_seen("/items/")


def test_what_the_chat_alone_names_lies_in_its_starters_drive(demo):
    """46's recording is Ines's, whose drive refuses; 51's link names no path."""
    [event] = [
        m.event
        for m in demo.read(Feed.CHAT, 46).all("messages")
        if m.event and m.event.kind == "recording"
    ]
    starter = event.initiator
    ref = FileRef(url=event.url, owners=(starter.directory_id,), owner=starter.label)
    read = demo.read(Feed.DRIVE, 46, known=Known(files=(ref,)))
    assert (read.all("files"), read.all("gone")) == ([], [])
    assert read.error.reason is ReasonCode.DRIVE_REFUSED
    assert read.error.params == {"owner": "Ines Duarte"}


def test_a_link_without_a_path_is_neither_found_nor_gone(demo):
    [url] = [
        m.event.url for m in demo.read(Feed.CHAT, 51, 45).all("messages") if m.event and m.event.url
    ]
    assert "/:v:/" in url
    read = demo.read(Feed.DRIVE, 51, 45, known=Known(files=(FileRef(url, owners=("x",)),)))
    assert (read.all("files"), read.all("gone"), read.error) == ([], [], None)
    assert len(demo.asked()) == 1
