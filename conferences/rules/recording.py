"""Automatic recording of several meetings, in one word. Pure."""

from collections.abc import Iterable

# From what needs somebody most to what needs nobody.
WORST_FIRST = (
    *("failed", "drifted", "not_attempted", "pending"),
    *("enabled", "accepted", "verified"),
)


def worst_of(statuses: Iterable[str], *, opted_out: int = 0) -> str:
    """The status that asks for most; "pending" of none at all.

    ``opted_out``: how many more are not recorded on purpose. They ask for nothing, and are the
    word for all only where there are no others.
    """
    of_none = "not_attempted" if opted_out else "pending"
    return min(statuses, key=WORST_FIRST.index, default=of_none)
