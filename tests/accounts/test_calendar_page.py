"""Making an address for one's calendar: shown once, replaced, switched off, written down."""

import re

import pytest
from django.test import Client

from accounts.models import Act, AuditEntry, CalendarFeed, User
from tests.pages import making
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'value="http://testserver(/calendar/[\w-]{43}\.ics)"')


@pytest.fixture
def noor() -> User:
    return making.account("noor.haddad@example.edu")


@pytest.fixture
def as_noor(noor: User) -> Client:
    client = Client()
    client.force_login(noor)
    return client


def decide(client: Client, decision: str) -> str:
    """The page after it."""
    answer = client.post("/calendar/", {"decision": decision}, follow=True)
    assert answer.redirect_chain == [("/calendar/", 302)]
    return str(answer.content.decode())


def made(client: Client) -> str:
    [address] = ADDRESS.findall(decide(client, "make"))
    return str(address)


def acts() -> list[str]:
    entries = AuditEntry.objects.exclude(act=Act.LOGGED_IN).order_by("pk")
    return list(entries.values_list("act", flat=True))


def test_an_address_is_shown_once(as_noor: Client, noor: User) -> None:
    assert "There is none." in words(html(as_noor, "/calendar/"))
    address = made(as_noor)
    assert Client().get(address).status_code == 200
    again = html(as_noor, "/calendar/")
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in again
    assert "It is shown only once." in words(again)
    assert "Last read about" in words(again)
    assert token not in str(list(CalendarFeed.objects.values()))
    [entry] = AuditEntry.objects.filter(act=Act.MADE_CALENDAR_FEED)
    assert (entry.actor, entry.details) == (noor, {})


def test_a_new_address_ends_the_one_before(as_noor: Client) -> None:
    first, second = made(as_noor), made(as_noor)
    assert first != second
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    assert acts() == [Act.MADE_CALENDAR_FEED] * 2


def test_switched_off_it_shows_nothing(as_noor: Client) -> None:
    address = made(as_noor)
    assert "Switched off: the address shows nothing any more." in words(decide(as_noor, "end"))
    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.exists()
    decide(as_noor, "end")  # there is none any more
    assert acts() == [Act.MADE_CALENDAR_FEED, Act.ENDED_CALENDAR_FEED]


def test_nobody_ends_the_address_of_another(as_noor: Client) -> None:
    other = Client()
    other.force_login(making.account("mara.lindqvist@example.edu"))
    address = made(other)
    made(as_noor)
    decide(as_noor, "end")
    assert Client().get(address).status_code == 200


def test_no_other_decision_is_taken(as_noor: Client) -> None:
    assert as_noor.post("/calendar/", {"decision": "show"}).status_code == 400
    assert acts() == []
