"""Single fields of a JSON object: what they hold, or a BadResponseError that names them."""

import math
import re
from datetime import UTC, datetime
from typing import Any

from platforms.errors import BadResponseError
from platforms.redact import storable

LONGEST_ID, LONGEST_EMAIL = 64, 254  # what a directory and the mail standards allow
LONGEST_SOURCE_ID = 500  # of what a database keeps; Graph's own have up to some two hundred
GREATEST_NUMBER = 2**63 - 1  # in a database
LONGEST_SECONDS = 7 * 24 * 3600.0  # of a call or a video
LONGEST_LINK = 2000  # of what a database keeps
# An earlier or later one, such as the year 1 or the end of the calendar, says that there is none.
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_LINK = re.compile(r"https?://[\w.-]+(:\d+)?([/?#]\S*)?", re.IGNORECASE)
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
    if not EARLIEST <= moment < LATEST:
        raise BadResponseError(f"“{key}” is a time before {EARLIEST:%Y} or after {LATEST:%Y}.")
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


def identifier(source: dict[str, Any], key: str) -> str:
    """A text that names something for good: it is never cut, too long a one is refused."""
    value = text(source, key)
    if len(value) > LONGEST_SOURCE_ID:
        raise BadResponseError(f"“{key}” has {len(value)} characters.")
    return value


def optional_identifier(source: dict[str, Any], key: str) -> str | None:
    return None if source.get(key) is None else identifier(source, key)


def optional_link(source: dict[str, Any], key: str) -> str | None:
    """An address that a browser can go to, or None; it is never cut, too long a one is refused."""
    value = optional_text(source, key)
    if value is not None and (len(value) > LONGEST_LINK or not _LINK.fullmatch(value)):
        raise BadResponseError(f"“{key}” is no address of the web: {len(value)} characters.")
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


def optional_number(source: dict[str, Any], key: str) -> float | None:
    """A number of 0 or more; None for none, for the vendor's -1 and for what nobody can store."""
    value = source.get(key)
    if value is None:
        return None
    is_number = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    if isinstance(value, bool) or not is_number:
        raise BadResponseError(f"“{key}” is {type(value).__name__}, not a number.")
    return value if 0 <= value <= GREATEST_NUMBER else None


def length(seconds: float) -> float | None:
    """How long something took; None for longer than anything can have taken."""
    return seconds if 0 <= seconds <= LONGEST_SECONDS else None


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
