"""Merges a conference's source rows into one record a person."""

from collections.abc import Collection

from django.db import transaction

from conferences.models import (
    AttendanceRecord,
    AttendanceSession,
    AttendanceSitting,
    Conference,
    Membership,
)
from conferences.models.attendance import Identification, Source
from conferences.rules.attendance import Person, Rank, Sitting, Stay, merge
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

    Returns what happened to each record by primary key: created, updated or unchanged. Source
    rows and records that stay the same are not written.
    """
    Conference.objects.select_for_update().get(pk=conference.pk)  # one merge at a time
    sittings = [_sitting(row) for row in conference.sittings.all()]
    sessions = {
        row.pk: row
        for row in AttendanceSession.objects.filter(
            sitting__conference=conference, vanished_at=None
        )
    }
    people = merge(sittings, (_stay(row) for row in sessions.values()))
    records, happened = _save_people(conference, people)
    touched = []
    for person, record in zip(people, records, strict=True):
        for key in person.stays:
            session, counted = sessions.pop(key), key in person.counted
            if (session.record_id, session.is_counted) != (record.pk, counted):
                session.record_id, session.is_counted = record.pk, counted
                touched.append(session)
    update(touched, ("record_id", "is_counted"))
    _drop_unsupported(conference, {record.pk for record in records})
    return happened


def _save_people(
    conference: Conference, people: list[Person]
) -> tuple[list[AttendanceRecord], dict[int, str]]:
    stored = {record.person_key: record for record in conference.attendance.all()}
    roster = _Roster(conference)
    records: list[AttendanceRecord] = []
    kinds: list[str] = []
    for person in people:
        new = roster.record_of(person)
        old = next((stored.pop(key) for key in person.keys if key in stored), None)
        records.append(old or new)
        if old is None:
            kinds.append("created")
        else:
            kinds.append("updated" if changed(old, new, RECORD_COLUMNS) else "unchanged")
    pairs = list(zip(records, kinds, strict=True))
    AttendanceRecord.objects.bulk_create(record for record, kind in pairs if kind == "created")
    update([record for record, kind in pairs if kind == "updated"], RECORD_COLUMNS)
    return records, {record.pk: kind for record, kind in pairs}


def _drop_unsupported(conference: Conference, supported: set[int]) -> None:
    """Records are derived: one that no source row supports any more (a guess taken back) goes."""
    stored = conference.attendance.values_list("pk", flat=True)
    stale = [pk for pk in stored if pk not in supported]
    if stale:
        AttendanceSession.objects.filter(record__in=stale).update(record=None, is_counted=False)
        AttendanceRecord.objects.filter(pk__in=stale).delete()


class _Roster:
    """Matches people to memberships: by directory id, else by e-mail, never by name."""

    def __init__(self, conference: Conference) -> None:
        self._conference = conference
        members = list(Membership.objects.filter(conference=conference).select_related("user"))
        self._by_id = {
            directory_id.lower(): member
            for member in members
            for directory_id in (member.directory_id, member.user and member.user.directory_id)
            if directory_id
        }
        self._by_email = {member.email.lower(): member for member in members}

    def record_of(self, person: Person) -> AttendanceRecord:
        member, rule = self._by_id.get(person.directory_id or ""), Identification.DIRECTORY_ID
        if member is None:
            member, rule = self._by_email.get(person.email or ""), Identification.EMAIL
        return AttendanceRecord(
            conference=self._conference,
            person_key=person.keys[0],
            name=person.name[:300],
            email=person.email,
            directory_id=person.directory_id,
            identified_by=person.identified_by,
            attended=person.attended,
            session_count=len(person.counted),
            first_joined_at=person.first_joined_at,
            last_left_at=person.last_left_at,
            membership_id=member.pk if member else None,
            match_rule=rule if member else None,
        )


def _sitting(row: AttendanceSitting) -> Sitting:
    return Sitting(
        key=row.pk,
        source_id=row.source_id,
        rank=_rank(row),
        slot=row.slot_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


def _rank(row: AttendanceSitting) -> Rank:
    if row.source == Source.ATTENDANCE_REPORTS:
        return Rank.REPORT
    if not row.is_guess:
        return Rank.CALL_RECORD
    return Rank.ACCEPTED_GUESS if row.accepted_at else Rank.GUESS


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
    )
