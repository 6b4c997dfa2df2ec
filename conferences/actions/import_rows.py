"""One row of a registrar's file: its fields taken over, each wrong value named."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_datetime

TIMES = ("starts_at", "ends_at")


def is_storable(value: object) -> bool:
    """PostgreSQL stores no NUL character, and no database half of a surrogate pair."""
    return not isinstance(value, str) or not any(
        character == "\0" or "\ud800" <= character <= "\udfff" for character in value
    )


def copy_fields(
    target: models.Model,
    place: str,
    row: Mapping[str, Any],
    fields: tuple[str, ...],
    problems: list[str],
) -> bool:
    """Set the fields that the row has and validate them, without asking the database."""
    before = len(problems)
    for name in fields:
        if name in TIMES and name in row:
            moment = _moment(row[name])
            if moment is None:
                problems.append(
                    f"{place}: {name}={row[name]!r} is not a time with its offset. "
                    "Write 2026-09-01T13:00:00+02:00."
                )
            setattr(target, name, moment)
        elif not is_storable(row.get(name)):
            problems.append(
                f"{place}: {name}={row[name]!r} holds a character that cannot be stored. Remove it."
            )
        elif name in row:
            setattr(target, name, row[name])
    if len(problems) > before:
        return False
    try:
        target.clean_fields(exclude={"conference", "user", "last_run"})
        target.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            value = f"={row[name]!r}" if name in row else ""
            problems.append(f"{place}: {name}{value}: {' '.join(messages)}")
    return len(problems) == before


def _moment(value: object) -> Any:
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def list_rows(
    place: str, row: Mapping[str, Any], key: str, problems: list[str]
) -> list[Mapping[str, Any]]:
    rows = row.get(key) or []
    if isinstance(rows, list) and all(isinstance(item, Mapping) for item in rows):
        return rows
    problems.append(f"{place}: {key} is not a list of objects. Write [{{ … }}].")
    return []


def complain_about_unknown(
    place: str, row: Mapping[str, Any], known: set[str], problems: list[str]
) -> None:
    for name in sorted(set(row) - known):
        problems.append(f"{place}: {name} is unknown. Choose from: {', '.join(sorted(known))}.")
