"""A chat that was read before: one request, and only what has changed in the last minute of it
and since.
"""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest

from platforms.contract import Feed, Known
from platforms.records import ChatPage, RemoteMessage

MINUTE = timedelta(minutes=1)
LONG = timedelta(hours=4)  # so that what is written now belongs to 46


def first_page(read) -> ChatPage:
    return read.pages[0]


def news(read, known: Known) -> list[RemoteMessage]:
    """What has changed since; the rest changed in the minute before."""
    messages = read.all("messages")
    assert all(m.modified_at > known.changed_until - MINUTE for m in messages)
    return [m for m in messages if m.modified_at > known.changed_until]


@pytest.fixture
def stored(demo):
    """What the first reading of 46 left behind."""
    read = demo.read(Feed.CHAT, 46)
    calls = {m.event.call_id: m.about for m in read.all("messages") if m.event}
    page = first_page(read)
    return Known(thread_id=page.thread_id, changed_until=page.changed_until, calls=calls)


def again(demo, known, **options):
    return demo.read(Feed.CHAT, 46, window=demo.window(46, after=LONG), known=known, **options)


def test_nothing_new_is_one_request_and_the_same_watermark(demo, stored):
    read = again(demo, stored)
    [asked] = demo.asked()
    since = stored.changed_until - MINUTE
    assert f"$filter=lastModifiedDateTime gt {since:%Y-%m-%dT%H:%M:%S}" in unquote(asked)
    assert [m.event.kind for m in read.all("messages")] == ["recording"]  # the last word of all
    assert news(read, stored) == []
    assert first_page(read).changed_until == stored.changed_until
    assert read.seen == {"read": 1, "kept": 1}


@pytest.mark.parametrize(
    ("op", "values"),
    [
        ("edit_message", {"message": 0, "body": "new"}),
        ("delete_message", {"message": 0}),
        ("add_reaction", {"message": 0, "email": "noor.haddad@example.edu"}),
        ("add_message", {"email": "noor.haddad@example.edu", "body": "new"}),
    ],
)
def test_what_has_changed_is_found(demo, stored, op, values):
    changed = demo.sandbox.change(op, conference=46, **values)
    read = again(demo, stored)
    [message] = news(read, stored)
    assert message.source_id == changed["message"]
    assert message.body == values.get("body", "" if op == "delete_message" else message.body)
    assert (message.deleted_at is not None) == (op == "delete_message")
    assert first_page(read).changed_until == message.modified_at > stored.changed_until
    assert len(demo.asked()) == 1
    known = replace(stored, changed_until=message.modified_at)
    assert again(demo, known).all("messages") == [message]


def test_the_watermark_keeps_microseconds(demo, stored):
    demo.sandbox.change("edit_message", conference=46, message=0, body="new")
    until = first_page(again(demo, stored)).changed_until
    assert until.microsecond
    again(demo, replace(stored, changed_until=until))
    assert f"gt {until - MINUTE:%Y-%m-%dT%H:%M:%S.%f}Z" in unquote(demo.asked()[0])


def test_of_another_chat_nothing_is_known(demo, stored):
    """The meeting's id was corrected, say: this chat has to be read from its beginning."""
    read = again(demo, replace(stored, thread_id="19:meeting_another@thread.v2"))
    assert "$filter=createdDateTime lt " in unquote(demo.asked()[0])
    assert len(read.all("messages")) == 15


def test_what_was_written_at_another_time_is_not_kept(demo, stored):
    demo.sandbox.change("add_message", conference=46, name="Robin", body="long after")
    read = demo.read(Feed.CHAT, 46, known=stored)
    assert news(read, stored) == []
    assert read.seen == {"read": 2, "kept": 1}
    assert first_page(read).changed_until > stored.changed_until


def test_late_word_finds_its_call_among_what_is_stored(demo, stored):
    window = demo.window(46, after=timedelta(0))
    [call] = stored.calls
    until = window.closes_at + timedelta(minutes=5)
    for calls, kinds in (({call: window.opens_at}, ["recording", "transcript"]), ({}, [])):
        known = replace(stored, changed_until=until, calls=calls)
        found = demo.read(Feed.CHAT, 46, window=window, known=known).all("messages")
        assert sorted(m.event.kind for m in found) == kinds
        assert {m.about for m in found} <= {window.opens_at}


def test_a_thousand_changes_are_read_page_by_page_and_no_further(demo):
    """92: one in 1.8 s, so 34 within a minute; 120 and the 34 before are four pages."""
    read = demo.read(Feed.CHAT, 92)
    until = sorted(m.modified_at for m in read.all("messages"))[-121]
    known = Known(thread_id=first_page(read).thread_id, changed_until=until)
    read = demo.read(Feed.CHAT, 92, known=known)
    assert (len(news(read, known)), len(read.all("messages"))) == (120, 154)
    assert len(demo.asked()) == 4
