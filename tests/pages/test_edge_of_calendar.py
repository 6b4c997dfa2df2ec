"""Moments that are stored at the edge of the calendar: neighbouring zones have left it there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conferences.models import AttendanceRecord, AttendanceSession
from conferences.templatetags import times
from syncing.models import SyncRun
from tests.pages import making
from tests.pages import making_artifacts as artifacts

pytestmark = pytest.mark.django_db

EDGES = [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
ZONES = ["UTC", "Asia/Tokyo", "America/New_York"]
TABS = ("participants", "recordings", "chat", "transcripts", "files", "history")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("edge", EDGES, ids=["first", "last"])
def test_every_way_to_write_a_moment(edge: datetime, zone: str) -> None:
    with timezone.override(zone):
        for write in (
            *(times.clock, times.clock_in_text, times.clock_with_seconds, times.day),
            *(times.on_day, times.on_day_in_text, times.soon, times.weekday),
        ):
            assert write(edge)
        now = timezone.now()
        assert times.clock_after(edge, now)
        assert times.clock_after(now, edge)
        assert times.span(*sorted((edge, now)))
        assert times.span(*sorted((edge, now)), "Pacific/Kiritimati")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("edge", EDGES, ids=["first", "last"])
def test_a_page_can_be_looked_at_whatever_is_stored(edge: datetime, zone: str) -> None:
    mara = making.account("mara.lindqvist@example.edu", zone)
    noor = making.account("noor.haddad@example.edu", zone)
    conference = making.conference(mara, noor)
    member = conference.roster.get(user=noor)
    making.person(making.sitting(conference), "Noor Haddad", noor.email, member=member)
    moments = {"joined_at": edge} if edge.year == 1 else {"left_at": edge}
    AttendanceSession.objects.update(**moments)
    AttendanceRecord.objects.update(
        attended=timedelta(days=900_000),
        **{"first_joined_at" if edge.year == 1 else "last_left_at": edge},
    )
    artifacts.recording(conference, starts_at=edge, duration=timedelta())
    artifacts.message(conference, at=edge, edited_at=edge)
    artifacts.transcript(conference, (0, "Ines Duarte", "Good morning"), starts_at=edge)
    artifacts.shared_file(conference, shared_at=edge)
    run = making.run(conference)
    SyncRun.objects.filter(pk=run.pk).update(waiting_until=edge)
    client = Client()
    client.force_login(mara)
    for tab in TABS:
        answer = client.get(f"{conference.get_absolute_url()}?tab={tab}")
        assert (tab, answer.status_code) == (tab, 200)
    client.force_login(noor)
    assert client.get(conference.get_absolute_url()).status_code == 200
