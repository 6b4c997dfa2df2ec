"""Tabs: how much there is of what, why there is nothing, and what to do about it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference
from conferences.operations import OPERATIONS
from syncing.outcomes import Outcome, Verdict
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html, part, results, words

pytestmark = pytest.mark.django_db

TABS = {
    "participants": ("attendance", "Nobody is known yet", "The last sync found nobody"),
    "recordings": ("recordings", "No recording is known yet", "No recordings"),
    "chat": ("chat", "No message is known yet", "Nobody wrote"),
    "transcripts": ("transcripts", "No transcript is known yet", "No transcript"),
    "files": ("files", "No shared file is known yet", "Nobody shared a file"),
}


def tab(client: Client, conference: Conference, name: str) -> str:
    """What is below the row of tabs."""
    page = results(html(client, f"{conference.get_absolute_url()}?tab={name}"))
    return part(page, "</nav>", "</main>")


def fill(conference: Conference) -> None:
    """One of everything."""
    making.person(making.sitting(conference), "Ines Duarte", "ines@example.edu")
    artifacts.recording(conference)
    artifacts.message(conference)
    artifacts.transcript(conference, (0, "Ines Duarte", "Good morning"))
    artifacts.shared_file(conference)


def test_the_row_of_tabs(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    fill(conference)
    artifacts.message(conference)
    making.run(conference)
    nav = part(html(as_mara, conference), '<nav class="tabs"', "</nav>")
    assert words(nav) == (
        "Participants 1 Recordings 1 Chat History 2 Transcripts 1 Files 1 Sync History 1"
    )
    slotted = making.conference(mara, use_time_slots=True)
    nav = part(html(as_mara, slotted), '<nav class="tabs"', "</nav>")
    assert words(nav) == (
        "Participants Recordings Chat History Transcripts Files Time Slots Sync History"
    )


@pytest.mark.parametrize("name", TABS)
def test_the_chosen_tab_is_marked(as_mara: Client, mara: User, name: str) -> None:
    conference = making.conference(mara)
    page = html(as_mara, f"{conference.get_absolute_url()}?tab={name}")
    nav = part(page, '<nav class="tabs"', "</nav>")
    assert nav.count("aria-current") == 1
    assert 'aria-current="page"' in part(nav, f'<a id="tab-{name}"', ">")


@pytest.mark.parametrize("odd", ["zebra", "slots", "__class__", "\0"])
def test_an_unknown_tab_is_the_first(as_mara: Client, mara: User, odd: str) -> None:
    conference = making.conference(mara)  # without time slots
    assert "Nobody is known yet" in words(tab(as_mara, conference, odd))


@pytest.mark.parametrize("name", TABS)
def test_never_synced(as_mara: Client, mara: User, name: str) -> None:
    conference = making.conference(mara)
    said = words(tab(as_mara, conference, name))
    assert TABS[name][1] in said
    assert "This conference was never synced. Press Sync Data above to" in said
    assert "Retry" not in said


@pytest.mark.parametrize("name", TABS)
def test_a_part_that_was_never_synced(as_mara: Client, mara: User, name: str) -> None:
    conference = making.conference(mara)
    other = "chat" if name != "chat" else "files"
    making.step(making.run(conference, operations=[other]), operation=other)
    said = words(tab(as_mara, conference, name))
    assert "This part was never synced. Press Sync Data above to" in said


@pytest.mark.parametrize("name", TABS)
def test_running(as_mara: Client, mara: User, name: str) -> None:
    conference = making.conference(mara)
    operation = TABS[name][0]
    making.step(making.open_run(conference, operations=[operation]), None, operation=operation)
    said = words(tab(as_mara, conference, name))
    assert "A sync is running. What it finds appears here by itself." in said


@pytest.mark.parametrize("name", TABS)
def test_nothing_there(as_mara: Client, mara: User, name: str) -> None:
    """What the operation's own step says, and nothing of the others'."""
    conference = making.conference(mara)
    run = making.run(conference, operations=list(OPERATIONS))
    for operation in OPERATIONS:
        code = "not_recorded" if operation == TABS[name][0] else "organizer_differs"
        making.step(run, operation=operation, reason_code=code)
    said = words(tab(as_mara, conference, name))
    assert TABS[name][2] in said
    assert "the meeting was probably not recorded. The instructor acts." in said
    assert "another organizer" not in said
    assert "Retry" not in said


@pytest.mark.parametrize("name", TABS)
def test_trouble_without_rows(as_mara: Client, mara: User, name: str) -> None:
    """Of the newest run that had this part, and can be tried again."""
    conference = making.conference(mara)
    operation = TABS[name][0]
    retry_at = timezone.now() + timedelta(days=2)
    for code in ("internal_error", "throttled"):
        run = making.run(conference, verdict=Verdict.FAILED, message_key="no_data")
        making.step(run, Outcome.FAILED, operation=operation, reason_code=code, retry_at=retry_at)
    other = "chat" if operation != "chat" else "files"
    making.step(making.run(conference, operations=[other]), operation=other)
    page = tab(as_mara, conference, name)
    said = words(page)
    assert TABS[name][1] in said
    assert "The platform asked for a pause. Wait a little. Look again at" in said
    assert "A fault of this site" not in said
    assert f'<input type="hidden" name="operation" value="{operation}">' in page
    assert f"Retry this part: {operation}" in said


@pytest.mark.parametrize("name", TABS)
def test_trouble_above_rows(as_mara: Client, mara: User, name: str) -> None:
    conference = making.conference(mara)
    fill(conference)
    operation = TABS[name][0]
    run = making.run(conference)
    step = making.step(
        run, Outcome.PARTIAL, operation=operation, reason_code="drive_refused", unchanged=1
    )
    page = tab(as_mara, conference, name)
    said = words(page)
    assert "The last sync brought only part of this." in said
    assert "a SharePoint administrator has restricted this drive. An administrator acts." in said
    assert f"Retry this part: {operation}" in said
    type(step).objects.update(outcome=Outcome.FAILED, unchanged=0)
    said = words(tab(as_mara, conference, name))
    assert "The last sync could not bring this up to date." in said
    for outcome in (Outcome.SUCCEEDED, Outcome.NO_DATA):
        type(step).objects.update(outcome=outcome)
        said = words(tab(as_mara, conference, name))
        assert "restricted this drive" not in said
        assert "Retry" not in said


@pytest.mark.parametrize("name", TABS)
def test_a_run_that_ended_before_any_part_was_begun(as_mara: Client, mara: User, name: str) -> None:
    conference = making.conference(mara)
    making.run(
        conference,
        operations=list(OPERATIONS),
        verdict=Verdict.FAILED,
        message_key="database_lost",
    )
    said = words(tab(as_mara, conference, name))
    assert "Database connection error. Please wait a moment and try again." in said


@pytest.mark.django_db(transaction=True)
def test_who_may_only_look_is_not_asked_to_act(client: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.recording(conference, file=artifacts.video(conference, accepted_at=timezone.now()))
    artifacts.video(conference)
    making.step(
        making.run(conference), Outcome.FAILED, operation="recordings", reason_code="throttled"
    )
    staff = making.account("staff@example.edu", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename="view_conference"))
    client.force_login(staff)
    page = html(client, f"{conference.get_absolute_url()}?tab=recordings")
    assert "The platform asked for a pause." in words(results(page))
    assert "<button" not in part(page, "<main", "</main>")
