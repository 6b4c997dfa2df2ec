"""A learner's seat in a time slot: taken while there is one, given back until the slot begins.

``ConferenceTimeSlot.booked`` counts the rows. Of two people who want the last seat at the same
time one gets it: the count goes up by a conditional UPDATE, and the row with it or not at all.
A member's row is locked before any slot's, and slots in the order of their keys.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from conferences.models import Booking, ConferenceTimeSlot, Membership
from conferences.models.membership import Role


class NoSeatError(Exception):
    """There is nothing to book, or to give back; the text says why, for a page."""


@transaction.atomic
def book_seat(slot: ConferenceTimeSlot, member: Membership, now: datetime) -> bool:
    """Whether it is a new booking: the second of two clicks finds the first one's. Raises
    NoSeatError.
    """
    known = _lock(member)
    if known is None or known.role != Role.LEARNER:
        raise NoSeatError(_("Only learners of this conference book seats."))
    if Booking.objects.filter(slot=slot, member=member).exists():
        return False
    slot.refresh_from_db()
    free = _to_come(slot, now).filter(booked__lt=F("capacity"))
    if slot.capacity is None or not free.update(booked=F("booked") + 1):
        raise NoSeatError(_why_not(slot, now))
    Booking.objects.create(slot=slot, member=member)
    return True


@transaction.atomic
def give_back(slot: ConferenceTimeSlot, member: Membership, now: datetime) -> bool:
    """Whether there was one. Raises NoSeatError once the slot has begun or is cancelled."""
    _lock(member)
    booking = Booking.objects.filter(slot=slot, member=member)
    if not booking.exists():
        return False
    if not _to_come(slot, now).update(booked=F("booked") - 1):
        raise NoSeatError(_why_not(slot, now))
    booking.delete()
    return True


def give_all_back(member: Membership) -> int:
    """Of somebody who leaves the roster; within the transaction that removes them. How many."""
    _lock(member)
    slots = list(member.bookings.order_by("slot_id").values_list("slot_id", flat=True))
    for slot in slots:
        ConferenceTimeSlot.objects.filter(pk=slot).update(booked=F("booked") - 1)
    member.bookings.all().delete()
    return len(slots)


def _lock(member: Membership) -> Membership | None:
    return Membership.objects.select_for_update().filter(pk=member.pk).first()


def _to_come(slot: ConferenceTimeSlot, now: datetime) -> QuerySet[ConferenceTimeSlot]:
    return ConferenceTimeSlot.objects.filter(pk=slot.pk, cancelled_at=None, starts_at__gt=now)


def _why_not(slot: ConferenceTimeSlot, now: datetime) -> str:
    slot.refresh_from_db()
    if slot.is_cancelled:
        return _("This date has been cancelled.")
    if slot.starts_at <= now:
        return _("This date has begun. Seats are booked and given back before.")
    if slot.capacity is None:
        return _("No seat is needed for this date: everybody on the roster may come.")
    return _("The last seat has just been taken.")
