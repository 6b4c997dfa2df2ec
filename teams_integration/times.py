"""Instants as Graph's filters take them. Pure."""

from datetime import UTC, datetime


def exactly(moment: datetime) -> str:
    """With microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def to_the_second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def without_zone(moment: datetime) -> str:
    """As an event's dateTime, beside its own timeZone "UTC"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
