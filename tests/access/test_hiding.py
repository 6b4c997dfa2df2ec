"""Somebody who would rather not be in the audit log, or not be counted."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import Act, AuditEntry, User
from tests.access.test_guessing import LIMIT, PERSON, enter, few_tries, guess, is_in, is_locked
from tests.access.world import World

__all__ = ["few_tries"]
pytestmark = pytest.mark.django_db
USERS = "/admin/accounts/user/"


def entries(act: Act) -> list[str]:
    return list(AuditEntry.objects.filter(act=act).values_list("subject", flat=True))


def test_what_is_changed_in_a_small_window_is_changed(world: World) -> None:
    page = "/admin/auth/group/add/"
    answer = world.client("administrator").post(f"{page}?_popup=1", {"name": "x", "_popup": "1"})
    assert (answer.status_code, Group.objects.filter(name="x").exists()) == (200, True)
    assert entries(Act.CHANGED_IN_ADMIN) == [page]


def test_who_deletes_themselves_stays_in_the_log(world: World) -> None:
    somebody = world.people["administrator"]
    page = f"{USERS}{somebody.pk}/delete/"
    assert world.client("administrator").post(page, {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=somebody.pk).exists()
    entry = AuditEntry.objects.get(act=Act.CHANGED_IN_ADMIN)
    assert (entry.actor, entry.email, entry.subject) == (None, somebody.email, page)


def test_two_looks_are_two_however_long_their_addresses(world: World) -> None:
    client = world.client("administrator")
    zeros = "0" * 250
    for person in ("learner", "instructor"):
        page = f"{USERS}{zeros}{world.people[person].pk}/change/"
        assert client.get(page).status_code == 200
    for word in ("one", "two"):
        client.get(USERS, {"q": " " * 400 + word})
    looks = AuditEntry.objects.filter(act=Act.LOOKED_IN_ADMIN)
    assert looks.exclude(subject=USERS).count() == 2
    searched = looks.filter(subject=USERS).values_list("details", flat=True)
    assert {row["query"] for row in searched} == {"q= one", "q= two"}


def test_all_of_a_home_counts_as_one() -> None:
    for number in range(LIMIT):
        guess(times=1, address=f"2001:db8::{number + 1}")
    assert is_locked(enter(address="2001:db8::ffff"))
    assert is_in(enter(address="2001:db8:0:1::1"))


def test_one_address_in_two_spellings_is_one() -> None:
    guess(times=LIMIT - 1, address="192.0.2.10")
    guess(times=1, address="::ffff:192.0.2.10")
    assert is_locked(enter(address="192.0.2.10"))


def test_a_login_that_worked_forgets_whatever_the_account_is_called() -> None:
    User.objects.filter(email=PERSON).update(username="somebody else")
    guess(times=LIMIT - 1)
    assert is_in(enter())
    guess(times=LIMIT - 1)
    assert is_in(enter())
