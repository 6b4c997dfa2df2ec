"""The list of conferences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conferences.models import ConferenceTimeSlot
from conferences.models.conference import Platform
from conferences.models.meeting import RecordingStatus
from conferences.queries.access import taught_by, visible_to
from conferences.queries.bookings import NextDate, has_seat, next_dates
from conferences.queries.planning import may_plan
from conferences.queries.search import search_words

PER_PAGE = 25
ALL = "all"
WHEN = {ALL: _("All dates"), "past": _("Over"), "upcoming": _("Upcoming")}
SHELVES = {ALL: _("In use"), "archived": _("In the archive")}
ROLES = {ALL: _("Teaching and learning"), "teaching": _("Teaching"), "learning": _("Learning")}
RECORDING = {ALL: _("All"), **dict(RecordingStatus.choices)}
PLATFORMS = {ALL: _("All"), **dict(Platform.choices)}


@dataclass(frozen=True)
class Filter:
    """A choice beside the search; ``is_common`` is shown without being asked for."""

    name: str
    label: str | Promise
    value: str
    choices: dict[str, Any]
    is_common: bool = False


@dataclass(frozen=True)
class ConferenceList:
    """``page`` holds conferences with ``participants``, their last run, and whether the reader
    ``teaches`` there: a learner is told nothing about others. With time slots also the next one
    that the reader comes to, and whether there is one to book. ``coming``: of whoever only learns;
    everybody else is shown what belongs to teaching.
    """

    page: Page[Any]
    q: str
    filters: list[Filter]
    may_plan: bool
    shows_teaching: bool
    coming: list[NextDate]

    @property
    def is_filtered(self) -> bool:
        return bool(self.q) or any(one.value != ALL for one in self.filters)

    @property
    def common(self) -> list[Filter]:
        return [one for one in self.filters if one.is_common]

    @property
    def further(self) -> list[Filter]:
        return [one for one in self.filters if not one.is_common]

    @property
    def is_further_filtered(self) -> bool:
        return any(one.value != ALL for one in self.further)


def list_conferences(user: User, query: QueryDict) -> ConferenceList:
    """Newest first; ``q`` searches title, course and organizer, the others are keys of their
    choices. What is not offered to somebody does not count.
    """
    now, plans = timezone.now(), may_plan(user)
    teaching = plans or (user.is_staff and user.has_perm("conferences.view_conference"))
    q, filters = search_words(query), _filters(query, teaching)
    chosen = {one.name: one.value for one in filters}
    rows = visible_to(user).filter(archived_at__isnull=chosen["shelf"] != "archived")
    if q:
        rows = rows.filter(
            Q(title__icontains=q) | Q(course_code__icontains=q) | Q(organizer_email__icontains=q)
        )
    rows = _narrow(rows.annotate(teaches=taught_by(user)), chosen, now)
    rows = rows.select_related("last_run").annotate(
        participants=Count("attendance", filter=Q(attendance__vanished_at=None)),
        **_next_slots(user, now),
    )
    rows = rows.order_by("-starts_at", "-id")  # grouping drops the model's own order
    page = Paginator(rows, PER_PAGE).get_page(query.get("page"))
    coming = [] if teaching else next_dates(user, now)
    return ConferenceList(page, q, filters, plans, teaching, coming)


def _filters(query: QueryDict, teaching: bool) -> list[Filter]:
    def choice(name: str, label: Promise, choices: dict[str, Any], common: bool = False) -> Filter:
        value = query.get(name, ALL)
        return Filter(name, label, value if value in choices else ALL, choices, common)

    offered = [choice("when", _("Dates"), WHEN, True), choice("shelf", _("Show"), SHELVES)]
    if teaching:
        offered += [
            choice("role", _("Your role"), ROLES),
            choice("recording", _("Automatic recording"), RECORDING),
            choice("platform", _("Platform"), PLATFORMS),
        ]
    return offered


def _narrow(rows: QuerySet[Any], chosen: dict[str, str], now: datetime) -> QuerySet[Any]:
    has_slot_to_come = Q(Exists(_slots_to_come(now)), use_time_slots=True)
    is_upcoming = Q(ends_at__gt=now) | has_slot_to_come
    ways = {
        ("when", "past"): ~is_upcoming,
        ("when", "upcoming"): is_upcoming,
        ("role", "teaching"): Q(teaches=True),
        ("role", "learning"): Q(teaches=False),
    }
    for name, value in chosen.items():
        if (name, value) in ways:
            rows = rows.filter(ways[name, value])
    if (platform := chosen.get("platform", ALL)) != ALL:
        rows = rows.filter(platform=platform)
    if (status := chosen.get("recording", ALL)) != ALL:
        rows = rows.filter(auto_recording_status=status, teaches=True)
    return rows


def _slots_to_come(now: datetime) -> QuerySet[ConferenceTimeSlot]:
    """Of each conference those that are held and not over, soonest first."""
    held = ConferenceTimeSlot.objects.filter(conference=OuterRef("pk"), cancelled_at=None)
    return held.filter(ends_at__gt=now).order_by("starts_at", "id")


def _next_slots(user: User, now: datetime) -> dict[str, Any]:
    held = _slots_to_come(now)
    free = held.filter(starts_at__gt=now, capacity__isnull=False, booked__lt=F("capacity"))
    return {
        "next_slot": Subquery(held.values("starts_at")[:1]),
        "own_slot": Subquery(held.filter(has_seat(user)).values("starts_at")[:1]),
        "is_bookable": Exists(free),
    }
