"""Automatic recording of several meetings, in one word. Pure."""

from collections.abc import Iterable

# From what needs somebody most to what needs nobody.
WORST_FIRST = (
    *("failed", "drifted", "not_attempted", "pending"),
    *("enabled", "accepted", "verified"),
)


def worst_of(statuses: Iterable[str]) -> str:
    """The status that asks for most; "pending" of none at all."""
    return min(statuses, key=WORST_FIRST.index, default="pending")
