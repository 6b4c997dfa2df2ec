"""Who sees which page, and how somebody without a session is met."""

import pytest
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.models import Membership
from conferences.models.attendance import Source
from syncing.models import SyncRun
from tests.pages import making
from tests.pages.reading import html, part, rows, words

pytestmark = pytest.mark.django_db


def test_a_learner_sees_their_own_attendance_and_nobody_elses(
    as_noor: Client, noor: User, mara: User
) -> None:
    conference = making.conference(mara, noor)
    report = making.sitting(conference)
    member = Membership.objects.get(user=noor)
    making.person(report, "Noor Haddad", noor.email, minutes=((2, 10), (20, 30)), member=member)
    making.person(report, "Ines Duarte", "ines.duarte@example.edu", minutes=((0, 59.5),))
    making.run(conference)

    page = html(as_noor, conference)

    said = words(page)
    assert "18.00 minutes" in said
    # in India's time: the meeting is at 09:00 UTC
    assert "March 10, 2026, 14:32:00–14:40:00" in said
    assert "Ines" not in page
    assert "59.50" not in page
    assert "sync" not in part(page, "<main", "</main>").lower()
    assert rows(page) == []


def test_a_learner_without_attendance_is_told_what_to_do(
    as_noor: Client, noor: User, mara: User
) -> None:
    conference = making.conference(mara, noor)
    said = words(html(as_noor, conference))
    assert "Nothing is known about your attendance yet" in said
    assert "tell your instructor" in said


def test_a_learners_list_tells_nothing_about_others(
    as_noor: Client, noor: User, mara: User
) -> None:
    conference = making.conference(mara, noor)
    making.person(making.sitting(conference), "Ines Duarte", "ines.duarte@example.edu")
    making.run(conference, items=1, message_key="synced")
    said = words(html(as_noor, reverse("conference_list")))
    assert "Reading group" in said
    assert "Successfully" not in said
    assert "Synced" not in said


def test_the_page_for_strangers_says_what_to_do(as_noor: Client, mara: User) -> None:
    answer = as_noor.get(reverse("conference_detail", args=[making.conference(mara).pk]))
    said = words(answer.content.decode())
    assert "This page does not exist" in said
    assert "ask its instructor to put you on the roster" in said
    assert "Reading group" not in said


def test_a_learner_may_not_sync(as_noor: Client, noor: User, mara: User) -> None:
    conference = making.conference(mara, noor)
    answer = as_noor.post(reverse("start_sync", args=[conference.pk]))
    assert answer.status_code == 403
    assert "You may not do that here" in words(answer.content.decode())
    assert not SyncRun.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("permissions", "may_act"),
    [(["view_conference"], False), (["view_conference", "change_conference"], True)],
)
def test_staff_look_with_one_permission_and_act_with_another(
    client: Client, mara: User, permissions: list[str], may_act: bool
) -> None:
    conference = making.conference(mara)
    guess = making.sitting(conference, Source.CALL_RECORDS, is_guess=True)
    staff = making.account("staff@example.edu", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(staff)

    assert ("Sync Data" in words(html(client, conference))) is may_act
    guesses = reverse("guess_list", args=[conference.pk])
    assert ("Accept" in words(html(client, guesses))) is may_act

    synced = client.post(reverse("start_sync", args=[conference.pk]))
    assert synced.status_code == (302 if may_act else 403)
    assert SyncRun.objects.exists() is may_act
    decide = reverse("decide_guess", args=[conference.pk, guess.pk])
    decided = client.post(decide, {"decision": "accept"})
    assert decided.status_code == (302 if may_act else 403)
    guess.refresh_from_db()
    assert (guess.accepted_at is not None) is may_act


def test_without_a_session_a_page_leads_to_the_login_and_back(client: Client, mara: User) -> None:
    page = reverse("conference_detail", args=[making.conference(mara).pk])
    assert client.get(page)["Location"] == f"{reverse('login')}?next={page}"
    # the address of the form answers to POST only: back to its page
    assert client.post(f"{page}sync/")["Location"] == f"{reverse('login')}?next={page}"
    every = reverse("conference_list")
    assert client.post(every)["Location"] == f"{reverse('login')}?next={every}"


def test_a_nul_character_is_nothing_to_search_for(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    making.person(making.sitting(conference), "Ines Duarte", "ines.duarte@example.edu")
    assert "Reading group" in words(html(as_mara, reverse("conference_list") + "?q=%00"))
    assert "Ines Duarte" in words(html(as_mara, f"{conference.get_absolute_url()}?q=In%00es"))


def test_without_a_session_a_fragment_reloads_the_page(client: Client, mara: User) -> None:
    conference = making.conference(mara)
    run = making.open_run(conference)
    answer = client.get(
        reverse("sync_run", args=[conference.pk, run.pk]), headers={"HX-Request": "true"}
    )
    assert answer["HX-Refresh"] == "true"
    assert answer.content == b""


def test_an_unknown_operation_is_refused_in_words(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    answer = as_mara.post(reverse("start_sync", args=[conference.pk]), {"operation": "weather"})
    assert answer.status_code == 400
    assert "Unknown operation weather. Choose from: attendance" in words(answer.content.decode())
    assert 'id="problem"' in answer.content.decode()  # what a fragment's request shows of it


def test_a_run_as_json(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    run = making.open_run(conference, parts_done=1, parts_planned=4)
    answer = as_mara.get(
        reverse("sync_run", args=[conference.pk, run.pk]), headers={"Accept": "application/json"}
    )
    assert answer["Content-Type"] == "application/json"
    shown = answer.json()
    assert (shown["run"], shown["status"], shown["percent"]) == (run.pk, "running", 25)


def test_login_with_a_wrong_password_says_so(client: Client, mara: User) -> None:
    answer = client.post(reverse("login"), {"username": mara.email, "password": "wrong"})
    assert "do not belong together" in words(answer.content.decode())


def test_a_form_that_was_open_for_too_long(mara: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mara)
    answer = client.post(reverse("start_sync", args=[making.conference(mara).pk]))
    assert answer.status_code == 403
    assert "nothing was changed" in words(answer.content.decode())


def test_the_page_for_our_own_faults_needs_nothing() -> None:
    assert "The fault is ours" in words(render_to_string("500.html"))
