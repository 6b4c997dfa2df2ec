"""Every verdict and every reason was seen in a page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from platforms.reasons import Actor, ReasonCode, who_acts
from syncing import phrases
from syncing.outcomes import Message, Outcome, Reason, Verdict
from tests.pages import making
from tests.pages.reading import html, panel, results, words

pytestmark = pytest.mark.django_db

NO_LINK = {"operations": ["attendance"], "code": "no_meeting_linked", "params": {}}

# S3's table: message, what is stored, what a reader reads
VERDICTS = [
    (Message.SYNCED, Verdict.SUCCESS, 12, {}, "Successfully synced 12 items."),
    (Message.UP_TO_DATE, Verdict.SUCCESS, 12, {}, "Everything is up to date (12 items)."),
    (Message.NO_DATA, Verdict.SUCCESS, 0, {}, "No data available to sync."),
    (
        Message.NO_DATA_BEFORE_END,
        Verdict.SUCCESS,
        0,
        {},
        "No data available to sync. This is normal if the meeting hasn't occurred yet.",
    ),
    (
        Message.ISSUES_OTHERS_SYNCED,
        Verdict.PARTIAL,
        3,
        {"operations": ["attendance", "chat"]},
        "Some operations had issues: attendance, chat. Other data synced successfully.",
    ),
    (
        Message.ISSUES_OTHERS_EMPTY,
        Verdict.PARTIAL,
        0,
        {"operations": ["attendance"]},
        "Some operations had issues: attendance. The others found no data.",
    ),
    (
        Message.ISSUES_ONLY,
        Verdict.PARTIAL,
        0,
        NO_LINK,
        "Some operations had issues: attendance. No meeting is linked; add its join link. "
        "The instructor acts.",
    ),
    (
        Message.NOTHING_YET,
        Verdict.PARTIAL,
        0,
        NO_LINK,
        "Nothing could be synced yet: No meeting is linked; add its join link. "
        "The instructor acts.",
    ),
    (
        Message.FAILED,
        Verdict.FAILED,
        0,
        {"operations": ["attendance"], "code": "unreachable", "params": {}},
        "Sync failed: The platform could not be reached. Nothing stored was lost. "
        "Wait a little, or try again.",
    ),
    (
        Message.DATABASE_LOST,
        Verdict.FAILED,
        0,
        {},
        "Database connection error. Please wait a moment and try again.",
    ),
]


def test_the_table_has_every_message() -> None:
    assert {row[0] for row in VERDICTS} == set(Message)


@pytest.mark.parametrize(("key", "verdict", "items", "params", "sentence"), VERDICTS)
def test_a_verdict_in_panel_run_and_history(
    as_mara: Client,
    mara: User,
    key: Message,
    verdict: Verdict,
    items: int,
    params: dict[str, object],
    sentence: str,
) -> None:
    conference = making.conference(mara)
    run = making.run(
        conference, message_key=key, verdict=verdict, items=items, message_params=params
    )
    page = panel(html(as_mara, conference))
    assert f'data-run="{run.pk}" data-status="finished" data-verdict="{verdict}"' in page
    assert sentence in words(page)
    assert sentence in words(html(as_mara, reverse("sync_run", args=[conference.pk, run.pk])))
    assert sentence in words(
        html(as_mara, reverse("conference_detail", args=[conference.pk]) + "?tab=history")
    )
    assert sentence in words(html(as_mara, reverse("conference_list")))


ACTS = {
    Actor.WAIT: "Wait a little.",
    Actor.INSTRUCTOR: "The instructor acts.",
    Actor.ADMINISTRATOR: "An administrator acts.",
    Actor.DEVELOPER: "A developer acts.",
    Actor.NOBODY: "There is nothing to do.",
}
WORDS = {
    "minutes": "12",
    "organizer": "mara.lindqvist@example.edu",
    "settings": "TEAMS_TENANT_ID",
    "platform": "zoom",
    "permission": "OnlineMeetingArtifact.Read.All",
    "host": "elsewhere.example.org",
    "owner": "Ines Duarte",
    "hours": "24",
    "why": "Nobody wants it",
}


@pytest.mark.parametrize("code", list(ReasonCode))
def test_no_zero_without_its_reason(as_mara: Client, mara: User, code: ReasonCode) -> None:
    """In the panel and in the place of the table: why, who acts, when to look again."""
    conference = making.conference(mara)
    retry_at = timezone.now() + timedelta(days=3)
    making.step(making.run(conference), reason_code=code, reason_params=WORDS, retry_at=retry_at)
    page = html(as_mara, conference)
    sentence = phrases.sentence(Reason(code, WORDS)) + "."
    again = f"Look again at {words(_moment(retry_at))}."
    for place in (panel(page), results(page)):
        assert f"{sentence} {ACTS[who_acts(code)]} {again}" in words(place)
        assert "?" not in sentence


def test_a_verdict_that_names_the_reason_is_not_followed_by_the_same_words(
    as_mara: Client, mara: User
) -> None:
    conference = making.conference(mara)
    run = making.run(
        conference,
        verdict=Verdict.PARTIAL,
        message_key=Message.NOTHING_YET,
        message_params=NO_LINK,
    )
    making.step(run, Outcome.SKIPPED, reason_code=ReasonCode.NO_MEETING_LINKED)
    assert words(panel(html(as_mara, conference))).count("No meeting is linked") == 1


def _moment(moment: object) -> str:
    from conferences.templatetags.times import soon

    with timezone.override("Europe/Berlin"):
        return soon(moment)  # type: ignore[arg-type]
