"""Where something belongs in today's plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from conferences.rules.slots import slot_of
from syncing.operation import Target


@dataclass(frozen=True, slots=True)
class Place:
    """One of the planned meetings, and the link or id that its data is read through."""

    slot: int | None
    read_through: str


def margins() -> tuple[timedelta, timedelta]:
    """How much earlier and later than planned a meeting may be held."""
    return (
        timedelta(minutes=settings.ATTENDANCE_BEFORE_MINUTES),
        timedelta(minutes=settings.ATTENDANCE_AFTER_MINUTES),
    )


def place_of(targets: Iterable[Target], starts_at: datetime, ends_at: datetime) -> Place | None:
    """The planned meeting that something between these moments belongs to, if any."""
    by_slot = {target.slot: target for target in targets}
    spans = {slot: target.span for slot, target in by_slot.items()}
    belongs, slot = slot_of(starts_at, ends_at, spans, *margins())
    return Place(slot, read_through(by_slot[slot])) if belongs else None


def read_through(target: Target) -> str:
    return target.ref.join_url or target.ref.meeting_id or ""


def of_slots(targets: Iterable[Target]) -> Q:
    """Rows of these meetings: of their time slots, or of the conference's own."""
    slots = [target.slot for target in targets]
    of_time_slots = Q(slot__in=[slot for slot in slots if slot])
    return of_time_slots | Q(slot=None) if None in slots else of_time_slots


def follow_plan(rows: QuerySet[Any], target: Target, starts: str, ends: str) -> None:
    """Times and links of a plan change: ``is_planned`` says which rows it still has.

    ``starts`` and ``ends`` are the columns with a row's moments. Nothing is written if nothing
    changed, and nothing is ever deleted.
    """
    before, after = margins()
    fits = Q(
        read_through=read_through(target),
        **{f"{starts}__lte": target.ref.ends_at + after},
        **{f"{ends}__gte": target.ref.starts_at - before},
    )
    mine = rows.filter(slot_id=target.slot)
    mine.filter(is_planned=True).exclude(fits).update(is_planned=False)
    mine.filter(fits, is_planned=False).update(is_planned=True)
    # Time slots may have come into use, or out of it, after something had been read.
    of_the_other_kind = rows.filter(slot__isnull=target.slot is not None)
    of_the_other_kind.filter(is_planned=True).update(is_planned=False)
