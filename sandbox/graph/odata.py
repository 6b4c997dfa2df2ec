"""The little of OData that these routes understand; anything else is a 400. Pure."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl

from sandbox.clock import parse_moment
from sandbox.graph.errors import bad_request

COMPARISONS: dict[str, Callable[[datetime, datetime], bool]] = {
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
}
_MEETING_FILTER = re.compile(
    r"(JoinWebUrl|joinMeetingIdSettings/joinMeetingId)\s+eq\s+'((?:[^']|'')*)'", re.IGNORECASE
)
_START_FILTER = re.compile(r"startDateTime\s+(ge|gt|le|lt)\s+(\S+)")
_PARTICIPANT_FILTER = re.compile(r"participants_v2/any\(\s*(\w+)\s*:\s*\1/id\s+eq\s+'([^']+)'\s*\)")


def query_options(query: str, allowed: Collection[str]) -> dict[str, str]:
    """``$name`` → value, decoded once (``+`` is a blank). 400 for an option not ``allowed``."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in allowed:
            raise bad_request(f"Query option '{name}' is not allowed.")
        if name in found:
            raise bad_request(f"Query option '{name}' was specified more than once.")
        found[name] = value
    return found


def meeting_filter(text: str) -> tuple[str, str]:
    """``("joinweburl" | "joinmeetingid", value)``; ``''`` in the value means ``'``."""
    match = _MEETING_FILTER.fullmatch(text.strip())
    if match is None:
        raise bad_request("Invalid filter clause: only JoinWebUrl and joinMeetingId with eq.")
    name = match[1].rpartition("/")[2].lower()
    return name, match[2].replace("''", "'")


@dataclass
class CallFilter:
    """``startDateTime`` comparisons and participant ids, all of which must hold."""

    starts: list[tuple[str, datetime]] = field(default_factory=list)
    participants: list[str] = field(default_factory=list)

    def accepts_start(self, moment: datetime) -> bool:
        return all(COMPARISONS[name](moment, limit) for name, limit in self.starts)


def call_filter(text: str) -> CallFilter:
    """The callRecords ``$filter`` (graph-api §4): startDateTime and participants_v2 only."""
    wanted = CallFilter()
    for term in re.split(r"\s+and\s+", text.strip()):
        if start := _START_FILTER.fullmatch(term):
            wanted.starts.append((start[1], instant(start[2])))
        elif person := _PARTICIPANT_FILTER.fullmatch(term):
            wanted.participants.append(person[2].lower())
        else:
            raise bad_request(f"Invalid filter clause: '{term}' is not supported.")
    return wanted


def instant(text: str) -> datetime:
    """A moment in a query. 400 for anything else."""
    # The vendor's seven digits are one more than Python's six.
    try:
        return parse_moment(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        raise bad_request(f"Invalid filter clause: '{text}' is not a DateTimeOffset.") from None


def top(options: Mapping[str, str], default: int, most: int) -> int:
    """``$top``, from 1 to ``most``; 400 for anything else."""
    text = options.get("$top", str(default))
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise bad_request(f"Invalid $top: '{text}'. The limit is {most}.")
    return int(text)


def expansions(text: str) -> dict[str, str]:
    """``"a,b($expand=c)"`` → ``{"a": "", "b": "$expand=c"}``."""
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in re.split(r",(?![^(]*\))", text))):
        match = re.fullmatch(r"(\w+)(?:\(([^()]*)\))?", part)
        if match is None:
            raise bad_request(f"Invalid $expand: '{part}'.")
        found[match[1]] = match[2] or ""
    return found


def select(item: Mapping[str, object], wanted: str | None) -> dict[str, object]:
    """``$select``: the named keys; None keeps everything."""
    if wanted is None:
        return dict(item)
    names = {name.strip() for name in wanted.split(",")}
    return {key: value for key, value in item.items() if key in names}
