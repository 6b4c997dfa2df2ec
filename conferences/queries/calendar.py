"""What stands in calendar files: meetings of one conference, and everything that is somebody's."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from conferences.exports.calendar import Entry, Part
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from conferences.models.membership import Role
from conferences.queries.access import Access, memberships_of
from conferences.queries.bookings import has_seat

KEPT = timedelta(days=60)  # so long after its end a meeting stays in the feed


def conference_entries(
    conference: Conference, access: Access, user: User, slot: int | None = None
) -> list[Entry]:
    """All its meetings, cancelled ones too, or those of one ``slot``. A learner without a seat is
    not told how to join.
    """
    if not conference.use_time_slots:
        own = _with_changes(Conference.objects.filter(pk=conference.pk), of_slots=False)
        return [_entry(one, one) for one in own if slot is None]
    slots = _with_changes(conference.time_slots.all(), of_slots=True).annotate(
        has_seat=has_seat(user)
    )
    if slot is not None:
        slots = slots.filter(pk=slot)
    return [
        _entry(
            conference, one, Part.EXPECTED if access.teaches or one.has_seat else Part.NOT_BOOKED
        )
        for one in slots
    ]


def own_entries(user: User, now: datetime) -> list[Entry]:
    """Where somebody teaches, everything; where they learn, what they may come to."""
    slots = (
        ConferenceTimeSlot.objects.filter(
            _is_member(user, "conference_id", Role.INSTRUCTOR)
            | Q(_is_member(user, "conference_id"), has_seat(user)),
            conference__use_time_slots=True,
            conference__archived_at=None,
            ends_at__gt=now - KEPT,
        )
        .select_related("conference")
        .order_by("starts_at", "id")
    )
    alone = Conference.objects.filter(
        _is_member(user, "pk"), use_time_slots=False, archived_at=None, ends_at__gt=now - KEPT
    ).order_by("starts_at", "id")
    return [
        *(_entry(one.conference, one) for one in _with_changes(slots, of_slots=True)),
        *(_entry(one, one) for one in _with_changes(alone, of_slots=False)),
    ]


def _entry(conference: Conference, meeting: Any, part: Part = Part.EXPECTED) -> Entry:
    return Entry(conference, meeting, part, meeting.changed_at)


def _with_changes(meetings: QuerySet[Any], *, of_slots: bool) -> QuerySet[Any]:
    """With ``changed_at``: when somebody last asked for something of each meeting."""
    if of_slots:
        changes = MeetingChange.objects.filter(
            conference=OuterRef("conference_id"), slot=OuterRef("pk")
        )
    else:
        changes = MeetingChange.objects.filter(conference=OuterRef("pk"), slot=None)
    last = changes.order_by("-id").values("asked_at")[:1]
    known: QuerySet[Any] = meetings.annotate(changed_at=last)
    return known


def _is_member(user: User, conference: str, role: Role | None = None) -> Exists:
    known = memberships_of(user).filter(conference=OuterRef(conference))
    return Exists(known.filter(role=role) if role else known)
