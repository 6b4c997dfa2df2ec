"""Guessing passwords: locked out after a few, whatever the way, and nobody else with them."""

import json
import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import serializers
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts.models import Act, AuditEntry, User
from tests.access.world import PASSWORD, World

pytestmark = pytest.mark.django_db

LIMIT = 3
PERSON, OTHER = "mara.lindqvist@example.edu", "noor.haddad@example.edu"
ADMINISTRATOR, NOBODY = "ada.miller@example.edu", "nobody.at.all@example.edu"
HERE, THERE = "192.0.2.10", "198.51.100.20"
# Some are the same account to the database, which depends on which database it is.
SPELLINGS = (
    *("MARA.LINDQVIST@EXAMPLE.EDU", "Mara.Lindqvist@example.edu", " mara.lindqvist@example.edu "),
    *("mara.lındqvist@example.edu", "mara.lindqviſt@example.edu", "mara.lİndqvist@example.edu"),
    *(
        "mara.lindqvist@example.edu\u200b",
        "ｍara.lindqvist@example.edu",
        "mara_lindqvist@example.edu",
    ),
    *("mara.lindqvist@example.edu.", "mara.lindqvist@example.ed%", "\tmara.lindqvist@example.edu"),
)


@pytest.fixture(autouse=True)
def few_tries(settings: Settings, world: World) -> None:
    settings.AXES_FAILURE_LIMIT = LIMIT


def enter(
    email: str = PERSON,
    password: str = PASSWORD,
    page: str = "/login/",
    address: str = HERE,
    **headers: str,
) -> HttpResponse:
    client = Client(REMOTE_ADDR=address, headers=headers)
    return client.post(page, {"username": email, "password": password})


def is_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and "sessionid" in answer.cookies


def is_locked(answer: HttpResponse) -> bool:
    return answer.status_code == 429 and "sessionid" not in answer.cookies


def guess(email: str = PERSON, times: int = LIMIT, **where: str) -> list[HttpResponse]:
    return [enter(email, f"wrong {number}", **where) for number in range(times)]


def test_after_a_few_tries_the_right_password_does_not_help() -> None:
    guess()
    assert is_locked(enter())


def test_one_try_less_and_it_does() -> None:
    guess(times=LIMIT - 1)
    assert is_in(enter())


def test_a_login_that_worked_forgets_the_tries_before() -> None:
    for _ in range(3):
        guess(times=LIMIT - 1)
        assert is_in(enter())


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_gives_no_more_tries(spelling: str) -> None:
    if not is_in(enter(spelling)):  # nobody's, to this database
        assert is_in(enter())
        return
    guess(spelling, LIMIT - 1)
    guess(times=1)
    assert is_locked(enter(spelling))
    assert is_locked(enter())


@pytest.mark.parametrize(
    ("first", "second"), [("/login/", "/admin/login/"), ("/admin/login/", "/login/")]
)
def test_both_doors_count_together(first: str, second: str) -> None:
    guess(ADMINISTRATOR, page=first)
    assert is_locked(enter(ADMINISTRATOR, page=second))
    assert is_locked(enter(ADMINISTRATOR, page=first))


@pytest.mark.parametrize("page", ["/login/", "/admin/login/"])
def test_who_is_locked_out_is_told_until_when(page: str) -> None:
    guess(ADMINISTRATOR, page=page)
    answer = enter(ADMINISTRATOR, page=page)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60
    assert "Try again in 15 minutes" in answer.content.decode()
    assert ADMINISTRATOR not in answer.content.decode()


def test_the_pause_ends_also_for_who_tries_on_meanwhile() -> None:
    guess()
    guess(times=2)
    past = timedelta(minutes=15, seconds=1)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - past)
    assert is_in(enter())


def test_nobody_else_is_locked_out() -> None:
    guess()
    assert is_in(enter(OTHER))
    assert is_in(enter(address=THERE))
    assert is_locked(enter())


def test_who_is_logged_in_stays_so(world: World) -> None:
    guess(address="127.0.0.1")
    assert is_locked(enter(address="127.0.0.1"))
    assert world.client("instructor").get("/conferences/").status_code == 200


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_a_made_up_address_gives_no_more_tries(name: str) -> None:
    for number in range(LIMIT):
        enter(password="wrong", **{name: f"203.0.113.{number}"})
    assert is_locked(enter(**{name: "203.0.113.99"}))


def test_behind_a_proxy_of_ours_its_word_counts_and_no_other(settings: Settings) -> None:
    settings.PROXIES = 1
    for number in range(LIMIT):
        spoken = f"203.0.113.{number}, {HERE}"
        enter(password="wrong", address="127.0.0.1", **{"X-Forwarded-For": spoken})
    assert is_locked(enter(address="127.0.0.1", **{"X-Forwarded-For": f"203.0.113.9, {HERE}"}))
    assert is_in(enter(address="127.0.0.1", **{"X-Forwarded-For": f"{HERE}, {THERE}"}))


def plain(answer: HttpResponse, email: str) -> str:
    """The page without what is always another: the token, and the address that was typed."""
    text = re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken": )"?\S*', "", answer.content.decode())
    return text.replace(email, "")


@pytest.mark.parametrize("page", ["/login/", "/admin/login/"])
def test_an_address_that_nobody_has_is_answered_alike(page: str) -> None:
    """Known, unknown and switched off: the same words as often, and locked out alike."""
    User.objects.filter(email=OTHER).update(is_active=False)
    told = [
        [
            (answer.status_code, plain(answer, email))
            for answer in guess(email, LIMIT + 1, page=page)
        ]
        for email in (ADMINISTRATOR, NOBODY, OTHER)
    ]
    assert told[0] == told[1] == told[2]
    assert told[0][-1][0] == 429


def test_the_right_password_of_an_account_that_is_off_says_no_more() -> None:
    User.objects.filter(email=OTHER).update(is_active=False)
    right, unknown = enter(OTHER), enter(NOBODY)
    assert plain(right, OTHER) == plain(unknown, NOBODY)


def everything_kept() -> str:
    rows = [*AccessAttempt.objects.all(), *AuditEntry.objects.all()]
    return serializers.serialize("json", rows)


def test_what_was_typed_as_a_password_is_kept_nowhere() -> None:
    for page in ("/login/", "/admin/login/"):
        enter(password="pl4nt-typed", page=page)
        enter(password="pl4nt-typed", page=f"{page}?password=pl4nt-query")
    kept = everything_kept()
    assert PERSON in kept
    assert "pl4nt" not in kept


def test_tries_are_in_the_audit_log() -> None:
    guess(" MARA.lindqvist@example.edu", LIMIT)
    enter()
    entries = AuditEntry.objects.filter(act=Act.LOGIN_REFUSED).order_by("pk")
    assert {(one.email, one.address, one.actor) for one in entries} == {(PERSON, HERE, None)}
    assert entries.count() >= LIMIT
    last = entries.last()
    assert last is not None
    assert json.dumps(last.details) == '{"locked_out": "yes"}'


@pytest.mark.parametrize("page", ["/login/", "/admin/login/"])
def test_a_password_that_was_typed_in_the_wrong_field_is_kept_nowhere(page: str) -> None:
    enter("pl4nt-typed", page=page)
    assert "pl4nt" not in everything_kept()


def test_the_page_tells_what_is_left_of_the_pause() -> None:
    guess()
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=10))
    answer = enter()
    assert answer.status_code == 429
    assert 4 * 60 < int(answer["Retry-After"]) <= 5 * 60
    assert "Try again in 5 minutes" in answer.content.decode()
