"""Planned meetings as instructors see them: what is arranged, what hinders it, what came before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise

from conferences import phrases
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange, Membership
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.models.membership import Role
from conferences.notifications.participants import Waiting, waiting
from conferences.operations.recordings import recording_missing
from conferences.queries.access import Access
from conferences.queries.bookings import booked_by
from conferences.queries.decisions import ASKED_FIRST, RARELY_ASKED, WORDS, Decision, possible
from conferences.queries.missing import without_recording
from platforms.reasons import ReasonCode
from syncing.outcomes import Reason
from syncing.phrases import sentence

PER_PAGE = 25
LINES_SHOWN = 6
UNSURE = {RecordingStatus.FAILED, RecordingStatus.NOT_ATTEMPTED, RecordingStatus.DRIFTED}
NEEDS_SOMEBODY = ~Q(auto_recording_status=RecordingStatus.ACCEPTED) & (
    Q(cancelled_at=None, auto_recording_status__in=["failed", "drifted"])
    | Q(problem_code__isnull=False)
)


@dataclass(frozen=True)
class Told:
    """Why something is not as it should be: a sentence, and who acts."""

    sentence: str
    who: str

    @classmethod
    def of(cls, reason: Reason) -> "Told":
        return cls(sentence(reason), phrases.who(reason.code))

    @classmethod
    def stored(cls, code: str | None, params: dict[str, str]) -> "Told | None":
        return cls.of(Reason(ReasonCode(code), params)) if code else None


@dataclass(frozen=True)
class Card:
    """One meeting. ``lines``: its newest changes, newest first; ``under_way``: the one that a
    worker has or takes next.
    """

    meeting: PlannedMeeting
    is_over: bool
    lines: list[MeetingChange]
    under_way: MeetingChange | None
    has_no_worker: bool
    problem: Told | None
    unrecorded: Told | None  # why it does not record itself, unless that is the problem
    missing: Told | None  # it was to record itself, and there is no recording
    decisions: frozenset[Decision]
    booked: list[Membership] = field(default_factory=list)

    @property
    def is_unsure(self) -> bool:
        """Whether somebody had better press Record."""
        is_to_come = not self.is_over and not self.meeting.is_cancelled
        return is_to_come and self.meeting.auto_recording_status in {*UNSURE, "accepted"}

    @property
    def asked_first(self) -> list[tuple[Decision, Promise]]:
        return [(one, WORDS[one].label) for one in ASKED_FIRST if one in self.decisions]

    @property
    def rarely_asked(self) -> list[tuple[Decision, Promise]]:
        return [(one, WORDS[one].label) for one in RARELY_ASKED if one in self.decisions]

    @property
    def latest(self) -> MeetingChange | None:
        """The last thing that came to an end."""
        return next((line for line in self.lines if not line.is_open), None)

    @property
    def says_problem(self) -> bool:
        """Whether the last thing that came to an end tells the problem already."""
        told = self.latest.told if self.latest else {}
        return self.problem is not None and self.meeting.problem_code in {
            told.get("code"),
            told.get("recording_code"),
        }


@dataclass(frozen=True)
class SlotPage:
    page: Page[ConferenceTimeSlot]
    cards: list[Card]
    to_come: int
    troubled: int
    only_trouble: bool
    is_live: bool
    waiting: Waiting | None  # who could not be told so far

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
    )


def page_of(slot: ConferenceTimeSlot) -> int:
    """Which page of list_slots has it."""
    starts = Q(starts_at__lt=slot.starts_at) | Q(starts_at=slot.starts_at, pk__lt=slot.pk)
    return (
        ConferenceTimeSlot.objects.filter(starts, conference=slot.conference_id).count()
        // (PER_PAGE)
        + 1
    )


def card_of(meeting: PlannedMeeting, conference: Conference, access: Access) -> Card:
    return cards_of(conference, [meeting], access, timezone.now())[0]


def meeting_strip(conference: Conference, access: Access) -> dict[str, Any]:
    """Context of conferences/_meeting_strip.html; nothing of a conference with time slots."""
    if conference.use_time_slots:
        return {}
    card = card_of(conference, conference, access)
    return {"card": card, "is_live": card.under_way is not None, "announced": announced([card])}


def cards_of(
    conference: Conference, meetings: Sequence[PlannedMeeting], access: Access, now: datetime
) -> list[Card]:
    """In the same order; in four queries at most, and two more if recordings are missing."""
    for meeting in meetings:
        if isinstance(meeting, ConferenceTimeSlot):
            meeting.conference = conference
    lines = _lines(conference, meetings)
    missing = {one.slot for one in without_recording(conference, meetings, now)}
    slots = [one for one in meetings if isinstance(one, ConferenceTimeSlot)]
    booked = booked_by(slots) if any(slot.booked for slot in slots) else {}
    return [
        _card(
            meeting,
            access,
            lines[meeting.slot],
            is_missing=meeting.slot in missing,
            booked=booked.get(meeting.slot or 0, []),
            now=now,
        )
        for meeting in meetings
    ]


def _card(
    meeting: PlannedMeeting,
    access: Access,
    lines: list[MeetingChange],
    *,
    is_missing: bool,
    booked: list[Membership],
    now: datetime,
) -> Card:
    under_way = next((line for line in reversed(lines) if line.is_open), None)
    problem = Told.stored(meeting.problem_code, meeting.problem_params)
    unrecorded = Told.stored(meeting.recording_code, meeting.recording_params)
    return Card(
        meeting,
        meeting.ends_at <= now,
        lines,
        under_way,
        under_way is not None and is_left_alone(under_way, lines, now),
        problem,
        None if unrecorded == problem else unrecorded,
        Told.of(recording_missing()) if is_missing else None,
        possible(meeting, access, now, is_under_way=under_way is not None),
        booked,
    )


def is_left_alone(
    change: MeetingChange, others: Iterable[MeetingChange], now: datetime | None = None
) -> bool:
    """Nobody has taken it for a while. Its turn came when the one before it ended."""
    if change.waiting_until is not None:
        return False
    moments = [change.asked_at, change.held_until, *(one.finished_at for one in others)]
    free_since = max(moment for moment in moments if moment is not None)
    patience = timedelta(seconds=settings.SYNC_NO_WORKER_SECONDS)
    return (now or timezone.now()) - free_since > patience


def announced(cards: Iterable[Card]) -> str:
    """What a screen reader is to hear, once it is another sentence than before."""
    known = [(card, card.latest) for card in cards]
    ended = [(line.finished_at, line, card) for card, line in known if line and line.finished_at]
    if not ended:
        return next((phrases.change(card.under_way) for card in cards if card.under_way), "")
    _at, line, card = max(ended, key=lambda one: (one[0], one[1].pk))
    if not card.meeting.slot:
        return phrases.change(line)
    return f"{timezone.localtime(card.meeting.starts_at):%Y-%m-%d %H:%M}: {phrases.change(line)}"


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


def concerned(meeting: PlannedMeeting, conference: Conference) -> tuple[int, bool]:
    """How many people are told of another link or time, and whether they booked."""
    if isinstance(meeting, ConferenceTimeSlot) and meeting.capacity is not None:
        return meeting.booked, True
    return conference.roster.filter(role=Role.LEARNER).count(), False


def _lines(
    conference: Conference, meetings: Sequence[PlannedMeeting]
) -> dict[int | None, list[MeetingChange]]:
    newest = MeetingChange.objects.select_related("asked_by").order_by("-id")
    lines: dict[int | None, list[MeetingChange]]
    slots: QuerySet[ConferenceTimeSlot] = ConferenceTimeSlot.objects.none()
    if meetings and meetings[0].slot is None:
        lines = {None: list(newest.filter(conference=conference, slot=None)[:LINES_SHOWN])}
    else:
        slots = ConferenceTimeSlot.objects.filter(pk__in=[one.slot for one in meetings])
        shown = Prefetch("changes", newest[:LINES_SHOWN], to_attr="newest_changes")
        lines = {slot.pk: slot.newest_changes for slot in slots.only("pk").prefetch_related(shown)}
    for of_one in lines.values():
        for line in of_one:
            line.text = phrases.change(line)  # type: ignore[attr-defined]
    return lines
