"""What a person is told of their meetings: how each is now, and what is new about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from conferences.models import Booking, MeetingNotice, Membership
from conferences.models.meeting import PlannedMeeting
from conferences.models.membership import Role
from conferences.models.notice import NoticeKind
from conferences.templatetags.times import clock_in_text, weekday

Times = tuple[datetime, datetime]


@dataclass(frozen=True)
class Line:
    """``before``: when it was to be, as the person knows it, if that is another time."""

    meeting: PlannedMeeting
    kinds: frozenset[NoticeKind]
    before: Times | None = None

    @property
    def is_cancelled(self) -> bool:
        return NoticeKind.CANCELLED in self.kinds

    @property
    def when(self) -> str:
        """As they know it of what is cancelled, as it is now of all else; on the reader's clock."""
        known = self.before if self.is_cancelled else None
        return in_words(known or (self.meeting.starts_at, self.meeting.ends_at))

    @property
    def was(self) -> str:
        return in_words(self.before) if self.before else ""

    @property
    def link(self) -> str:
        link = one_line(self.meeting.meeting_link or "")
        return link if link.startswith(("https://", "http://")) and not self.is_cancelled else ""

    @property
    def has_new_link(self) -> bool:
        return NoticeKind.NEW_LINK in self.kinds


def in_words(times: Times) -> str:
    """Mon, Nov. 23, 2026, 10:00–11:00"""
    starts, ends = times
    end = clock_in_text(ends)
    if weekday(starts) != weekday(ends):
        end = f"{weekday(ends)}, {end}"
    return f"{weekday(starts)}, {clock_in_text(starts)}–{end}"


def lines_of(notices: Sequence[MeetingNotice], now: datetime) -> list[Line]:
    """Of one person's notices of one conference, in order of time; none of what is over."""
    grouped: dict[int | None, list[MeetingNotice]] = {}
    for notice in notices:
        grouped.setdefault(notice.slot_id, []).append(notice)
    seats = _seats(notices[0].member, grouped)
    found = [_line(same, now) for slot, same in grouped.items() if slot in seats]
    return sorted(filter(None, found), key=lambda line: line.meeting.starts_at)


def meeting_of(notice: MeetingNotice) -> PlannedMeeting:
    if notice.slot is None:
        return notice.conference
    notice.slot.conference = notice.conference
    return notice.slot


def _line(notices: Sequence[MeetingNotice], now: datetime) -> Line | None:
    meeting = meeting_of(notices[0])
    times = (meeting.starts_at, meeting.ends_at)
    before = next(filter(None, (notice.times_before for notice in notices)), times)
    if max(before[1], meeting.ends_at) <= now:
        return None
    kinds = set[NoticeKind]()
    if meeting.is_cancelled:
        kinds.add(NoticeKind.CANCELLED)
    elif before != times:
        kinds.add(NoticeKind.MOVED)
    is_remade = any(notice.kind == NoticeKind.NEW_LINK for notice in notices)
    if is_remade and meeting.meeting_link and not meeting.is_cancelled:
        kinds.add(NoticeKind.NEW_LINK)
    if not kinds:
        return None
    return Line(meeting, frozenset(kinds), before if before != times else None)


def _seats(member: Membership, slots: Iterable[int | None]) -> set[int | None]:
    """Where the person is still expected: a link is not for those who gave their seat back."""
    known = set(slots)
    if member.role == Role.INSTRUCTOR:
        return known
    full = Booking.objects.filter(member=member, slot__in=known - {None})
    booked = set(full.values_list("slot_id", flat=True))
    return known & ({None, *booked} | _open(member, known))


def _open(member: Membership, slots: set[int | None]) -> set[int | None]:
    keys = [slot for slot in slots if slot is not None]
    rows = member.conference.time_slots.filter(pk__in=keys, capacity=None)
    return set(rows.values_list("pk", flat=True))


def subject(lines: Sequence[Line], title: str) -> str:
    """What it is about in the first words; one line, whatever the title holds."""
    kinds = {line.kinds for line in lines}
    of_one_kind = next(iter(kinds)) if len(kinds) == 1 else frozenset()
    named = one_line(title)[:150]
    if of_one_kind == {NoticeKind.CANCELLED}:
        return _("Cancelled: %(title)s") % {"title": named}
    if of_one_kind == {NoticeKind.MOVED}:
        return _("New time: %(title)s") % {"title": named}
    if of_one_kind == {NoticeKind.NEW_LINK}:
        return _("New link: %(title)s") % {"title": named}
    return _("Changes: %(title)s") % {"title": named}


def one_line(words: str) -> str:
    """Only what can be seen, with single blanks: a header has no second line."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())
