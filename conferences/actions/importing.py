"""Takes conferences from a registrar's file: all of them, or none and a list of what is wrong."""

from collections.abc import Mapping
from copy import copy
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, models, transaction

from conferences.actions.import_changes import refuse_orphans, tell_calendar, tell_platform
from conferences.actions.import_roster import import_roster
from conferences.actions.import_rows import (
    TIMES,
    complain_about_unknown,
    copy_fields,
    list_rows,
    more_than_once,
    named,
    shown,
)
from conferences.arranging.keeping import sum_up
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.meeting import PlannedMeeting
from conferences.models.membership import address_key

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
    was = copy(conference)
    if not _fill(conference, place, row, CONFERENCE_FIELDS, problems):
        return
    refuse_orphans(was, conference, place, problems)
    if allowed and address_key(allowed) != address_key(conference.organizer_email):
        conference.organizer_allowed_by = None
        conference.save(update_fields=["organizer_allowed_by"], meeting_is_given=True)
    _import_slots(conference, place, list_rows(place, row, "time_slots", problems), problems)
    if not problems:
        tell_platform(was, conference)
        sum_up(conference)
    import_roster(conference, place, list_rows(place, row, "roster", problems), problems)


def _import_slots(
    conference: Conference, place: str, rows: list[Mapping[str, Any]], problems: list[str]
) -> None:
    for key in more_than_once(row.get("id") for row in rows):
        problems.append(
            f"{place}, time slot {key}: id={key} is here more than once. "
            "Keep one, or give another id."
        )
    for number, row in enumerate(rows, start=1):
        slot_place = f"{place}, time slot {named(row.get('id') or number)}"
        complain_about_unknown(slot_place, row, {"id", *MEETING_FIELDS, *TIMES}, problems)
        slot = _stored(ConferenceTimeSlot, slot_place, row, problems)
        if slot is None:
            continue
        if slot.conference_id not in {None, conference.pk}:
            problems.append(
                f"{slot_place}: id={slot.pk} belongs to another conference, {slot.conference_id}. "
                "Give another id, or none."
            )
            continue
        slot.conference, slot_was = conference, copy(slot)
        if _fill(slot, slot_place, row, MEETING_FIELDS, problems):
            tell_calendar(slot_was, slot)


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
