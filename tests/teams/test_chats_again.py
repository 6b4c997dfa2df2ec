"""A chat that was read before: one request, and only what has changed."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from platforms.contract import Feed, Known
from platforms.records import ChatPage

LONG = timedelta(hours=4)  # so that what is written now belongs to 46


def first_page(read) -> ChatPage:
    return read.pages[0]


@pytest.fixture
def stored(demo):
    """What the first reading of 46 left behind."""
    read = demo.read(Feed.CHAT, 46)
    calls = {m.event.call_id: m.about for m in read.all("messages") if m.event}
    return Known(changed_until=first_page(read).changed_until, calls=calls)


def again(demo, known, **options):
    return demo.read(Feed.CHAT, 46, window=demo.window(46, after=LONG), known=known, **options)


def test_nothing_new_is_one_request_and_the_same_watermark(demo, stored):
    read = again(demo, stored)
    [asked] = demo.asked()
    assert "$filter=lastModifiedDateTime gt 20" in unquote(asked)
    assert read.all("messages") == []
    assert first_page(read).changed_until == stored.changed_until
    assert read.seen["kept"] == 0


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
    [message] = read.all("messages")
    assert message.source_id == changed["message"]
    assert message.body == values.get("body", "" if op == "delete_message" else message.body)
    assert (message.deleted_at is not None) == (op == "delete_message")
    assert first_page(read).changed_until == message.modified_at > stored.changed_until
    assert len(demo.asked()) == 1
    known = Known(changed_until=message.modified_at)
    assert again(demo, known).all("messages") == []


def test_the_watermark_keeps_microseconds(demo, stored):
    """The vendor's seventh digit is cut: the same message comes again, and is known by its time."""
    demo.sandbox.change("edit_message", conference=46, message=0, body="new")
    until = first_page(again(demo, stored)).changed_until
    assert until.microsecond
    read = again(demo, Known(changed_until=until))
    assert f"gt {until:%Y-%m-%dT%H:%M:%S.%f}Z" in unquote(demo.asked()[0])
    assert read.all("messages") == []


def test_what_was_written_at_another_time_is_not_kept(demo, stored):
    demo.sandbox.change("add_message", conference=46, name="Robin", body="long after")
    read = demo.read(Feed.CHAT, 46, known=stored)
    assert read.all("messages") == []
    assert read.seen == {"read": 1, "kept": 0}
    assert first_page(read).changed_until > stored.changed_until


def test_late_word_finds_its_call_among_what_is_stored(demo, stored):
    window = demo.window(46, after=timedelta(0))
    [call] = stored.calls
    until = window.closes_at + timedelta(minutes=5)
    for calls, kinds in (({call: window.opens_at}, ["recording", "transcript"]), ({}, [])):
        known = Known(changed_until=until, calls=calls)
        found = demo.read(Feed.CHAT, 46, window=window, known=known).all("messages")
        assert sorted(m.event.kind for m in found) == kinds
        assert {m.about for m in found} <= {window.opens_at}


def test_a_thousand_changes_are_read_page_by_page_and_no_further(demo):
    read = demo.read(Feed.CHAT, 92)
    until = sorted(m.modified_at for m in read.all("messages"))[-121]
    read = demo.read(Feed.CHAT, 92, known=Known(changed_until=until))
    assert len(read.all("messages")) == 120
    assert len(demo.asked()) == 3
