"""A planned meeting as instructors see it: what is arranged, what hinders it, what came before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise

from conferences import phrases
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange, Membership
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.operations.recordings import recording_missing
from conferences.queries.access import Access
from conferences.queries.bookings import booked_by
from conferences.queries.decisions import ASKED_FIRST, RARELY_ASKED, WORDS, Decision, possible
from conferences.queries.missing import without_recording
from platforms.reasons import ReasonCode
from syncing.outcomes import Reason
from syncing.phrases import sentence

LINES_SHOWN = 6
UNSURE = {RecordingStatus.FAILED, RecordingStatus.NOT_ATTEMPTED, RecordingStatus.DRIFTED}


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
    retry_at: datetime | None  # the platform asked to be left alone until then
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
    def has_news(self) -> bool:
        """Whether there is anything to say but the link and the recording's badge."""
        news = (self.under_way, self.latest, self.problem, self.unrecorded, self.missing)
        return any(news) or not self.meeting.meeting_link

    @property
    def says_problem(self) -> bool:
        """Whether the last thing that came to an end tells the problem already."""
        told = self.latest.told if self.latest else {}
        return self.problem is not None and self.meeting.problem_code in {
            told.get("code"),
            told.get("recording_code"),
        }


def card_of(meeting: PlannedMeeting, conference: Conference, access: Access) -> Card:
    return cards_of(conference, [meeting], access, timezone.now())[0]


def meeting_strip(conference: Conference, access: Access) -> dict[str, Any]:
    """Context of conferences/_meeting_strip.html; nothing of a conference with time slots, and
    nothing where there is nothing to say.
    """
    if conference.use_time_slots:
        return {}
    card = card_of(conference, conference, access)
    if card.is_over and not card.has_news:
        return {}
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
        _retry_at(meeting, lines, now),
        None if unrecorded == problem else unrecorded,
        Told.of(recording_missing()) if is_missing else None,
        possible(meeting, access, now, is_under_way=under_way is not None),
        booked,
    )


def _retry_at(
    meeting: PlannedMeeting, lines: list[MeetingChange], now: datetime
) -> datetime | None:
    """As the newest change says that met the problem, if that is still to come."""
    met = (line.told for line in lines if line.told.get("code") == meeting.problem_code)
    told = next(met, {}) if meeting.problem_code else {}
    moment = datetime.fromisoformat(told["retry_at"]) if told.get("retry_at") else None
    return moment if moment and moment > now else None


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


def _lines(
    conference: Conference, meetings: Sequence[PlannedMeeting]
) -> dict[int | None, list[MeetingChange]]:
    newest = MeetingChange.objects.select_related("asked_by").order_by("-id")
    lines: dict[int | None, list[MeetingChange]]
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
