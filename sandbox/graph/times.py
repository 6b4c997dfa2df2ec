"""The vendor's forms of an instant."""

from datetime import UTC, datetime


def graph_time(moment: datetime) -> str:
    """``2026-11-20T07:00:00Z``, or with seven digits where there is a fraction.

    The vendor counts in ticks of 100 ns; the seventh digit is always 3 here, so that
    a difference of two instants stays exact whether a reader cuts or rounds it.
    """
    whole = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{moment.microsecond:06d}3Z" if moment.microsecond else f"{whole}Z"


def error_time(moment: datetime) -> str:
    """``2025-02-13T10:17:05``: innerError.date has no zone (graph-api §10)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
