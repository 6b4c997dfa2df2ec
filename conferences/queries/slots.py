"""The time slots of a conference, page by page, and what stands beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone

from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.models.membership import Role
from conferences.notifications.participants import Waiting, concerned, waiting
from conferences.queries.access import Access
from conferences.queries.cards import Card, announced, cards_of
from conferences.queries.planning import makes_meetings

PER_PAGE = 25
NEEDS_SOMEBODY = ~Q(auto_recording_status=RecordingStatus.ACCEPTED) & (
    Q(cancelled_at=None, auto_recording_status__in=["failed", "drifted"])
    | Q(problem_code__isnull=False)
)


@dataclass(frozen=True)
class SlotPage:
    page: Page[ConferenceTimeSlot]
    cards: list[Card]
    to_come: int
    troubled: int
    only_trouble: bool
    is_live: bool
    waiting: Waiting | None  # who could not be told so far
    makes_meetings: bool  # or they come by their links

    @property
    def is_unsure(self) -> bool:
        return any(card.is_unsure for card in self.cards)

    @property
    def announced(self) -> str:
        return announced(self.cards)


def list_slots(conference: Conference, access: Access, query: QueryDict) -> SlotPage:
    """A page of them in order of time: the asked one, or where the present is."""
    now = timezone.now()
    slots = conference.time_slots.select_related("recording_decided_by")
    counts = slots.aggregate(
        to_come=Count("pk", Q(cancelled_at=None, ends_at__gt=now)),
        past=Count("pk", Q(ends_at__lte=now)),
        troubled=Count("pk", NEEDS_SOMEBODY),
    )
    only_trouble = query.get("only") == "trouble"
    rows = slots.filter(NEEDS_SOMEBODY) if only_trouble else slots
    pages = Paginator(rows, PER_PAGE)
    here = 1 if only_trouble else counts["past"] // PER_PAGE + 1
    page = pages.get_page(query.get("page") or here)
    return SlotPage(
        page,
        cards_of(conference, list(page.object_list), access, now),
        counts["to_come"],
        counts["troubled"],
        only_trouble,
        is_live=conference.changes.filter(finished_at=None).exists(),
        waiting=waiting(conference),
        makes_meetings=makes_meetings(conference.platform),
    )


def page_of(slot: ConferenceTimeSlot) -> int:
    """Which page of list_slots has it."""
    starts = Q(starts_at__lt=slot.starts_at) | Q(starts_at=slot.starts_at, pk__lt=slot.pk)
    before = ConferenceTimeSlot.objects.filter(starts, conference=slot.conference_id)
    return before.count() // PER_PAGE + 1


def overlapping(
    conference: Conference,
    times: Iterable[tuple[datetime, datetime]],
    *,
    but: ConferenceTimeSlot | None = None,
) -> list[ConferenceTimeSlot]:
    """Slots of the conference that are held, in part, at one of ``times``; in order."""
    at = Q(pk__in=[])
    for starts_at, ends_at in times:
        at |= Q(starts_at__lt=ends_at, ends_at__gt=starts_at)
    held = conference.time_slots.filter(at, cancelled_at=None)
    return list(held.exclude(pk=but.pk) if but else held)


def learners_told(meeting: PlannedMeeting) -> tuple[int, bool]:
    """How many learners are told of another link or time, and whether they are those who booked."""
    has_seats = isinstance(meeting, ConferenceTimeSlot) and meeting.capacity is not None
    return concerned(meeting).filter(role=Role.LEARNER).count(), has_seats
