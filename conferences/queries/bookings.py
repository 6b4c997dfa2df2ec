"""Who has a seat in which time slot, and what a learner can book."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from conferences.models import Booking, Conference, ConferenceTimeSlot, Membership
from conferences.models.meeting import PlannedMeeting
from conferences.models.membership import Role
from conferences.queries.access import memberships_of

SHOWN_NEXT = 3


def booked_by(slots: Iterable[ConferenceTimeSlot]) -> dict[int, list[Membership]]:
    """Who has a seat, by the slot's primary key, in order of name; one query."""
    people: dict[int, list[Membership]] = defaultdict(list)
    rows = Booking.objects.filter(slot__in=[slot.pk for slot in slots]).select_related("member")
    for booking in rows.order_by("member__name", "member_id"):
        people[booking.slot_id].append(booking.member)
    return people


@dataclass(frozen=True)
class Date:
    """A time slot as a learner has it. ``seats_left`` is None where everybody may come.

    ``may_book`` and ``may_give_back``: the button is shown.
    """

    slot: ConferenceTimeSlot
    is_mine: bool
    is_over: bool
    seats_left: int | None
    may_book: bool
    may_give_back: bool

    @property
    def may_join(self) -> bool:
        is_expected = self.slot.capacity is None or self.is_mine
        return is_expected and not self.slot.is_cancelled and not self.is_over


@dataclass(frozen=True)
class Dates:
    """``own``: what somebody comes to, booked dates first; ``others``: what they could book."""

    own: list[Date]
    others: list[Date]

    @property
    def has_free_seats(self) -> bool:
        return any(date.may_book for date in self.others)


def list_dates(conference: Conference, user: User, now: datetime) -> Dates:
    """Of a cancelled slot only those hear who had booked it, or of whom no booking was asked."""
    if not conference.use_time_slots:
        return Dates([], [])
    may_act = conference.archived_at is None
    dates = [_date(slot, now, may_act) for slot in _slots(conference, user)]
    mine = [date for date in dates if date.is_mine]
    open_to_all = [date for date in dates if not date.is_mine and date.slot.capacity is None]
    others = [
        date
        for date in dates
        if may_act
        and not (date.is_mine or date.is_over or date.slot.is_cancelled)
        and date.slot.capacity is not None
    ]
    own = [*_to_come_first(mine), *_to_come_first(open_to_all)]
    return Dates(own, others)


def _slots(conference: Conference, user: User) -> QuerySet[ConferenceTimeSlot]:
    mine = Booking.objects.filter(slot=OuterRef("pk"), member__in=memberships_of(user))
    return conference.time_slots.annotate(is_mine=Exists(mine))


def _date(slot: ConferenceTimeSlot, now: datetime, may_act: bool) -> Date:
    is_mine: bool = slot.is_mine  # type: ignore[attr-defined]
    left = None if slot.capacity is None else max(0, slot.capacity - slot.booked)
    is_to_come = may_act and not slot.is_cancelled and slot.starts_at > now
    return Date(
        slot,
        is_mine,
        slot.ends_at <= now,
        left,
        may_book=is_to_come and not is_mine and bool(left),
        may_give_back=is_to_come and is_mine,
    )


def _to_come_first(dates: list[Date]) -> list[Date]:
    return sorted(dates, key=lambda date: date.is_over)


def learner_in(conference: Conference, user: User) -> Membership | None:
    """Whom a booking of this person is for."""
    return memberships_of(user).filter(conference=conference, role=Role.LEARNER).first()


def has_seat(user: User) -> Q:
    """Of slots: everybody on the roster may come, or this person has booked."""
    mine = Booking.objects.filter(slot=OuterRef("pk"), member__in=memberships_of(user))
    return Q(capacity=None) | Q(Exists(mine))


@dataclass(frozen=True)
class NextDate:
    """A meeting that somebody comes to; ``meeting`` is a time slot or a whole conference."""

    conference: Conference
    meeting: PlannedMeeting


def next_dates(user: User, now: datetime) -> list[NextDate]:
    """The next three, soonest first; what has begun and is not over is one of them."""
    known = memberships_of(user).values("conference")
    slots = (
        ConferenceTimeSlot.objects.filter(
            has_seat(user),
            conference__in=known,
            conference__use_time_slots=True,
            conference__archived_at=None,
            cancelled_at=None,
            ends_at__gt=now,
        )
        .select_related("conference")
        .order_by("starts_at", "id")
    )
    alone = Conference.objects.filter(
        pk__in=known, use_time_slots=False, archived_at=None, ends_at__gt=now
    ).order_by("starts_at", "id")
    found = [NextDate(slot.conference, slot) for slot in slots[:SHOWN_NEXT]]
    found += [NextDate(one, one) for one in alone[:SHOWN_NEXT]]
    return sorted(found, key=lambda date: date.meeting.starts_at)[:SHOWN_NEXT]
