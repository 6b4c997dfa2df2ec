"""Takes conferences from a registrar's file: all of them, or none and a list of what is wrong."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models.functions import Lower

from accounts.models import User
from conferences.actions.bookings import give_all_back
from conferences.actions.import_rows import (
    TIMES,
    complain_about_unknown,
    copy_fields,
    is_storable,
    list_rows,
    more_than_once,
    named,
    shown,
)
from conferences.models import Conference, ConferenceTimeSlot, Membership
from conferences.models.meeting import PlannedMeeting
from conferences.models.membership import Role, address_key
from conferences.store.upsert import update

Meeting = TypeVar("Meeting", bound=PlannedMeeting)

MEETING_FIELDS = (
    "meeting_id",
    "online_meeting_id",
    "meeting_link",
    "team_id",
    "auto_recording_status",
)
CONFERENCE_FIELDS = (
    "title",
    "description",
    "course_code",
    "platform",
    "organizer_email",
    "timezone",
    "use_time_slots",
    *MEETING_FIELDS,
)
MEMBER_FIELDS = ("role", "name", "email", "directory_id")


class ImportProblemError(Exception):
    """``problems``: one line for each wrong value, naming where it is, what it is, what helps.

    What no terminal can show stands there escaped.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = ["".join(map(_visible, line)) for line in problems]
        super().__init__("\n".join(self.problems))


def _visible(character: str) -> str:
    return character if character.isprintable() else repr(character)[1:-1]


def import_conferences(document: object) -> int:
    """Create or update the conferences of {"conferences": [...]}; returns how many there are.

    A key that is absent keeps what is stored; people are added to the roster, never removed.
    """
    rows = document.get("conferences") if isinstance(document, Mapping) else None
    if not isinstance(rows, list):
        raise ImportProblemError(['The file must hold {"conferences": [ … ]}.'])
    problems = [
        f"conference {key}: id={key} is in the file more than once. Keep one, or give another id."
        for key in more_than_once(row.get("id") for row in rows if isinstance(row, Mapping))
    ]
    with transaction.atomic():
        for number, row in enumerate(rows, start=1):
            _import_one(f"conference {number}", row, problems)
        if problems:
            raise ImportProblemError(problems)
        _reset_sequences(Conference, ConferenceTimeSlot)
    return len(rows)


def _import_one(place: str, row: object, problems: list[str]) -> None:
    if not isinstance(row, Mapping):
        problems.append(f"{place}: {shown(row)} is not an object. Write {{ … }}.")
        return
    if row.get("id") is not None:
        place = f"conference {named(row['id'])}"
    known = {"id", "time_slots", "roster", *CONFERENCE_FIELDS, *TIMES}
    complain_about_unknown(place, row, known, problems)
    conference = _stored(Conference, place, row, problems)
    if conference is None:
        return
    allowed = conference.organizer_email if conference.organizer_allowed_by_id else None
    if not _fill(conference, place, row, CONFERENCE_FIELDS, problems):
        return
    if allowed and address_key(allowed) != address_key(conference.organizer_email):
        conference.organizer_allowed_by = None
        conference.save(update_fields=["organizer_allowed_by"], meeting_is_given=True)
    slot_rows = list_rows(place, row, "time_slots", problems)
    for key in more_than_once(slot_row.get("id") for slot_row in slot_rows):
        problems.append(
            f"{place}, time slot {key}: id={key} is here more than once. "
            "Keep one, or give another id."
        )
    for number, slot_row in enumerate(slot_rows, start=1):
        slot_place = f"{place}, time slot {named(slot_row.get('id') or number)}"
        complain_about_unknown(slot_place, slot_row, {"id", *MEETING_FIELDS, *TIMES}, problems)
        slot = _stored(ConferenceTimeSlot, slot_place, slot_row, problems)
        if slot is None:
            continue
        if slot.conference_id not in {None, conference.pk}:
            problems.append(
                f"{slot_place}: id={slot.pk} belongs to another conference, {slot.conference_id}. "
                "Give another id, or none."
            )
            continue
        slot.conference = conference
        _fill(slot, slot_place, slot_row, MEETING_FIELDS, problems)
    _import_roster(conference, place, list_rows(place, row, "roster", problems), problems)


def _import_roster(
    conference: Conference, place: str, rows: list[Mapping[str, Any]], problems: list[str]
) -> None:
    """Members by e-mail, whatever its letter case; a thousand of them in a few statements."""
    stored = {address_key(member.email): member for member in conference.roster.all()}
    typed = [email if isinstance(email := row.get("email"), str) else "" for row in rows]
    emails = [address_key(email) for email in typed]
    for email in more_than_once(emails):
        problems.append(
            f"{place}, roster: email={shown(email)} is there more than once. Keep one of them."
        )
    users = User.objects.annotate(key=Lower("email")).filter(key__in=filter(is_storable, emails))
    accounts = {address_key(user.email): user for user in users}
    created: list[Membership] = []
    updated: list[Membership] = []
    for number, (email, row) in enumerate(zip(emails, rows, strict=True), start=1):
        row_place = f"{place}, roster {number}"
        complain_about_unknown(row_place, row, set(MEMBER_FIELDS), problems)
        member = stored.get(email)
        (updated if member else created).append(member := member or Membership())
        stored[email] = member
        member.conference, member.user = conference, accounts.get(email)
        copy_fields(member, row_place, row, MEMBER_FIELDS, problems)
    organizer = conference.organizer_email
    teaching = {email for email, member in stored.items() if member.role == Role.INSTRUCTOR}
    is_allowed = conference.organizer_allowed_by_id is not None
    if organizer and address_key(organizer) not in teaching and not is_allowed:
        problems.append(
            f"{place}: organizer_email={organizer!r} is no instructor of it. "
            "Put them on the roster with that role, or name another."
        )
    if not problems:
        Membership.objects.bulk_create(created)
        update(list(dict.fromkeys(m for m in updated if m.pk)), (*MEMBER_FIELDS, "user_id"))
        teachers = conference.roster.filter(role=Role.INSTRUCTOR, bookings__isnull=False)
        for teacher in teachers.distinct():
            give_all_back(teacher)


def _stored(
    model: type[Meeting], place: str, row: Mapping[str, Any], problems: list[str]
) -> Meeting | None:
    """The stored row with this id, or a new one that will have it."""
    key = row.get("id")
    if key is None:
        return model()
    if not isinstance(key, int) or isinstance(key, bool) or key < 1:
        problems.append(f"{place}: id={shown(key)} is not a whole number above 0.")
        return None
    return model._default_manager.filter(pk=key).first() or model(pk=key)


def _fill(
    target: PlannedMeeting,
    place: str,
    row: Mapping[str, Any],
    fields: tuple[str, ...],
    problems: list[str],
) -> bool:
    """Copy the fields that the row has, validate and save; False and problems if it is wrong."""
    if not copy_fields(target, place, row, (*fields, *TIMES), problems):
        return False
    try:
        target.validate_constraints()
    except ValidationError as error:
        problems.append(f"{place}: {' '.join(error.messages)}")
        return False
    target.save(meeting_is_given="online_meeting_id" in row)
    return True


def _reset_sequences(*models_with_ids: type[models.Model]) -> None:
    """Ids were given: PostgreSQL must go on counting after the highest."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_with_ids):
            cursor.execute(statement)
