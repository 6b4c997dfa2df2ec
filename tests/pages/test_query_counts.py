"""A page asks the database as often for thirty rows as for one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.models import Conference
from syncing.outcomes import Outcome
from tests.pages import making
from tests.pages.reading import html, rows

pytestmark = pytest.mark.django_db

Asserts = Callable[..., AbstractContextManager[object]]
SESSION_AND_USER = 2
# conference and who may see it (2), slots, runs (4), people (3), guesses, sources, last run (3)
DETAIL = 15
# conference and who may see it (2), its run (2), who asked, slots, steps and log
PANEL = 7


def _list(teacher: User, count: int) -> str:
    for number in range(count):
        conference = making.conference(teacher, title=f"Conference {number}")
        making.person(making.sitting(conference), "Ines Duarte", "ines@example.edu")
        making.step(making.run(conference), Outcome.SUCCEEDED, created=1, fetched=1)
    return reverse("conference_list")


@pytest.mark.parametrize("count", [1, 24])
def test_the_list(
    as_mara: Client, mara: User, count: int, django_assert_num_queries: Asserts
) -> None:
    address = _list(mara, count)
    with django_assert_num_queries(SESSION_AND_USER + 2):  # how many; this page of them
        page = html(as_mara, address)
    assert page.count('<td class="title">') == count


def test_the_list_of_more_than_a_page(
    as_mara: Client, mara: User, django_assert_num_queries: Asserts
) -> None:
    address = _list(mara, 30)
    with django_assert_num_queries(SESSION_AND_USER + 2):
        page = html(as_mara, address)
    assert page.count('<td class="title">') == 25
    assert "1–25 of 30" in page


def _conference(teacher: User, people: int, runs: int) -> Conference:
    conference = making.conference(teacher, use_time_slots=True)
    for _ in range(2):
        conference.time_slots.create(starts_at=conference.starts_at, ends_at=conference.ends_at)
    report = making.sitting(conference, slot=conference.time_slots.first())
    for number in range(people):
        making.person(
            report,
            f"Person {number:02}",
            f"person.{number}@example.edu",
            minutes=((1, 5), (7, 9)),
        )
    for _ in range(runs):
        run = making.run(conference, items=people, message_key="synced", requested_by=teacher)
        for slot in conference.time_slots.all():
            making.step(run, Outcome.SUCCEEDED, slot=slot.pk, fetched=people, unchanged=people)
    return conference


@pytest.mark.parametrize("tab", ["participants", "slots", "history"])
@pytest.mark.parametrize("count", [1, 30])
def test_a_conference(
    as_mara: Client, mara: User, tab: str, count: int, django_assert_num_queries: Asserts
) -> None:
    address = reverse("conference_detail", args=[_conference(mara, count, min(count, 20)).pk])
    with django_assert_num_queries(SESSION_AND_USER + DETAIL):
        page = html(as_mara, f"{address}?tab={tab}")
    assert len(rows(page)) == (count if tab == "participants" else 0)


@pytest.mark.parametrize("count", [1, 30])
def test_the_panel(
    as_mara: Client, mara: User, count: int, django_assert_num_queries: Asserts
) -> None:
    conference = _conference(mara, 1, 0)
    run = making.open_run(conference, requested_by=mara)
    for number in range(count):
        run.events.create(key="feed_opened", params={"source": str(number)})
        making.step(run, None, slot=number)
    address = reverse("sync_run", args=[conference.pk, run.pk])
    with django_assert_num_queries(SESSION_AND_USER + PANEL):
        answer = as_mara.get(address, headers={"HX-Request": "true"})
    assert answer.content.decode().count('<span class="step-name">') == count
