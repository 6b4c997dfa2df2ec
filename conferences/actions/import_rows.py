"""One row of a registrar's file: its fields taken over, each wrong value named."""

from collections import Counter
from collections.abc import Iterable, Mapping
from reprlib import Repr
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_datetime

from platforms.redact import storable

TIMES = ("starts_at", "ends_at")
LONGEST = 80  # characters of a value that a problem repeats

_brief = Repr()
_brief.maxstring = _brief.maxlong = _brief.maxother = LONGEST
_brief.maxlevel, _brief.maxlist, _brief.maxdict = 1, 2, 2


class WrongValueError(Exception):
    """What is wrong with a value, and what helps: the end of a sentence."""


def shown(value: object) -> str:
    """A value as a problem repeats it: not all of a long one."""
    return _brief.repr(value)


def named(value: object) -> str:
    """The same for a name, without quotes."""
    return value[:LONGEST] if isinstance(value, str) else shown(value)


def is_storable(value: str) -> bool:
    """PostgreSQL stores no NUL character, and no database half of a surrogate pair."""
    return storable(value) == value


def copy_fields(
    target: models.Model,
    place: str,
    row: Mapping[str, Any],
    fields: tuple[str, ...],
    problems: list[str],
) -> bool:
    """Set the fields that the row has and validate them, without asking the database."""
    before = len(problems)
    wrong: set[str] = set()
    for name in fields:
        if name in row:
            try:
                value = _read(target._meta.get_field(name), row[name])
            except WrongValueError as error:
                problems.append(f"{place}: {name}={shown(row[name])} {error}")
                value = None
                wrong.add(name)
            setattr(target, name, value)
    others = {"conference", "user", "last_run"}
    try:
        target.full_clean(exclude=others | wrong, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            said, value = " ".join(messages), row.get(name)
            if isinstance(value, str) and len(value) > LONGEST:
                said = said.replace(value, named(value) + "…")
            given = f"={shown(value)}" if name in row else ""
            problems.append(f"{place}: {name}{given}: {said}")
    return len(problems) == before


def _read(field: Any, value: Any) -> Any:
    """What the column takes: text, a moment, or yes and no; or None where it may be unknown."""
    if isinstance(field, models.DateTimeField):
        return _moment(value)
    if isinstance(field, models.BooleanField):
        if not isinstance(value, bool):
            raise WrongValueError("is not yes or no. Write true or false.")
    elif value is None and field.null:
        return None
    elif not isinstance(value, str):
        raise WrongValueError('is not a text. Write it in "quotes", or leave it out.')
    elif not is_storable(value):
        raise WrongValueError("holds a character that cannot be stored. Remove it.")
    elif field.choices and value not in dict(field.flatchoices):
        known = ", ".join(choice for choice, _ in field.flatchoices)
        raise WrongValueError(f"is unknown. Choose from: {known}.")
    return value


def _moment(value: object) -> Any:
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise WrongValueError("is not a time with its offset. Write 2026-09-01T13:00:00+02:00.")
    return moment


def list_rows(
    place: str, row: Mapping[str, Any], key: str, problems: list[str]
) -> list[Mapping[str, Any]]:
    rows = row.get(key)
    if rows is None:
        return []
    if isinstance(rows, list) and all(isinstance(item, Mapping) for item in rows):
        return rows
    problems.append(f"{place}: {key}={shown(rows)} is not a list of objects. Write [{{ … }}].")
    return []


def complain_about_unknown(
    place: str, row: Mapping[str, Any], known: set[str], problems: list[str]
) -> None:
    for name in sorted(set(row) - known):
        choices = ", ".join(sorted(known))
        problems.append(f"{place}: {named(name)} is unknown. Choose from: {choices}.")


def more_than_once(values: Iterable[object]) -> list[Any]:
    """Ids and addresses that come again: the last would silently win."""
    counts = Counter(value for value in values if isinstance(value, int | str) and value)
    return [value for value, count in counts.items() if count > 1]
