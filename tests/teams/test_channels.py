"""A meeting in a channel: its post's replies, and the channel's folder."""

from dataclasses import replace

import pytest

from platforms.contract import Feed, Known
from platforms.errors import NotFoundError
from platforms.reasons import ReasonCode
from platforms.records import ChatPage, FileRef

TEAM = "7ea30000-0000-4000-8000-000000000093"


@pytest.fixture
def meeting(demo):
    return demo.resolve(replace(demo.ref(93), team_id=TEAM)).meeting


def test_the_replies_are_the_chat(demo, meeting):
    read = demo.read(Feed.CHAT, 93, meeting=meeting)
    messages = read.all("messages")
    assert sum(not m.event for m in messages) == 6
    assert sum(bool(m.event) for m in messages) == 4
    assert "umbrella" not in "".join(m.body for m in messages)
    assert [page.changed_until for page in read.pages if isinstance(page, ChatPage)] == [None]
    assert len(demo.asked()) == 1


def test_it_is_read_whole_each_time(demo, meeting):
    known = Known(thread_id=meeting.thread_id, changed_until=demo.ref(93).ends_at)
    read = demo.read(Feed.CHAT, 93, meeting=meeting, known=known)
    assert len(read.all("messages")) == 10


def test_the_folder_is_the_channels(demo, meeting):
    read = demo.read(Feed.DRIVE, 93, meeting=meeting)
    [file] = read.all("files")
    assert (file.seconds, file.is_in_folder, read.error) == (3300.0, True, None)
    assert "/sites/seminar/Shared%20Documents/General/Recordings/" in file.url
    assert read.seen == {"listed": 1, "in_window": 1}
    assert len(demo.asked()) == len(set(demo.asked())) == 3


def test_what_the_chat_names_lies_in_the_channels_drive(demo, meeting):
    messages = demo.read(Feed.CHAT, 93, meeting=meeting).all("messages")
    urls = {a.url for m in messages for a in m.attachments}
    urls |= {m.event.url for m in messages if m.event and m.event.url}
    known = Known(files=tuple(FileRef(url) for url in sorted(urls)))
    read = demo.read(Feed.SHARED_FILES, 93, meeting=meeting, known=known)
    assert sorted((f.size, f.asked_by in urls) for f in read.all("files")) == [
        (5000, True),
        (5348, True),
    ]
    assert not [path for path in demo.asked() if "/users/" in path]


@pytest.mark.parametrize("feed", [Feed.CHAT, Feed.DRIVE])
def test_without_its_team_nothing_can_be_asked(demo, feed):
    read = demo.read(feed, 93)
    assert isinstance(read.error, NotFoundError)
    assert read.error.reason is ReasonCode.TEAM_UNKNOWN
    assert demo.asked() == []


def test_without_its_team_stored_files_are_looked_up_all_the_same(demo, meeting):
    [file] = demo.read(Feed.DRIVE, 93, meeting=meeting).all("files")
    known = Known(files=(FileRef(drive_id=file.drive_id, item_id=file.item_id),))
    read = demo.read(Feed.DRIVE, 93, known=known)
    assert [found.item_id for found in read.all("files")] == [file.item_id]
    assert read.error.reason is ReasonCode.TEAM_UNKNOWN


def test_without_its_team_a_link_is_left_out(demo, meeting):
    [file] = demo.read(Feed.DRIVE, 93, meeting=meeting).all("files")
    read = demo.read(Feed.SHARED_FILES, 93, known=Known(files=(FileRef(file.url),)))
    assert (read.pages, read.error) == ([], None)


def test_without_its_post_the_chat_is_unknown(demo, meeting):
    read = demo.read(Feed.CHAT, 93, meeting=replace(meeting, post_id=None))
    assert read.error.reason is ReasonCode.CHAT_UNKNOWN


@pytest.mark.parametrize("feed", [Feed.CHAT, Feed.DRIVE])
def test_a_team_that_is_another(demo, meeting, feed):
    """The team is what somebody typed; post and folder came from the vendor."""
    read = demo.read(feed, 93, meeting=replace(meeting, team_id=TEAM.replace("93", "94")))
    assert isinstance(read.error, NotFoundError)
    assert (read.pages, read.error.reason) == ([], ReasonCode.TEAM_UNKNOWN)


def test_a_missing_permission_is_named(demo, meeting):
    demo.sandbox.tenant(remove_roles=["ChannelMessage.Read.All"], revoke_tokens=True)
    error = demo.read(Feed.CHAT, 93, meeting=meeting).error
    assert error.params == {"permission": "ChannelMessage.Read.All"}


def test_a_folder_that_refuses(demo, meeting):
    demo.sandbox.script(
        path="/children", status=403, body={"error": {"code": "accessDenied", "message": ""}}
    )
    error = demo.read(Feed.DRIVE, 93, meeting=meeting).error
    assert error.reason is ReasonCode.DRIVE_REFUSED


def test_a_channel_that_refuses(demo, meeting):
    demo.sandbox.tenant(remove_roles=["Files.Read.All"], revoke_tokens=True)
    error = demo.read(Feed.DRIVE, 93, meeting=meeting).error
    assert error.reason is ReasonCode.DRIVE_REFUSED
    assert error.params["owner"] == ""
