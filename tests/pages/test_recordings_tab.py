"""Recordings: what an instructor reads of each, publishes, hides, accepts."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conferences.models import CallRecording, Conference
from syncing.outcomes import Outcome
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html, part, results, words

pytestmark = pytest.mark.django_db


def tab(client: Client, conference: Conference) -> str:
    return results(html(client, f"{conference.get_absolute_url()}?tab=recordings"))


def listed(of: Conference) -> CallRecording:
    return CallRecording.objects.create(
        conference=of,
        source_id="listed",
        read_through=str(of.read_through),
        starts_at=of.starts_at,
        ends_at=of.ends_at,
    )


def test_a_row_says_what_is_known_and_from_where(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    told = artifacts.event(conference, "recording")
    folder = artifacts.video(conference)
    artifacts.recording(
        conference,
        name="Reading group-20260310_090108\u202e.mp4",
        listed=listed(conference),
        message=told,
        file=folder,
        part=1,
        parts=2,
        starts_at=making.START + timedelta(minutes=1),
        duration=timedelta(hours=1, minutes=2, seconds=3.9),
        size=5_000_000,
    )
    artifacts.recording(conference, name="", message=told, part=2, parts=2, size=None)
    page = tab(as_mara, conference)
    said = words(page)
    assert "Reading group-20260310_090108.mp4 Part 1 of 2" in said
    assert "Known from the list of recordings, the folder of recordings, the chat" in said
    assert "March 10, 2026, 10:01 1:02:03 4.8 MB hidden" in said
    assert "Recording Part 2 of 2 Known from the chat" in said
    assert "0:58:00 unknown hidden" in said
    assert "slot of" not in said
    assert re.search(
        rf'<a class="join" href="{artifacts.TENANT}/[^"]*" rel="noreferrer noopener">Open in Micro',
        page,
    )


def test_a_file_that_lies_elsewhere_is_not_said_to_be_in_the_folder(
    as_mara: Client, mara: User
) -> None:
    conference = making.conference(mara)
    artifacts.recording(conference, file=artifacts.video(conference, is_in_folder=False))
    assert "Known from its file" in words(tab(as_mara, conference))


@pytest.mark.parametrize(
    "url", [None, "javascript:alert(1)", "https://example.sharepoint.com@evil.example.invalid/"]
)
def test_a_link_that_leads_elsewhere_is_none(as_mara: Client, mara: User, url: str | None) -> None:
    conference = making.conference(mara)
    artifacts.recording(conference, url=url)
    page = tab(as_mara, conference)
    assert "Recording 0.mp4" in page
    assert "Open in Microsoft 365" not in page
    assert "evil" not in page
    assert "alert(1)" not in page


def test_a_slot_is_named(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara, use_time_slots=True)
    slot = conference.time_slots.create(starts_at=making.START, ends_at=making.START + making.HOUR)
    artifacts.recording(conference, slot=slot)
    assert "slot of March 10, 2026, 10:00" in words(tab(as_mara, conference))


def test_a_file_that_is_gone_is_told_and_not_linked(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.recording(conference, file_gone_at=timezone.now())
    said = words(tab(as_mara, conference))
    assert "The file is not where the chat names it any more: moved, deleted or expired" in said
    assert "120 days" in said
    assert "Open in Microsoft 365" not in said


def test_what_vanished_is_below_and_what_is_of_an_old_plan_is_nowhere(
    as_mara: Client, mara: User
) -> None:
    conference = making.conference(mara)
    artifacts.recording(conference, name="there.mp4")
    artifacts.recording(conference, name="gone.mp4", vanished_at=timezone.now())
    artifacts.recording(conference, name="old.mp4", is_planned=False)
    page = tab(as_mara, conference)
    assert page.count('<tr class="recording">') == 1
    gone = words(part(page, '<div class="gone">', "</ul>"))
    assert "gone.mp4 March 10, 2026, 10:01 · 0:58:00 · no longer on the platform" in gone
    assert "Publish" not in gone
    assert "old.mp4" not in page
    assert '<a id="tab-recordings"' in page
    assert "Recordings 1" in words(part(page, '<a id="tab-recordings"', "</a>"))


def test_a_reason_is_told_once_where_everything_vanished(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.recording(conference, vanished_at=timezone.now())
    run = making.run(conference)
    making.step(run, Outcome.FAILED, operation="recordings", reason_code="throttled")
    page = tab(as_mara, conference)
    assert words(page).count("The platform asked for a pause.") == 1
    assert page.count('id="retry-tab-recordings"') == 1


def test_publishing_and_hiding(
    as_mara: Client, mara: User, caplog: pytest.LogCaptureFixture
) -> None:
    conference = making.conference(mara)
    recording = artifacts.recording(conference, name="secret name.mp4")
    address = reverse("publish_recording", args=[conference.pk, recording.pk])
    page = tab(as_mara, conference)
    assert f'action="{address}"' in page
    assert "hidden Publish" in words(page)

    with caplog.at_level(logging.INFO):
        after = as_mara.post(address, {"publish": "1"}, follow=True)
    assert after.redirect_chain == [(f"{conference.get_absolute_url()}?tab=recordings", 302)]
    said = words(results(after.content.decode()))
    assert "Published: learners of this conference see its name, date and length." in said
    assert "published Hide" in said
    assert "Published:" not in words(tab(as_mara, conference))  # it is said once
    recording.refresh_from_db()
    first = recording.published_at
    assert first is not None
    assert recording.published_by == mara
    line = f"conference {conference.pk}: recording {recording.pk} published by user {mara.pk}"
    assert caplog.messages == [line]

    as_mara.post(address, {"publish": "1"})
    recording.refresh_from_db()
    assert recording.published_at == first

    after = as_mara.post(address, {"publish": "0"}, follow=True)
    assert "hidden Publish" in words(results(after.content.decode()))
    recording.refresh_from_db()
    assert [recording.published_at, recording.published_by] == [None, None]


def test_a_recording_of_another_conference_is_not_found(as_mara: Client, mara: User) -> None:
    mine, other = making.conference(mara), making.conference(mara)
    recording, file = artifacts.recording(other), artifacts.video(other)
    for name, key in (("publish_recording", recording.pk), ("decide_file", file.pk)):
        answer = as_mara.post(reverse(name, args=[mine.pk, key]), {"publish": "1"})
        assert answer.status_code == 404, name
    recording.refresh_from_db()
    assert recording.published_at is None
