"""A calendar file as another program reads it, which is stricter than most."""

import re
from typing import Any

from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

UNKNOWN = "Nowhere/Known"
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


def read(content: bytes) -> Calendar:
    """The one calendar in a file; its lines are as RFC 5545 wants them."""
    assert content.endswith(b"\r\n")
    lines = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "a line is longer than 75 octets"
    assert not any(_CONTROL.search(line.decode("utf-8")) for line in lines), "odd letters"
    return IcsCalendarStream.calendar_from_ics(content.decode("utf-8"))


def events(content: bytes) -> list[Event]:
    return list(read(content).events)


def event(content: bytes) -> Event:
    """The only one of a file."""
    [one] = events(content)
    return one


def by_its_own_zone(content: bytes, zone: str) -> list[Event]:
    """Read by somebody who knows the zone from the file alone."""
    return events(
        content.replace(f"TZID:{zone}".encode(), f"TZID:{UNKNOWN}".encode()).replace(
            f"TZID={zone}:".encode(), f"TZID={UNKNOWN}:".encode()
        )
    )


def raw(content: bytes, name: str) -> list[str]:
    """The unfolded lines of this property."""
    lines = content.decode("utf-8").replace("\r\n ", "").split("\r\n")
    return [line for line in lines if line.partition(":")[0].partition(";")[0] == name]


def others(of: Event) -> dict[str, Any]:
    """Properties that the reader does not know."""
    return {one.name: one.value for one in of.extras}
