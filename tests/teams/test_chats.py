"""A meeting's chat, read for the first time: its own messages, all of them, and nobody else's."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest

from platforms.contract import Feed
from platforms.errors import NotFoundError, PermissionRefusedError
from platforms.reasons import ReasonCode
from platforms.records import ChatPage, Progress, RemoteMeeting


def kinds(read) -> Counter:
    return Counter(m.event.kind if m.event else m.sender_kind for m in read.all("messages"))


def test_who_wrote_and_what_happened(demo):
    read = demo.read(Feed.CHAT, 46)
    assert read.error is None
    assert kinds(read) == {
        "user": 8,
        "guest": 1,
        "bot": 1,
        "call_started": 1,
        "call_ended": 1,
        "recording_started": 1,
        "recording": 1,
        "transcript": 1,
    }
    assert read.seen == {"read": 15, "kept": 15}
    [asked] = demo.asked()
    assert "$top=50" in unquote(asked)


def test_what_a_message_tells(demo):
    messages = demo.read(Feed.CHAT, 46).all("messages")
    written = {m.body: m for m in messages if not m.event}
    edited = written["The sample is n = 48, see table 2."]
    assert edited.edited_at - edited.created_at == timedelta(minutes=33)
    liked = written["Yes, up to the table."]
    assert liked.edited_at is None
    assert liked.modified_at - liked.created_at == timedelta(seconds=20)
    [deleted] = [m for m in messages if m.deleted_at]
    assert (deleted.body, deleted.sender.label) == ("", "Ines Duarte")
    shared = Counter(a.name for m in messages for a in m.attachments)
    assert shared == {"reading-list.pdf": 2, "method-notes.docx": 1}
    [recording] = [m.event for m in messages if m.event and m.event.kind == "recording"]
    assert (recording.seconds, recording.initiator.label) == (3480.0, "Ines Duarte")
    assert recording.url.startswith("https://example-my.sharepoint.com/personal/ines_duarte")
    assert {m.event.call_id for m in messages if m.event} == {recording.call_id}


def test_after_two_of_forty_pages_the_others_are_announced(demo):
    read = demo.read(Feed.CHAT, 92)
    pages = [page for page in read.pages if isinstance(page, ChatPage)]
    assert len(read.all("messages")) == 2000
    assert len({m.source_id for m in read.all("messages")}) == 2000
    assert [page.is_last for page in pages] == [False] + [True] * 39
    assert [page.parts for page in read.progress] == [1, 38] + [0] * 38
    assert [type(page) for page in read.pages] == [ChatPage, Progress] * 40
    assert read.seen == {"read": 2000, "kept": 2000}
    assert all(page.seen == {} for page in read.progress[:-1])
    newest = max(m.modified_at for m in read.all("messages"))
    assert [page.changed_until for page in pages] == [newest] + [None] * 39
    assert len(demo.asked()) == len(set(demo.asked())) == 40


def test_of_a_series_only_this_occurrence(demo):
    read = demo.read(Feed.CHAT, 96)
    assert read.seen == {"read": 17, "kept": 9}  # the newest occurrence is filtered by Graph
    start = demo.ref(96).starts_at
    assert all(abs(m.about - start) < timedelta(hours=2) for m in read.all("messages"))


def test_reading_ends_before_the_window(demo):
    """The second half of 92: of the first half only the page that proves it is read."""
    ref = demo.ref(92)
    half = ref.starts_at + timedelta(minutes=30)
    window = replace(demo.window(92), spans=((half, ref.ends_at),), before=timedelta(0))
    read = demo.read(Feed.CHAT, 92, window=window)
    assert (read.seen["kept"], read.seen["read"]) == (1000, 1050)
    assert len(demo.asked()) == 21


def test_late_word_of_a_recording_belongs_to_its_call(demo):
    window = demo.window(46, after=timedelta(0))
    messages = demo.read(Feed.CHAT, 46, window=window).all("messages")
    late = [m for m in messages if m.created_at > window.closes_at]
    assert sorted(m.event.kind for m in late) == ["recording", "transcript"]
    assert {m.about for m in late} == {demo.ref(46).starts_at}
    assert len(messages) == 15


def test_an_empty_chat_has_a_page_all_the_same(demo):
    read = demo.read(Feed.CHAT, 91)
    assert read.pages == [
        ChatPage(demo.meeting(91).thread_id, ()),
        Progress(0, {"read": 0, "kept": 0}),
    ]


def test_hostile_bodies_come_as_they_are_but_for_what_cannot_be_stored(demo):
    messages = demo.read(Feed.CHAT, 97).all("messages")
    assert len(messages) == 27
    text = "".join(m.body for m in messages)
    assert "<script>window.hit=1" in text
    assert "\x00" not in text
    text.encode()
    assert max(len(m.body) for m in messages) > 1_048_576
    assert [len(m.attachments) for m in messages if m.attachments] == [3]


def test_a_meeting_that_was_not_found_has_a_chat_by_its_link(demo):
    """84's organizer has no access policy, which a chat does not need."""
    demo.sandbox.change("add_message", conference=84, name="Robin", body="Hello")
    meeting = demo.meeting(84)
    assert (meeting.meeting_id, meeting.thread_id) == (None, None)
    window = demo.window(84, after=timedelta(days=3))
    read = demo.read(Feed.CHAT, 84, meeting=meeting, window=window)
    assert [m.body for m in read.all("messages")] == ["Hello"]
    chat, listing = demo.asked()
    assert chat.endswith("thread.v2")
    assert "/messages?" in listing


def test_a_pasted_link_never_opens_a_colleagues_chat(demo):
    ours = demo.meeting(46)
    pasted = RemoteMeeting(None, ours.organizer_id, demo.meeting(84).join_urls)
    read = demo.read(Feed.CHAT, 46, meeting=pasted)
    assert isinstance(read.error, PermissionRefusedError)
    assert read.error.reason is ReasonCode.ORGANIZER_DIFFERS
    assert read.pages == []
    assert not [path for path in demo.asked() if "messages" in path]


def test_a_group_chat_has_no_organizer_and_is_nobodys(demo):
    known = replace(demo.meeting(46), thread_id=None)
    for info, organizer_id in ((None, known.organizer_id), ({"organizer": None}, "")):
        meeting = replace(known, organizer_id=organizer_id)
        demo.sandbox.script(path=r"/chats/[^/]+$", json={"onlineMeetingInfo": info}, times=1)
        error = demo.read(Feed.CHAT, 46, meeting=meeting).error
        assert error.reason is ReasonCode.ORGANIZER_DIFFERS


@pytest.mark.parametrize(
    "link",
    [
        None,
        "https://teams.microsoft.com/meet/2671234567890?p=abc",
        "https://teams.microsoft.com/l/meetup-join/19%3anobodys%40thread.v2/0",
    ],
)
def test_a_chat_that_cannot_be_found(demo, link):
    meeting = RemoteMeeting("m1", demo.meeting(46).organizer_id, (link,) if link else ())
    error = demo.read(Feed.CHAT, 46, meeting=meeting).error
    assert isinstance(error, NotFoundError)
    assert error.reason is ReasonCode.CHAT_UNKNOWN


def test_a_thread_that_is_no_more(demo):
    meeting = replace(demo.meeting(46), thread_id="19:nobodys@thread.v2")
    assert demo.read(Feed.CHAT, 46, meeting=meeting).error.reason is ReasonCode.CHAT_UNKNOWN


def test_a_missing_permission_is_named(demo):
    meeting = demo.meeting(46)
    demo.sandbox.tenant(remove_roles=["Chat.Read.All"], revoke_tokens=True)
    error = demo.read(Feed.CHAT, 46, meeting=meeting).error
    assert error.reason is ReasonCode.PERMISSION_MISSING
    assert error.params == {"permission": "Chat.Read.All"}
