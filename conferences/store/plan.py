"""Where something belongs in today's plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from conferences.models import Conference, ConferenceTimeSlot, RetiredMeeting
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


class Places:
    """All planned meetings of a conference, those too that could not be looked up, and those
    that they had before.
    """

    def __init__(self, conference: Conference, targets: Iterable[Target]) -> None:
        self._targets = tuple(meeting for target in targets for meeting in target.meetings)
        links = {target.ref.join_url for target in self._targets if target.ref.join_url}
        self._others = _others_in(links, conference) if links else []

    def of(
        self, targets: Collection[Target], starts_at: datetime, ends_at: datetime
    ) -> Place | None:
        """Where something between these moments belongs that was read for ``targets``.

        All meetings compete for it that are read through the same links. What is early or late
        is not ours if it is at the time of somebody else's meeting in the same place.
        """
        links = {read_through(target) for target in targets}
        sharing = [target for target in self._targets if read_through(target) in links]
        by_slot = _first_of_each(sharing)
        spans = {slot: target.span for slot, target in by_slot.items()}
        belongs, slot = slot_of(starts_at, ends_at, spans, *margins())
        if not belongs:
            return None
        own_start, own_end = by_slot[slot].span
        is_moment = starts_at == ends_at and own_start <= starts_at <= own_end
        is_at_its_time = is_moment or (starts_at < own_end and ends_at > own_start)
        if not is_at_its_time and any(
            link in links and starts_at < end and ends_at > start
            for link, start, end in self._others
        ):
            return None
        return Place(slot, read_through(by_slot[slot]))

    def of_guess(self, slot: int | None) -> Place:
        """A guess names no meeting: for whichever of a slot's it was found, it is the same."""
        return Place(slot, read_through(_first_of_each(self._targets)[slot]))


def _first_of_each(targets: Collection[Target]) -> dict[int | None, Target]:
    return {target.slot: target for target in reversed([*targets])}


def _others_in(
    links: Collection[str], conference: Conference
) -> list[tuple[str, datetime, datetime]]:
    """Other planned meetings that have these links or had them before, cancelled slots of this
    conference among them.
    """
    columns = ("meeting_link", "starts_at", "ends_at")
    own = Conference.objects.filter(meeting_link__in=links, use_time_slots=False)
    slots = ConferenceTimeSlot.objects.filter(meeting_link__in=links)
    held = slots.filter(cancelled_at=None).exclude(conference=conference)
    cancelled = slots.filter(conference=conference, cancelled_at__isnull=False)
    others = [own.exclude(pk=conference.pk), held, cancelled]
    return [
        *(row for rows in others for row in rows.values_list(*columns)),
        *_others_before(links, conference),
    ]


def _others_before(
    links: Collection[str], conference: Conference
) -> list[tuple[str, datetime, datetime]]:
    of_ours = Q(conference=conference)
    is_held = Q(slot__isnull=False, slot__cancelled_at=None)
    is_alone = Q(slot=None, conference__use_time_slots=False)
    is_cancelled = Q(slot__isnull=False, slot__cancelled_at__isnull=False)
    rows = RetiredMeeting.objects.filter(
        (of_ours & is_cancelled) | (~of_ours & (is_held | is_alone)), meeting_link__in=links
    )
    times = (Coalesce(f"slot__{name}", f"conference__{name}") for name in ("starts_at", "ends_at"))
    return list(rows.values_list("meeting_link", *times))


def retired_by_slot(conference: Conference) -> defaultdict[int | None, list[RetiredMeeting]]:
    """What each meeting had before, oldest first; nothing for those that had nothing."""
    retired: defaultdict[int | None, list[RetiredMeeting]] = defaultdict(list)
    for one in conference.retired_meetings.all():
        retired[one.slot_id].append(one)
    return retired


def links_by_slot(conference: Conference) -> dict[int | None, set[str | None]]:
    """What the rows of each planned meeting may have been read through."""
    retired = retired_by_slot(conference)
    return {
        meeting.slot: {meeting.read_through, *(one.read_through for one in retired[meeting.slot])}
        for meeting in conference.meetings()
    }


def read_through(target: Target) -> str:
    return target.ref.join_url or target.ref.meeting_id or ""


def of_slots(targets: Iterable[Target]) -> Q:
    """Rows of these meetings: of their time slots, or of the conference's own."""
    slots = [target.slot for target in targets]
    of_time_slots = Q(slot__in=[slot for slot in slots if slot])
    return of_time_slots | Q(slot=None) if None in slots else of_time_slots


def read_for_these(rows: QuerySet[Any], targets: Collection[Target]) -> QuerySet[Any]:
    """Of their slots, and read through these very meetings: not those they had before or since."""
    links = {read_through(target) for target in targets}
    return rows.filter(of_slots(targets), read_through__in=links)


def at_planned_time(conference: Conference) -> Q:
    """Rows from ``starts_at`` to ``created_at`` that overlap a meeting which is still planned."""
    planned = [meeting for meeting in conference.meetings() if not meeting.is_cancelled]
    overlaps = Q(pk__in=[])
    for meeting in planned:
        overlaps |= Q(starts_at__lt=meeting.ends_at, created_at__gt=meeting.starts_at)
    return overlaps


def follow_plan(rows: QuerySet[Any], target: Target, starts: str, ends: str) -> None:
    """Times and links of a plan change: ``is_planned`` says which rows it still has.

    ``starts`` and ``ends`` are the columns with a row's moments. Nothing is written if nothing
    changed, and nothing is ever deleted.
    """
    before, after = margins()
    fits = Q(
        read_through__in={read_through(meeting) for meeting in target.meetings},
        **{f"{starts}__lte": target.ref.ends_at + after},
        **{f"{ends}__gte": target.ref.starts_at - before},
    )
    mine = rows.filter(slot_id=target.slot)
    mine.filter(is_planned=True).exclude(fits).update(is_planned=False)
    mine.filter(fits, is_planned=False).update(is_planned=True)
    # Time slots may have come into use, or out of it, after something had been read.
    of_the_other_kind = rows.filter(slot__isnull=target.slot is not None)
    of_the_other_kind.filter(is_planned=True).update(is_planned=False)
