"""Recordings, chat, transcripts and files: what a learner may see, and what nobody else may do."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html, part, words

pytestmark = pytest.mark.django_db

TABS = ("", "?tab=recordings", "?tab=chat&q=a", "?tab=transcripts", "?tab=files", "?tab=history")
FOREIGN = (
    *("sharepoint", "graph.microsoft", "tempauth", "token", "secret", "Ines", "Mara", "Omar"),
    *("chat", "Chat", "ranscript", "shared", "hidden.mp4", "gone.mp4", "old.mp4"),
)

CSRF = re.compile(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"')


@pytest.fixture
def conference(mara: User, noor: User) -> Conference:
    """Everything is known of it; one recording of several is published."""
    made = making.conference(mara, noor, meeting_link=None)
    file = artifacts.video(made, name="secret name.mp4", accepted_at=timezone.now())
    published = {"published_at": timezone.now(), "published_by": mara}
    artifacts.recording(
        made,
        name="Part \u202eone.mp4",
        url="https://example.sharepoint.com/x?tempauth=token",
        file=file,
        **published,
    )
    artifacts.recording(made, name="hidden.mp4")
    artifacts.recording(made, name="gone.mp4", vanished_at=timezone.now(), **published)
    artifacts.recording(made, name="old.mp4", is_planned=False, **published)
    artifacts.video(made, name="waiting by Ines.mp4")
    artifacts.message(made, "a secret", sender_name="Ines Duarte")
    artifacts.transcript(made, (0, "Omar Said", "another secret"))
    artifacts.shared_file(made, "secret.pdf", shared_by="Ines Duarte")
    making.run(made, requested_by=mara)
    return made


@pytest.mark.parametrize("query", TABS)
def test_a_learner_sees_what_is_published_and_no_link(
    as_noor: Client, conference: Conference, query: str
) -> None:
    page = html(as_noor, f"{conference.get_absolute_url()}{query}")
    said = words(part(page, "<main", "</main>"))
    # in India's time
    assert "Part one.mp4 March 10, 2026, 14:30 0:58:00" in said
    assert "To watch one, ask your instructor for the recording." in said
    for word in FOREIGN:
        assert word not in CSRF.sub("", page), word
    assert page.count('<tr class="recording">') == 1
    assert "<form" not in part(page, "<main", "</main>")
    links = part(page, "<main", "</main>").count(" href=")
    assert links == 2  # to the list of conferences, and to its calendar file


def test_nothing_published(as_noor: Client, noor: User, mara: User) -> None:
    conference = making.conference(mara, noor)
    artifacts.recording(conference, name="hidden.mp4")
    page = html(as_noor, conference)
    assert "No recording has been published." in words(page)
    assert "hidden.mp4" not in page


def routes(conference: Conference) -> list[str]:
    recording, file = conference.recordings.first(), conference.drive_files.last()
    assert recording is not None
    assert file is not None
    return [
        reverse("publish_recording", args=[conference.pk, recording.pk]),
        reverse("decide_file", args=[conference.pk, file.pk]),
    ]


def snapshot(conference: Conference) -> list[object]:
    return [
        *conference.recordings.order_by("pk").values_list("pk", "published_at"),
        *conference.drive_files.order_by("pk").values_list("pk", "accepted_at"),
    ]


FORM = {"publish": "1", "decision": "accept"}


def test_a_learner_decides_nothing(as_noor: Client, conference: Conference) -> None:
    before = snapshot(conference)
    for address in routes(conference):
        assert as_noor.post(address, FORM).status_code == 403, address
    assert snapshot(conference) == before


@pytest.mark.django_db(transaction=True)
def test_staff_who_may_only_look_decide_nothing(client: Client, conference: Conference) -> None:
    staff = making.account("staff@example.edu", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename="view_conference"))
    client.force_login(staff)
    before = snapshot(conference)
    for address in routes(conference):
        assert client.post(address, FORM).status_code == 403, address
    assert snapshot(conference) == before


def test_a_stranger_finds_nothing(client: Client, conference: Conference) -> None:
    client.force_login(making.account("viktor.sund@example.edu"))
    before = snapshot(conference)
    for address in routes(conference):
        assert client.post(address, FORM).status_code == 404, address
    assert snapshot(conference) == before
    assert client.get(f"{conference.get_absolute_url()}?tab=chat").status_code == 404


def test_without_a_session_nothing_is_decided(client: Client, conference: Conference) -> None:
    before = snapshot(conference)
    for address in routes(conference):
        answer = client.post(address, FORM)
        assert answer["Location"] == f"{reverse('login')}?next={conference.get_absolute_url()}"
    assert snapshot(conference) == before


def test_decisions_are_posted(as_mara: Client, conference: Conference) -> None:
    before = snapshot(conference)
    for address in routes(conference):
        assert as_mara.get(address).status_code == 405, address
    assert snapshot(conference) == before


def test_a_decision_needs_its_token(mara: User, conference: Conference) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mara)
    before = snapshot(conference)
    for address in routes(conference):
        assert client.post(address, FORM).status_code == 403, address
    assert snapshot(conference) == before
