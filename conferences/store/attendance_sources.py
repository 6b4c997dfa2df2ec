"""Stores sittings and their sessions as the platform gave them."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.utils import timezone

from conferences.models import AttendanceSession, AttendanceSitting, Conference
from conferences.models.attendance import Source
from conferences.store.plan import Place
from conferences.store.upsert import upsert
from platforms.contract import Feed
from platforms.records import RemoteInterval, RemoteSitting

REPORTS_KEPT = 50  # Microsoft lists no more, and none older than a year
REPORTS_KEPT_FOR = timedelta(days=365)

SITTING_COLUMNS = (
    "slot_id",
    "read_through",
    "starts_at",
    "ends_at",
    "is_guess",
    "vanished_at",
)
SESSION_COLUMNS = (
    "entry_id",
    "directory_id",
    "email",
    "label",
    "role",
    "joined_at",
    "left_at",
    "vanished_at",
)


def save_sitting(
    conference: Conference, place: Place, feed: Feed, remote: RemoteSitting
) -> AttendanceSitting:
    """The stored row of a report or call record. An accepted guess stays accepted."""
    new = AttendanceSitting(
        conference=conference,
        slot_id=place.slot,
        source=Source(feed.value),
        source_id=remote.source_id,
        read_through=place.read_through,
        starts_at=remote.starts_at,
        ends_at=remote.ends_at,
        is_guess=remote.is_guess,
    )
    siblings = conference.sittings.filter(source=new.source)
    [row] = [
        r for rows in upsert(siblings, [new], "source_id", SITTING_COLUMNS).values() for r in rows
    ]
    return row


def save_sessions(sitting: AttendanceSitting, intervals: Iterable[RemoteInterval]) -> None:
    rows = [
        AttendanceSession(
            sitting=sitting,
            source_id=interval.source_id,
            entry_id=interval.entry_id,
            directory_id=interval.person.directory_id,
            email=interval.person.email,
            label=interval.person.label[:300],
            role=interval.role[:40],
            joined_at=interval.joined_at,
            left_at=interval.left_at,
        )
        for interval in intervals
    ]
    if rows:
        upsert(sitting.sessions.all(), rows, "source_id", SESSION_COLUMNS)


def close_sitting(sitting: AttendanceSitting, seen: Collection[str]) -> None:
    """After a sitting was read to its end: it is complete, and what it no longer holds is gone."""
    stored = sitting.sessions.filter(vanished_at=None).values_list("pk", "source_id")
    gone = [pk for pk, source_id in stored if source_id not in seen]
    if gone:
        AttendanceSession.objects.filter(pk__in=gone).update(vanished_at=timezone.now())
    if not sitting.is_complete:
        AttendanceSitting.objects.filter(pk=sitting.pk).update(is_complete=True)


def mark_vanished_reports(
    conference: Conference, slot: int | None, read_through: str, listed: Collection[str]
) -> None:
    """After a complete listing: reports of this meeting that are gone, not merely too old."""
    if len(listed) >= REPORTS_KEPT:
        return
    stored = conference.sittings.filter(
        slot_id=slot,
        source=Source.ATTENDANCE_REPORTS,
        read_through=read_through,
        vanished_at=None,
        starts_at__gt=timezone.now() - REPORTS_KEPT_FOR,
    )
    rows = stored.values_list("pk", "source_id")
    gone = [pk for pk, source_id in rows if source_id not in listed]
    if gone:
        conference.sittings.filter(pk__in=gone).update(vanished_at=timezone.now())
