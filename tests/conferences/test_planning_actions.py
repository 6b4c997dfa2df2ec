"""A conference is planned once, and changed by whoever knows what is stored."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import User
from conferences.actions.conferences import (
    ChangedMeanwhileError,
    change_conference,
    plan_conference,
    version_of,
)
from conferences.actions.roster import add_member
from conferences.models import Conference
from conferences.models.membership import Role
from tests.conferences.planned import DAY, fields, planned
from tests.pages import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara(db: None) -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def ada(db: None) -> User:
    return making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)


def kinds(conference: Conference) -> list[tuple[str, int | None]]:
    return list(conference.changes.order_by("pk").values_list("kind", "slot_id"))


def test_who_plans_teaches_and_an_administrator_plans_for_others(mara: User, ada: User) -> None:
    conference, is_new = plan_conference(fields(mara), mara, teaches=True)
    assert is_new
    assert [(one.user, one.role) for one in conference.roster.all()] == [(mara, "instructor")]
    shouted = fields(mara, organizer_email=mara.email.upper())
    same, _ = plan_conference(shouted, mara, teaches=True)
    assert same.roster.count() == 1
    other, _ = plan_conference(fields(mara), ada, teaches=False)
    assert [one.user for one in other.roster.all()] == [mara]


@pytest.mark.django_db(transaction=True)
def test_one_form_makes_one_conference(mara: User) -> None:
    token, ready, typed = uuid.uuid4(), Barrier(4), fields(mara)

    def send() -> tuple[int, bool]:
        ready.wait(timeout=30)
        try:
            conference, is_new = plan_conference(typed, mara, teaches=True, token=token)
            return conference.pk, is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        told = [one.result(timeout=60) for one in [threads.submit(send) for _ in range(4)]]
    only = Conference.objects.get()
    assert sorted(told) == [(only.pk, False)] * 3 + [(only.pk, True)]
    assert only.roster.count() == 1


def test_a_change_of_what_nobody_saw_is_refused(mara: User) -> None:
    conference = planned(mara)
    seen = version_of(conference)
    change_conference(conference, {"title": "Theirs"}, mara, seen=seen)
    with pytest.raises(ChangedMeanwhileError):
        change_conference(conference, {"title": "Mine"}, mara, seen=seen)
    conference.refresh_from_db()
    assert conference.title == "Theirs"
    change_conference(conference, {"title": "Mine"}, mara, seen=version_of(conference))
    assert Conference.objects.get().title == "Mine"


@pytest.mark.parametrize(
    ("columns", "typed", "expected"),
    [
        ({}, {"description": "More"}, []),
        ({}, {"title": "Other"}, ["moved"]),
        ({}, {"ends_at": timezone.now() + 3 * DAY}, ["moved"]),
        (
            dict.fromkeys(("meeting_id", "transaction_id")) | {"wants_meeting": False},
            {"title": "Other"},
            [],
        ),
        (
            dict.fromkeys(
                (
                    "meeting_id",
                    "transaction_id",
                    "meeting_link",
                    "online_meeting_id",
                    "chat_thread_id",
                )
            )
            | {"wants_meeting": False},
            {"ends_at": timezone.now() + 3 * DAY},
            [],
        ),
    ],
    ids=["words", "title", "time", "title of a link", "time without meeting"],
)
def test_the_platform_is_told_what_concerns_it(
    mara: User, columns: dict[str, Any], typed: dict[str, Any], expected: list[str]
) -> None:
    conference = planned(mara, **columns)
    changed = change_conference(conference, typed, mara)
    assert [kind for kind, _slot in kinds(conference)] == expected
    assert changed.told == len(expected)
    conference.refresh_from_db()
    assert conference.is_event_stale is bool(expected)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, "recreated"),
        (
            dict.fromkeys(
                (
                    "meeting_id",
                    "transaction_id",
                    "meeting_link",
                    "online_meeting_id",
                    "chat_thread_id",
                )
            ),
            "recreated",  # it could not be made yet, perhaps because of who organized it
        ),
        (
            {"wants_meeting": False, "meeting_id": None, "online_meeting_id": None}
            | {"chat_thread_id": None, "transaction_id": None},
            "tried_again",  # a link that is not looked up yet is looked up as the new organizer's
        ),
    ],
    ids=["made", "wanted", "link"],
)
def test_another_organizer(mara: User, columns: dict[str, Any], expected: str) -> None:
    conference = planned(mara, **columns)
    tomas = making.account("t@example.edu")
    add_member(conference, {"name": "T", "email": tomas.email, "role": Role.INSTRUCTOR})
    changed = change_conference(conference, {"organizer_email": "T@example.edu"}, tomas)
    assert kinds(conference) == [(expected, None)]
    assert changed.told == 1


def test_the_organizer_teaches_or_an_administrator_allows_it(mara: User, ada: User) -> None:
    conference = planned(mara)
    other = {"organizer_email": "dean@example.edu"}
    with pytest.raises(ValidationError, match=r"dean@example\.edu is no instructor here"):
        change_conference(conference, other, ada)
    assert Conference.objects.get().organizer_email == mara.email

    assert change_conference(conference, other, ada, lets_organize=True).lets_organize
    assert Conference.objects.get().organizer_allowed_by == ada

    # who may not allow it leaves it as it is
    change_conference(conference, {"title": "Other"}, mara)
    assert Conference.objects.get().organizer_allowed_by == ada
    with pytest.raises(ValidationError, match="is no instructor here"):
        change_conference(conference, {}, ada, lets_organize=False)

    change_conference(conference, {"organizer_email": mara.email}, mara)
    assert Conference.objects.get().organizer_allowed_by is None


@pytest.mark.parametrize("is_taught", [True, False])
def test_nobody_but_an_administrator_names_a_colleague(
    mara: User, ada: User, is_taught: bool
) -> None:
    colleague = "tomas.novak@example.edu"
    with pytest.raises(ValidationError, match="Only an administrator can name somebody else"):
        plan_conference(fields(mara, organizer_email=colleague), mara, teaches=True)
    assert not Conference.objects.exists()

    conference = planned(mara)
    if is_taught:
        add_member(conference, {"name": "T", "email": colleague, "role": Role.INSTRUCTOR})
    for organizer in (colleague, ""):
        with pytest.raises(ValidationError, match="Only an administrator can name somebody else"):
            change_conference(
                conference, {"organizer_email": organizer}, mara, lets_organize=not is_taught
            )
    assert Conference.objects.get().organizer_email == mara.email
    change_conference(conference, {"organizer_email": colleague}, ada, lets_organize=not is_taught)
    change_conference(conference, {"organizer_email": colleague, "title": "Other"}, mara)
    assert Conference.objects.get().title == "Other"
