"""What operations count, and what they say of nothing."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import timedelta

from django.utils import timezone

from platforms.reasons import ReasonCode
from syncing.operation import Target
from syncing.outcomes import Counts, Reason


def counts_of(kinds: Mapping[str, int]) -> Counts:
    """``kinds``: how many were created, updated, unchanged, vanished."""
    known = Counter(kinds)
    there = ("created", "updated", "unchanged")
    return Counts(
        fetched=sum(known[kind] for kind in there),
        **{kind: known[kind] for kind in (*there, "vanished")},
    )


def complete_counts(kinds: Mapping[str, int], stored: int) -> Counts:
    """After a listing that told only what changed: everything else is confirmed as it was.

    ``stored``: how many there are now.
    """
    known = Counter(kinds)
    known["updated"] = min(known["updated"], max(0, stored - known["created"]))  # some came twice
    known["unchanged"] = max(0, stored - known["created"] - known["updated"])
    return counts_of(known)


def count_rows(changes: Mapping[int, str], there: Collection[int], gone: Collection[int]) -> Counts:
    """``changes`` by primary key, for rows that are ``there`` and rows that vanished."""
    kinds = Counter(changes[pk] for pk in there if pk in changes)
    kinds["vanished"] = sum(changes.get(pk) == "vanished" for pk in gone)
    return counts_of(kinds)


def not_held_yet(target: Target, expected_minutes: int) -> Reason | None:
    """Before the end there is nothing to miss."""
    if target.is_over(timezone.now()):
        return None
    expected_at = target.ref.ends_at + timedelta(minutes=expected_minutes)
    return Reason(ReasonCode.NOT_HELD_YET, retry_at=expected_at)


def not_there_yet(target: Target, expected_minutes: int) -> Reason | None:
    """After the end the platform takes a while."""
    now, ends_at = timezone.now(), target.ref.ends_at
    expected_at = ends_at + timedelta(minutes=expected_minutes)
    if expected_at <= now:
        return None
    ago = {"minutes": str((now - ends_at) // timedelta(minutes=1))}
    return Reason(ReasonCode.NOT_THERE_YET, ago, expected_at)
