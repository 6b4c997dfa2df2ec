"""What a conference's page says of its one meeting, above everything else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference
from tests.pages import making
from tests.pages.reading import html, part, words

pytestmark = pytest.mark.django_db


def strip(client: Client, conference: Conference) -> str | None:
    page = html(client, conference)
    if 'id="meeting-strip"' not in page:
        return None
    return words(part(page, '<section id="meeting-strip"', "</section>"))


def test_a_meeting_that_is_over_and_in_order_needs_no_words(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    assert strip(as_mara, conference) is None
    later = timezone.now() + timedelta(hours=1)
    Conference.objects.update(ends_at=later)
    assert strip(as_mara, conference) == "Meeting Manage the meeting"


def test_one_that_is_over_says_what_happened(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    told = {"has_link": True, "recording": "verified"}
    conference.changes.create(kind="created", finished_at=timezone.now(), told=told)
    assert "Recording enabled" in str(strip(as_mara, conference))


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"meeting_link": None}, "There is no meeting yet. Attach the join link of one"),
        ({"problem_code": "throttled"}, "The platform asked for a pause"),
        (
            {"auto_recording_status": "failed", "recording_code": "recording_refused"},
            "Teams refused to switch recording on",
        ),
        ({"auto_recording_status": "enabled"}, "There is no recording. Recording was to start"),
    ],
    ids=["no link", "problem", "not recorded", "no recording"],
)
def test_one_that_is_over_says_what_is_wrong(
    as_mara: Client, mara: User, columns: dict[str, str | None], told: str
) -> None:
    assert told in str(strip(as_mara, making.conference(mara, **columns)))
