"""Chat History: how messages are found."""

import pytest
from django.test import Client

from accounts.models import User
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import words
from tests.pages.test_chat_tab import shown, tab

pytestmark = pytest.mark.django_db

MINUTE = artifacts.MINUTE


def test_fifty_a_page(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    for number in range(60):
        artifacts.message(conference, f"message {number}")
    first, second = tab(as_mara, conference), tab(as_mara, conference, page="2")
    assert (len(shown(first)), len(shown(second))) == (50, 10)
    assert "1–50 of 60" in first
    assert 'href="?tab=chat&amp;page=2"' in first


def test_a_search_in_words_and_senders(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.message(conference, "<b>Table</b> two", text="Table two", is_html=True)
    artifacts.message(conference, "nothing", sender_name="Tablet owner")
    artifacts.message(conference, "other")
    page = tab(as_mara, conference, q="TABLE")
    assert len(shown(page)) == 2
    assert "2 found." in words(page)
    assert 'value="TABLE"' in page
    nobody = words(tab(as_mara, conference, q="zebra"))
    assert "No message matches" in nobody
    assert "3 messages are known here. Show all" in nobody


def test_from_and_to_are_in_the_readers_zone(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    for minute in range(4):
        artifacts.message(conference, f"m{minute}", at=making.START + minute * MINUTE * 10)
    artifacts.event(conference, "call_ended", at=making.START + 15 * MINUTE)
    page = tab(as_mara, conference, **{"from": "2026-03-10T10:10", "to": "2026-03-10T10:20"})
    assert shown(page) == ["Ines Duarte 10:10 m1", "Ines Duarte 10:20 m2"]
    assert "10:15 Call ended" in words(page)
    assert 'name="from" value="2026-03-10T10:10"' in page
    assert 'name="to" value="2026-03-10T10:20"' in page


@pytest.mark.parametrize(
    "typed", ["banana", "10.03.2026", "2026-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59"]
)
def test_a_time_that_is_none_is_told_and_the_rest_is_kept(
    as_mara: Client, mara: User, typed: str
) -> None:
    conference = making.conference(mara)
    for minute in range(3):
        artifacts.message(conference, f"kept {minute}")
    page = tab(as_mara, conference, q="kept", to="2026-03-10T10:01", **{"from": typed})
    said = words(page)
    assert f"From: “{typed}” is no date and time. Write it as in 2026-03-10T14:30" in said
    assert 'aria-invalid="true" aria-describedby="chat-from-error"' in page
    assert page.count("aria-invalid") == 1
    assert 'value="kept"' in page
    assert 'value="2026-03-10T10:01"' in page
    assert len(shown(page)) == 2


def test_a_time_that_is_none_is_text(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.message(conference)
    page = tab(as_mara, conference, to="<script>\0")
    assert "To: “<script>” is no date" in words(page.replace("&lt;script&gt;", "&lt;script&gt;"))
    assert "<script>”" not in page


def test_from_after_to_is_told(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.message(conference)
    page = tab(as_mara, conference, **{"from": "2026-03-11T10:00", "to": "2026-03-10T10:00"})
    assert "“From” is later than “To”" in words(page)
    assert "Exchange the two." in words(page)
