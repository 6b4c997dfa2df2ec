"""What an instructor reads on the page of a conference."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from conferences.models import Membership
from conferences.models.attendance import Source
from syncing.outcomes import Outcome, RunStatus, Verdict
from tests.pages import making
from tests.pages.reading import html, panel, part, results, rows, words

pytestmark = pytest.mark.django_db


def test_participants_and_their_intervals(as_mara: Client, mara: User, noor: User) -> None:
    conference = making.conference(mara, noor)
    report = making.sitting(conference)
    member = Membership.objects.get(user=noor)
    making.person(report, "Noor Haddad", noor.email, minutes=((1, 5.64), (8, 9)), member=member)
    making.person(report, "Robin (Guest)", minutes=((0, 25),))
    page = html(as_mara, conference)
    assert [row[:4] for row in rows(page)] == [
        ["Noor Haddad", "noor.haddad@example.edu", "5.64", "2"],
        ["Robin (Guest)", "known by name only", "25.00", "1"],
    ]
    said = words(page)
    # the times of the reader, Berlin, where the meeting is at 10:00
    assert "10:01:00–10:05:38 4.64 min attendance report" in said
    assert "On the roster, recognised by e-mail." in said
    assert "a name alone is never matched to the roster" in said
    for heading in ("Name / ID", "Email", "Total Time (min)", "Sessions"):
        assert heading in said


def test_nothing_in_a_page_needs_an_inline_style_or_script(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    making.person(making.sitting(conference), "Ines Duarte", "ines.duarte@example.edu")
    making.step(making.open_run(conference), None)
    page = html(as_mara, conference)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


def test_names_are_text(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara, title="<b>Title</b>")
    making.person(making.sitting(conference), "<script>alert(1)</script>", "x@example.edu")
    page = html(as_mara, conference)
    assert "<script>alert" not in page
    assert "<b>Title" not in page


def test_the_picture_shows_planned_and_present(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    making.person(
        making.sitting(conference), "Ines", "ines@example.edu", minutes=((-15, 15), (30, 45))
    )
    lane = part(html(as_mara, conference), '<svg class="lane"', "</svg>")
    # from 09:45 to 11:00: 75 minutes wide
    assert 'aria-label="between 09:45 and 10:45"' in lane
    assert '<rect class="planned" x="200" width="800"' in lane
    assert '<rect class="bar" x="0" y="4" width="400"' in lane
    assert '<rect class="bar" x="600" y="4" width="200"' in lane


def test_the_hour_that_comes_twice_is_told_apart(as_mara: Client, mara: User) -> None:
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    conference = making.conference(
        mara, starts_at=start, ends_at=start + timedelta(hours=1, minutes=20)
    )
    making.person(making.sitting(conference), "Ines", "ines@example.edu", minutes=((10, 70),))
    said = words(html(as_mara, conference))
    assert "Sun, Oct. 25, 2026, 02:30 CEST–02:50 CET" in said
    assert "02:40:00 CEST–02:40:00 CET 60.00 min" in said


def test_the_conferences_own_zone_is_shown_where_it_differs(as_mara: Client, mara: User) -> None:
    away = making.conference(mara, timezone="America/New_York")
    assert "05:00–06:00 America/New_York" in words(html(as_mara, away))
    at_home = making.conference(mara)
    assert "10:00–11:00 Europe/Berlin" not in words(html(as_mara, at_home))


def test_a_night_needs_no_second_date_and_a_retreat_does(as_mara: Client, mara: User) -> None:
    late = making.START + timedelta(hours=13)
    night = making.conference(mara, starts_at=late, ends_at=late + 2 * making.HOUR)
    assert "Tue, March 10, 2026, 23:00–01:00" in words(html(as_mara, night))
    retreat = making.conference(mara, starts_at=late, ends_at=late + timedelta(days=2))
    expected = "Tue, March 10, 2026, 23:00–Thu, March 12, 2026, 23:00"
    assert expected in words(html(as_mara, retreat))


def test_sorting_filtering_and_pages_are_links(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    report = making.sitting(conference)
    for number in range(60):
        making.person(report, f"P{number:02}", f"p{number}@example.edu", minutes=((0, number + 1),))
    address = reverse("conference_detail", args=[conference.pk])
    first = html(as_mara, address)
    assert "1–50 of 60" in first
    assert 'aria-sort="ascending"><a id="sort-name" href="?order=-name"' in first
    assert 'href="?order=minutes"' in first
    longest = html(as_mara, f"{address}?order=-minutes&page=2")
    assert [row[0] for row in rows(longest)] == [f"P{number:02}" for number in range(9, -1, -1)]
    assert 'href="?order=-minutes&amp;page=1"' in longest
    some = html(as_mara, f"{address}?q=p5@")
    assert [row[0] for row in rows(some)] == ["P05"]
    nobody = words(html(as_mara, f"{address}?q=zebra"))
    assert "Nobody matches “zebra”" in nobody
    assert "60 people are known here." in nobody


def test_call_records_are_named_as_the_source(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    making.person(making.sitting(conference, Source.CALL_RECORDS), "Ines", "ines@example.edu")
    said = words(results(html(as_mara, conference)))
    assert "These times come from call records" in said
    assert "Meetings that were scheduled beforehand are recorded more exactly." in said


def test_a_replaced_interval_says_so(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    calls = making.sitting(conference, Source.CALL_RECORDS)
    making.person(calls, "Ines", "ines@example.edu", is_counted=False)
    said = words(html(as_mara, conference))
    assert "call record · not counted: replaced by an attendance report" in said


def test_guesses_are_announced_and_decided(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    guess = making.sitting(conference, Source.CALL_RECORDS, is_guess=True)
    guess.sessions.create(
        source_id="1",
        entry_id="1",
        label="Ines Duarte",
        email="ines.duarte@example.edu",
        joined_at=conference.starts_at,
        left_at=conference.ends_at,
    )
    page = html(as_mara, conference)
    address = reverse("guess_list", args=[conference.pk])
    assert "One call was found that may belong to this meeting." in words(page)
    assert f'href="{address}"' in page
    assert "Ines Duarte ines.duarte@example.edu 10:00:00–11:00:00 60.00" in words(
        html(as_mara, address)
    )
    decide = reverse("decide_guess", args=[conference.pk, guess.pk])
    after = as_mara.post(decide, {"decision": "accept"}, follow=True).content.decode()
    assert "accepted by Mara Lindqvist" in words(after)
    page = html(as_mara, conference)
    assert rows(page)[0][:3] == ["Ines Duarte", "ines.duarte@example.edu", "60.00"]
    assert "One call counts because somebody accepted it." in words(page)
    as_mara.post(decide, {"decision": "take_back"})
    assert rows(html(as_mara, conference)) == []


def test_never_synced(as_mara: Client, mara: User) -> None:
    page = html(as_mara, making.conference(mara))
    assert "Never synced." in words(panel(page))
    assert "Press Sync Data above" in words(results(page))
    assert 'data-run="" data-status="" data-verdict=""' in page


def test_a_run_in_progress(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    run = making.open_run(
        conference,
        requested_by=mara,
        parts_done=2,
        parts_planned=5,
        started_at=timezone.now() - timedelta(seconds=20),
    )
    making.step(run, None)
    run.events.create(key="started")
    page = html(as_mara, conference)
    shown = panel(page)
    assert f'data-run="{run.pk}" data-status="running" data-verdict=""' in shown
    assert '<progress max="100" value="40"' in shown
    said = words(shown)
    assert "Reading from the platform 40 % about 30 seconds left" in said
    assert "Attendance running" in said
    assert "Asked for by Mara Lindqvist" in said
    assert "A worker started" in said
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "Reload now" in said
    assert "A sync is running. What it finds appears here by itself." in words(results(page))


def test_waiting_for_the_platform(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    until = timezone.now() + timedelta(days=2)
    making.open_run(conference, waiting_until=until)
    said = words(panel(html(as_mara, conference)))
    assert re.search(r"Waiting for Microsoft until [A-Z][a-z]+\.? \d+, \d{4}, \d\d:\d\d\.", said)


def test_no_worker(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    run = making.open_run(
        conference, status=RunStatus.QUEUED, phase="queued", started_at=None, lease_expires_at=None
    )
    assert "No worker is running" not in words(html(as_mara, conference))
    type(run).objects.update(created_at=timezone.now() - timedelta(seconds=31))
    said = words(panel(html(as_mara, conference)))
    assert "No worker is running. Nothing is lost" in said
    assert "Ask an administrator to start one" in said
    assert "Attendance waiting" in said


def test_a_part_with_trouble_can_be_retried(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    run = making.run(conference, verdict=Verdict.FAILED, message_key="failed")
    making.step(run, Outcome.FAILED, reason_code="platform_fault")
    shown = panel(html(as_mara, conference))
    assert '<input type="hidden" name="operation" value="attendance">' in shown
    assert "Retry this part: attendance" in words(shown)
    run.steps.update(outcome=Outcome.NO_DATA)
    assert "Retry this part" not in words(html(as_mara, conference))


def test_a_run_has_a_page_with_the_vendors_request_id(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    run = making.run(
        conference, verdict=Verdict.FAILED, message_key="failed", requested_by=mara, requests=9
    )
    failure = {
        "feed": "attendance_reports",
        "kind": "transient",
        "code": "platform_fault",
        "detail": "503 serviceUnavailable",
        "request_id": "0a1b-2c3d",
    }
    making.step(run, Outcome.FAILED, reason_code="platform_fault", failures=[failure], requests=4)
    run.events.create(key="requested")
    said = words(html(as_mara, reverse("sync_run", args=[conference.pk, run.pk])))
    assert "Sync failed" in said
    assert "The platform answered with a fault of its own. Wait a little." in said
    assert "Reading attendance reports failed transient 503 serviceUnavailable" in said
    assert "The platform's request id: 0a1b-2c3d" in said
    assert "Asked for by Mara Lindqvist" in said
    assert "Sync requested" in said


def test_history_says_what_came_of_each_part(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    run = making.run(conference, requested_by=mara, items=3, message_key="synced")
    making.step(run, Outcome.SUCCEEDED, created=2, unchanged=1)
    page = html(as_mara, f"{reverse('conference_detail', args=[conference.pk])}?tab=history")
    said = words(results(page))
    assert "Mara Lindqvist Synced Successfully synced 3 items." in said
    assert "attendance: succeeded – 3 items · 2 new · 1 unchanged 2.0 s" in said
    assert f'href="{reverse("sync_run", args=[conference.pk, run.pk])}"' in page


def test_time_slots_have_a_tab_only_where_they_are_used(as_mara: Client, mara: User) -> None:
    without = making.conference(mara)
    assert "Time Slots" not in words(html(as_mara, without))
    slotted = making.conference(mara, use_time_slots=True)
    slot = slotted.time_slots.create(starts_at=making.START, ends_at=making.START + making.HOUR)
    run = making.run(slotted)
    making.step(run, slot=slot.pk, label="2026-03-10 09:00", reason_code="nobody_attended")
    page = html(as_mara, f"{reverse('conference_detail', args=[slotted.pk])}?tab=slots")
    said = "10:00–11:00 no join link Add to calendar: March 10, 2026, 10:00 pending"
    assert f"Tue, March 10, 2026, {said}" in words(results(page))
    # of the slot the panel tells the reader's time, not the label's UTC
    assert "Attendance no data March 10, 2026, 10:00" in words(panel(page))


def test_an_administrator_sees_every_conference(client: Client, mara: User) -> None:
    conference = making.conference(mara)
    client.force_login(making.account("admin@example.edu", is_staff=True, is_superuser=True))
    assert 'id="sync-panel"' in html(client, conference)
    assert "Reading group" in words(html(client, reverse("conference_list")))


def test_lists_that_are_empty_say_why(as_mara: Client, mara: User) -> None:
    address = reverse("conference_list")
    assert "No conferences yet" in words(html(as_mara, address))
    making.conference(mara)
    said = words(html(as_mara, f"{address}?q=zebra"))
    assert "No conference matches" in said
    assert "Show all" in said
    assert "No conference matches" in words(html(as_mara, f"{address}?when=upcoming"))


def test_the_list_is_newest_first(as_mara: Client, mara: User) -> None:
    for title, days in (("Oldest", 0), ("Newest", 9), ("Middle", 4)):
        start = making.START + timedelta(days=days)
        making.conference(mara, title=title, starts_at=start, ends_at=start + making.HOUR)
    titles = re.findall(r'class="title"><a [^>]*>(\w+)', html(as_mara, reverse("conference_list")))
    assert titles == ["Newest", "Middle", "Oldest"]
