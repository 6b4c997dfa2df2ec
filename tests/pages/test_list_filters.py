"""The list of conferences: what is archived, taught, learned, not recorded, and what comes next."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry, User
from conferences.models import Conference
from tests.pages import making
from tests.pages.reading import html, part, words

pytestmark = pytest.mark.django_db


def test_archive_and_back(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    address = reverse("archive", args=[conference.pk])
    for decision, listed, archived in (("archive", False, True), ("bring_back", True, False)):
        for _ in range(2):
            assert as_mara.post(address, {"decision": decision}).status_code == 302
        assert ("Reading group" in words(html(as_mara, "/conferences/"))) is listed
        shelf = html(as_mara, "/conferences/?shelf=archived")
        assert ("Reading group" in words(shelf)) is archived
        assert ("in the archive" in words(html(as_mara, conference))) is archived
    entries = AuditEntry.objects.filter(act__in=[Act.ARCHIVED, Act.BROUGHT_BACK])
    assert [one.act for one in entries.order_by("pk")] == [Act.ARCHIVED, Act.BROUGHT_BACK]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Alone", "Worst", "Learned"}),
        ("?recording=failed", {"Worst"}),
        ("?recording=verified", set()),  # also of those that Mara learns in
        ("?role=teaching", {"Alone", "Worst"}),
        ("?role=learning", {"Learned"}),
        ("?platform=zoom", {"Alone"}),
        ("?platform=x&role=x&shelf=x&recording=x&when=x", {"Alone", "Worst", "Learned"}),
    ],
)
def test_the_list_is_filtered(
    as_mara: Client, mara: User, noor: User, query: str, titles: set[str]
) -> None:
    making.conference(mara, title="Alone", platform="zoom")
    making.conference(mara, title="Worst", auto_recording_status="failed")
    making.conference(noor, mara, title="Learned", auto_recording_status="verified")
    making.conference(mara, title="Gone", archived_at=timezone.now())
    page = html(as_mara, f"/conferences/{query}")
    found = re.findall(r'<td class="title"><a [^>]*>(.*?)</a>', page)
    assert set(found) == titles
    assert len(found) == len(titles)


def test_a_time_slot_to_come_is_upcoming(as_mara: Client, mara: User) -> None:
    """Whatever the conference's own times say; one that is cancelled or over is none."""
    hour, now = making.HOUR, timezone.now()
    over = {"starts_at": now - 3 * hour, "ends_at": now - 2 * hour}
    to_come = {"starts_at": now + hour, "ends_at": now + 2 * hour}
    for title, own, slot in (
        ("Late slot", over, to_come),
        ("Late end", to_come, over),
        ("Over", over, over),
        ("Cancelled", over, {**to_come, "cancelled_at": now}),
    ):
        made = making.conference(mara, title=title, use_time_slots=True, **own)
        made.time_slots.create(**slot)
    kept = making.conference(mara, title="Without slots now", **over)
    kept.time_slots.create(**to_come)
    for when, titles in (
        ("upcoming", {"Late slot", "Late end"}),
        ("past", {"Over", "Cancelled", "Without slots now"}),
    ):
        page = html(as_mara, f"/conferences/?when={when}")
        found = re.findall(r'<td class="title"><a [^>]*>(.*?)</a>', page)
        assert set(found) == titles, when
        assert len(found) == len(titles), when


def test_next_dates_of_who_learns(as_noor: Client, noor: User, mara: User) -> None:
    """Booked ones and those for everybody, soonest first; none that is cancelled, full or over."""
    conference = making.conference(mara, noor, use_time_slots=True, meeting_link=None)
    day, now = timedelta(days=1), timezone.now()

    def slot(days: int, **columns: object) -> None:
        starts_at = now + days * day
        conference.time_slots.create(
            starts_at=starts_at,
            ends_at=starts_at + making.HOUR,
            meeting_link=f"https://teams.example.org/{days}",
            **columns,
        )

    slot(-3)
    slot(1, capacity=1, booked=1)
    slot(2, cancelled_at=now)
    slot(3)
    slot(4, capacity=2, booked=1)
    mine = conference.time_slots.get(capacity=2)
    mine.bookings.create(member=conference.roster.get(user=noor))
    making.conference(mara, noor, title="Alone", starts_at=now - day, ends_at=now + day)
    making.conference(mara, title="Somebody else's", starts_at=now - day, ends_at=now + day)

    page = html(as_noor, "/conferences/")
    coming = part(page, 'class="sheet coming"', "</section>")
    assert re.findall(r'href="https://teams.example.org/([^"]+)"', coming) == [
        *("l/meetup-join/1", "3", "4")
    ]
    assert "Automatic recording" not in words(page)
    assert "your next:" in words(page)


def test_somebody_without_a_date_is_led_to_one(as_noor: Client, noor: User, mara: User) -> None:
    conference: Conference = making.conference(mara, noor, use_time_slots=True)
    starts_at = timezone.now() + timedelta(days=1)
    conference.time_slots.create(starts_at=starts_at, ends_at=starts_at + making.HOUR, capacity=2)
    assert "Book a date: Reading group" in words(html(as_noor, "/conferences/"))
