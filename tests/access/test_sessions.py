"""A session's key: new at login, worth nothing after logout, a new password or a switched off
account; and what a right may do is asked at every request.
"""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from conferences.models import Membership
from tests.access.forms import FORMS, OWN_PASSWORD
from tests.access.world import PASSWORD, World

pytestmark = pytest.mark.django_db

ADMINISTRATOR = "ada.miller@example.edu"
PERSON = "mara.lindqvist@example.edu"
LIST = "/conferences/"


def enter(client: Client, page: str = "/login/", email: str = PERSON) -> HttpResponse:
    return client.post(page, {"username": email, "password": PASSWORD})


def is_in(key: str) -> bool:
    """Whether somebody with this session's key is taken for somebody."""
    client = Client()
    client.cookies["sessionid"] = key
    return client.get(LIST).status_code == 200


@pytest.mark.parametrize("page", ["/login/", "/admin/login/"])
def test_a_key_that_was_planted_is_not_the_one_of_the_login(world: World, page: str) -> None:
    client = Client()
    client.cookies["sessionid"] = "k" * 32
    enter(client, page, ADMINISTRATOR)
    key = client.cookies["sessionid"].value
    assert is_in(key)
    assert key != "k" * 32
    assert not is_in("k" * 32)


def test_a_session_from_before_the_login_gets_another_key(world: World) -> None:
    before = Client().session
    before["theme"] = "dark"
    before.save()
    client = Client()
    client.cookies["sessionid"] = before.session_key
    enter(client)
    assert client.cookies["sessionid"].value != before.session_key
    assert not Session.objects.filter(pk=before.session_key).exists()


def test_the_next_person_at_the_same_browser_takes_nothing_over(world: World) -> None:
    client = Client()
    enter(client)
    first = client.cookies["sessionid"].value
    enter(client, email="noor.haddad@example.edu")
    assert client.cookies["sessionid"].value != first
    assert not is_in(first)
    assert b"Mara" not in client.get(LIST).content


def log_out(client: Client) -> None:
    client.post("/logout/")


def log_out_of_the_administration(client: Client) -> None:
    client.post("/admin/logout/")


def change_password(client: Client) -> None:
    """On another machine: this one's session lives on, with a new key."""
    other = Client()
    enter(other)
    other.post("/admin/password_change/", {"old_password": PASSWORD, **OWN_PASSWORD})
    assert is_in(other.cookies["sessionid"].value)


def have_password_set(client: Client) -> None:
    """By an administrator."""
    person = User.objects.get(email=PERSON)
    other = Client()
    enter(other, email=ADMINISTRATOR)
    page = f"/admin/accounts/user/{person.pk}/password/"
    other.post(page, FORMS["/admin/accounts/user/<id>/password/"])


def be_switched_off(client: Client) -> None:
    User.objects.filter(email=PERSON).update(is_active=False)


@pytest.mark.parametrize(
    "what_happens",
    [
        *(log_out, log_out_of_the_administration, change_password),
        *(have_password_set, be_switched_off),
    ],
)
def test_an_old_key_opens_nothing(world: World, what_happens: Callable[[Client], None]) -> None:
    User.objects.filter(email=PERSON).update(is_staff=True)
    client = Client()
    enter(client)
    key = client.cookies["sessionid"].value
    assert is_in(key)
    what_happens(client)
    assert not is_in(key)


def test_a_right_that_was_taken_away_is_gone_at_once(world: World) -> None:
    client = world.client("instructor")
    page = f"/conferences/{world.ours['pk']}/"
    assert client.get(page).status_code == 200
    Membership.objects.filter(user=world.people["instructor"]).delete()
    assert client.get(page).status_code == 404


def test_staff_no_longer_see_everything_when_they_are_no_staff(world: World) -> None:
    client = world.client("administrator")
    page = f"/conferences/{world.ours['pk']}/"
    assert client.get(page).status_code == 200
    User.objects.filter(pk=world.people["administrator"].pk).update(is_staff=False)
    assert client.get(page).status_code == 404
    assert "/login/" in client.get("/admin/")["Location"]
