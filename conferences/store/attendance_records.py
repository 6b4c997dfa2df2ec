"""Merges a conference's source rows into one record a person."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from conferences.models import (
    AttendanceRecord,
    AttendanceSession,
    AttendanceSitting,
    Conference,
)
from conferences.models.attendance import Source
from conferences.rules.attendance import Person, Rank, Sitting, Stay, merge
from conferences.rules.slots import slot_of
from conferences.store.plan import links_by_slot, margins
from conferences.store.roster import Roster
from conferences.store.upsert import changed, update

RECORD_COLUMNS = (
    "person_key",
    "name",
    "email",
    "directory_id",
    "identified_by",
    "attended",
    "session_count",
    "first_joined_at",
    "last_left_at",
    "membership_id",
    "match_rule",
    "vanished_at",
)


def people_of(sittings: Collection[int]) -> list[int]:
    """Primary keys of the records that sessions of these sittings belong to, in order."""
    return list(
        AttendanceRecord.objects.filter(sessions__sitting__in=sittings, sessions__vanished_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
        .distinct()
    )


@transaction.atomic
def rebuild(conference: Conference) -> dict[int, str]:
    """Merge all source rows of a conference into its records.

    Returns what happened to each record by primary key: created, updated, unchanged or vanished.
    Source rows and records that stay the same are not written.
    """
    Conference.objects.select_for_update().get(pk=conference.pk)  # one merge at a time
    plan = _Plan(conference)
    sittings = [plan.sitting(row) for row in conference.sittings.all()]
    rows = AttendanceSession.objects.filter(sitting__in=[sitting.key for sitting in sittings])
    sessions = {row.pk: row for row in rows}
    roster = Roster(conference)
    people = merge(sittings, (_stay(row) for row in sessions.values()), roster.pairs)
    new = [roster.record_of(person, _vanished_at(person, sessions)) for person in people]
    records, happened = _save_people(conference, people, new)
    touched = []
    for person, record in zip(people, records, strict=True):
        for key in person.stays:
            session, counted = sessions[key], key in person.counted
            if (session.record_id, session.is_counted) != (record.pk, counted):
                session.record_id, session.is_counted = record.pk, counted
                touched.append(session)
    update(touched, ("record_id", "is_counted"))
    _drop_unsupported(conference, {record.pk for record in records})
    return happened


def _vanished_at(person: Person, sessions: Mapping[int, AttendanceSession]) -> datetime | None:
    """When the last of a person's sessions was gone; None while there is one."""
    moments = [sessions[key].vanished_at for key in person.stays]
    gone = [moment for moment in moments if moment is not None]
    return max(gone) if len(gone) == len(moments) else None


def _save_people(
    conference: Conference, people: list[Person], new_records: list[AttendanceRecord]
) -> tuple[list[AttendanceRecord], dict[int, str]]:
    """The stored records of these people, in order, and what happened to each."""
    stored = {record.person_key: record for record in conference.attendance.all()}
    records: list[AttendanceRecord] = []
    kinds: list[str] = []
    for person, new in zip(people, new_records, strict=True):
        old = next((stored.pop(key) for key in person.keys if key in stored), None)
        was_there = old is not None and old.vanished_at is None
        records.append(old or new)
        if old is None:
            kinds.append("created")
        elif not changed(old, new, RECORD_COLUMNS):
            kinds.append("unchanged")
        else:
            kinds.append("vanished" if was_there and new.vanished_at else "updated")
    pairs = list(zip(records, kinds, strict=True))
    AttendanceRecord.objects.bulk_create(record for record, kind in pairs if kind == "created")
    written = [record for record, kind in pairs if kind in ("updated", "vanished")]
    update(written, RECORD_COLUMNS)
    return records, {record.pk: kind for record, kind in pairs}


def _drop_unsupported(conference: Conference, supported: set[int]) -> None:
    """Records are derived: one that no source row supports any more (a guess taken back) goes."""
    stored = conference.attendance.values_list("pk", flat=True)
    stale = [pk for pk in stored if pk not in supported]
    if stale:
        AttendanceSession.objects.filter(record__in=stale).update(record=None, is_counted=False)
        AttendanceRecord.objects.filter(pk__in=stale).delete()


class _Plan:
    """Which stored sittings belong to what is planned now: the time and the meeting may change."""

    def __init__(self, conference: Conference) -> None:
        self._meetings = {meeting.slot: meeting for meeting in conference.meetings()}
        self._links = links_by_slot(conference)
        self._margins = margins()

    def sitting(self, row: AttendanceSitting) -> Sitting:
        return Sitting(
            key=row.pk,
            source_id=row.source_id,
            rank=_rank(row) if self._has(row) else Rank.ELSEWHERE,
            slot=row.slot_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )

    def _has(self, row: AttendanceSitting) -> bool:
        meeting = self._meetings.get(row.slot_id)
        if meeting is None or row.read_through not in self._links[row.slot_id]:
            return False
        span = {row.slot_id: (meeting.starts_at, meeting.ends_at)}
        return slot_of(row.starts_at, row.ends_at, span, *self._margins)[0]


def _rank(row: AttendanceSitting) -> Rank:
    if row.is_guess and not row.accepted_at:
        return Rank.GUESS
    if not row.is_complete:
        return Rank.INCOMPLETE
    if row.source == Source.ATTENDANCE_REPORTS:
        return Rank.REPORT
    return Rank.ACCEPTED_GUESS if row.is_guess else Rank.CALL_RECORD


def _stay(row: AttendanceSession) -> Stay:
    return Stay(
        key=row.pk,
        sitting=row.sitting_id,
        entry_id=row.entry_id,
        directory_id=row.directory_id,
        email=row.email,
        label=row.label,
        joined_at=row.joined_at,
        left_at=row.left_at,
        is_gone=row.vanished_at is not None,
    )
