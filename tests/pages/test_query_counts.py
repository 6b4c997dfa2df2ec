"""A page asks the database as often for thirty rows as for one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.models import Conference
from conferences.operations import OPERATIONS
from syncing.outcomes import Outcome
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html

pytestmark = pytest.mark.django_db

Asserts = Callable[..., AbstractContextManager[object]]
SESSION_AND_USER = 2
AUDIT = 2  # is this look in the audit log already; the entry
# conference and who may see it (2), slots, counts, of the last run: who asked, steps, log
DETAIL = 7
# and the rows of the one tab that is shown
ROWS = {
    "participants": 6,  # how many (2), the page and its sessions (2), guesses, sources
    "recordings": 3,  # and what waits at a planned time (2)
    "chat": 4,  # how many, the page, roster, whom attendance recognised
    "transcripts": 3,  # which, how many cues, the page
    "files": 2,  # how many, the page
    "slots": 0,
    "history": 2,  # runs and their steps
}
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
    # whether they teach anywhere, how many there are, this page of them
    with django_assert_num_queries(SESSION_AND_USER + 3):
        page = html(as_mara, address)
    assert page.count('<td class="title">') == count


def test_the_list_of_more_than_a_page(
    as_mara: Client, mara: User, django_assert_num_queries: Asserts
) -> None:
    address = _list(mara, 30)
    with django_assert_num_queries(SESSION_AND_USER + 3):
        page = html(as_mara, address)
    assert page.count('<td class="title">') == 25
    assert "1–25 of 30" in page


def _conference(teacher: User, count: int) -> Conference:
    """``count`` of everything, but at most twenty runs."""
    conference = making.conference(teacher, use_time_slots=True)
    for _ in range(2):
        conference.time_slots.create(starts_at=conference.starts_at, ends_at=conference.ends_at)
    slot = conference.time_slots.first()
    report = making.sitting(conference, slot=slot)
    said = [(number, "Ines Duarte", "Good morning") for number in range(count)]
    for number in range(count):
        making.person(
            report,
            f"Person {number:02}",
            f"person.{number}@example.edu",
            minutes=((1, 5), (7, 9)),
        )
        artifacts.recording(conference, slot=slot, file=artifacts.video(conference, slot=slot))
        artifacts.message(conference, slot=slot, sender_id=f"id-{number}")
        artifacts.transcript(conference, *said, slot=slot)
        artifacts.shared_file(conference, slot=slot)
    for _ in range(min(count, 20)):
        run = making.run(conference, items=count, message_key="synced", requested_by=teacher)
        for slot in conference.time_slots.all():
            for operation in OPERATIONS:
                making.step(
                    run, Outcome.SUCCEEDED, operation=operation, slot=slot.pk, unchanged=count
                )
    return conference


MARKS = {
    "participants": '<tr class="participant">',
    "recordings": '<tr class="recording">',
    "chat": 'class="chat-message',
    "transcripts": 'class="cue"',
    "files": '<tr class="file">',
}


@pytest.mark.parametrize("tab", ROWS)
@pytest.mark.parametrize("count", [1, 30])
def test_a_conference(
    as_mara: Client, mara: User, tab: str, count: int, django_assert_num_queries: Asserts
) -> None:
    address = reverse("conference_detail", args=[_conference(mara, count).pk])
    with django_assert_num_queries(SESSION_AND_USER + DETAIL + ROWS[tab] + AUDIT):
        page = html(as_mara, f"{address}?tab={tab}")
    for other, mark in MARKS.items():
        assert page.count(mark) == (count if other == tab else 0), other


@pytest.mark.parametrize("count", [1, 30])
def test_a_learners_page(
    as_noor: Client, noor: User, mara: User, count: int, django_assert_num_queries: Asserts
) -> None:
    conference = making.conference(mara, noor)
    for _ in range(count):
        artifacts.recording(conference, published_at=making.START)
    with django_assert_num_queries(
        SESSION_AND_USER + 4 + AUDIT
    ):  # it, may they, attendance, recordings
        page = html(as_noor, conference)
    assert page.count('<tr class="recording">') == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_panel(
    as_mara: Client, mara: User, count: int, django_assert_num_queries: Asserts
) -> None:
    conference = making.conference(mara, use_time_slots=True)
    run = making.open_run(conference, requested_by=mara)
    for number in range(count):
        run.events.create(key="feed_opened", params={"source": str(number)})
        making.step(run, None, operation=f"operation {number}")
    address = reverse("sync_run", args=[conference.pk, run.pk])
    with django_assert_num_queries(SESSION_AND_USER + PANEL):
        answer = as_mara.get(address, headers={"HX-Request": "true"})
    assert answer.content.decode().count('<span class="step-name">') == count
