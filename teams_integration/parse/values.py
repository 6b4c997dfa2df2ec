"""Single fields of a JSON object: what they hold, or a BadResponseError that names them."""

import math
import re
from datetime import UTC, datetime
from typing import Any

from platforms.errors import BadResponseError

LONGEST_ID, LONGEST_EMAIL = 64, 254  # what a directory and the mail standards allow
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?")


def instant(source: dict[str, Any], key: str) -> datetime:
    """An ISO instant in UTC; the vendor's seventh fraction digit is cut, not rounded."""
    value = source.get(key)
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise BadResponseError(f"“{key}” is {type(value).__name__}, not a time.")
    seconds, fraction, zone = match.groups()
    offset = "+00:00" if zone in (None, "Z") else zone
    try:
        moment = datetime.fromisoformat(f"{seconds}{(fraction or '')[:7]}{offset}")
    except ValueError as error:
        raise BadResponseError(f"“{key}” is not a time that exists.") from error
    return moment.astimezone(UTC)


def optional_instant(source: dict[str, Any], key: str) -> datetime | None:
    return None if source.get(key) is None else instant(source, key)


def span(source: dict[str, Any], start: str, end: str) -> tuple[datetime, datetime]:
    """Two instants; an end before its start (clock skew) is taken as the start: no time at all."""
    begins = instant(source, start)
    return begins, max(begins, instant(source, end))


def text(source: dict[str, Any], key: str) -> str:
    """A text that must be there."""
    if (value := optional_text(source, key)) is None:
        raise BadResponseError(f"“{key}” is missing or empty.")
    return value


def optional_text(source: dict[str, Any], key: str) -> str | None:
    """A text or None; "" counts as None. NUL and lone surrogates are taken out."""
    return verbatim(source, key).strip() or None


def verbatim(source: dict[str, Any], key: str) -> str:
    """A text with its white space, "" where there is none. No NUL and no lone surrogates."""
    value = source.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadResponseError(f"“{key}” is {type(value).__name__}, not text.")
    return storable(value)


def storable(value: str) -> str:
    """``value`` without NUL and lone surrogates, which no database takes."""
    return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def optional_number(source: dict[str, Any], key: str) -> float | None:
    """A number of 0 or more; None for none, and for the vendor's -1."""
    value = source.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadResponseError(f"“{key}” is {type(value).__name__}, not a number.")
    return value if value >= 0 else None


def child(source: dict[str, Any], key: str) -> dict[str, Any]:
    """An object, or {} where there is none."""
    value = source.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadResponseError(f"“{key}” is {type(value).__name__}, not an object.")
    return value


def objects(source: dict[str, Any], key: str, *, required: bool = True) -> list[dict[str, Any]]:
    """A list of objects; [] where there is none and it is not ``required``."""
    value = source.get(key)
    if value is None and not required:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadResponseError(f"“{key}” is not a list of objects.")
    return value


def directory_id(value: str | None) -> str | None:
    return value.lower() if value and len(value) <= LONGEST_ID else None


def email(value: str | None) -> str | None:
    """Lower-cased; None for what cannot be an address (a telephone number, an essay)."""
    return value.lower() if value and "@" in value and len(value) <= LONGEST_EMAIL else None
