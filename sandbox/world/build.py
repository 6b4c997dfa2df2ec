"""The words in which the conferences are written down.

Spans are offsets from the meeting's start, ``"h:mm:ss[.ffffff]"``, so that a
reader can subtract them by hand.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sandbox.world.model import (
    AttendanceRecord,
    CallRecord,
    CallSession,
    Interval,
    Meeting,
    Report,
    World,
)
from sandbox.world.online import make_meeting
from sandbox.world.people import identifier
from sandbox.world.person import Person
from sandbox.world.planning import event_of

CALL_RECORD_DELAY = timedelta(minutes=15)  # graph-api §4: "within 15, up to 60 minutes"
REPORT_DELAY = timedelta(minutes=5)  # graph-api §3: "in practice minutes"

Span = tuple[str, str]


def offset(text: str) -> timedelta:
    """``"1:02:03.25"`` → 1 h 2 min 3.25 s."""
    hours, minutes, seconds = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def add_meeting(
    world: World,
    key: str,
    subject: str,
    starts: timedelta | datetime,
    length: timedelta,
    organizer: str = "mara",
    meeting_type: str = "scheduled",
    reports_kept: bool = True,
    channel_thread: str | None = None,
    post_id: str = "0",
) -> Meeting:
    """A meeting that starts at ``starts`` (an instant, or an offset from the anchor).

    ``channel_thread``: its talk is in that channel, below the post ``post_id``.
    """
    starts_at = starts if isinstance(starts, datetime) else world.anchor + starts
    owner, ends_at = world.who[organizer], starts_at + length
    meeting = make_meeting(world, key, subject, starts_at, ends_at, owner, channel_thread, post_id)
    meeting.meeting_type, meeting.reports_kept = meeting_type, reports_kept
    if meeting_type != "meetnow":
        event_of(world, meeting)
    return meeting


def attended(
    meeting: Meeting, person: Person, *spans: Span, role: str = "Attendee", email: str | None = None
) -> AttendanceRecord:
    """One line of a report. ``email`` overrides what the report shows."""
    start = meeting.starts_at
    stays = [Interval(start + offset(join), start + offset(leave)) for join, leave in spans]
    return AttendanceRecord("", person, role, email if email is not None else person.mail, stays)


def add_report(
    meeting: Meeting,
    records: Iterable[AttendanceRecord],
    delay: timedelta = REPORT_DELAY,
    key: str = "main",
) -> Report:
    """One sitting: from the first join to the last leave; visible ``delay`` after the meeting."""
    kept = list(records)
    starts_at = min(stay.join for record in kept for stay in record.intervals)
    ends_at = max(stay.leave for record in kept for stay in record.intervals)
    report_id = identifier("report", meeting.id, key)
    for number, record in enumerate(kept):
        record.id = identifier("attendance", report_id, number)
    report = Report(report_id, starts_at, ends_at, max(ends_at, meeting.ends_at) + delay, kept)
    meeting.reports.append(report)
    return report


def stayed(
    start: datetime, person: Person | None, *spans: Span, legacy_identity: bool = False
) -> list[CallSession]:
    """One session per span of one person (None: a service endpoint), from ``start``."""
    return [
        CallSession(
            "", person, start + offset(a), start + offset(b), legacy_identity=legacy_identity
        )
        for a, b in spans
    ]


def add_call_record(
    world: World,
    key: str,
    organizer: Person,
    sessions: Iterable[CallSession],
    join_url: str | None,
    delay: timedelta = CALL_RECORD_DELAY,
    peer_to_peer: bool = False,
) -> CallRecord:
    """A call from its first join to its last leave; visible ``delay`` after that."""
    kept = list(sessions)
    record_id = identifier("call", key)
    for number, stay in enumerate(kept):
        stay.id = identifier("call-session", record_id, number)
    ends_at = max(stay.ends_at for stay in kept)
    record = CallRecord(
        id=record_id,
        type="peerToPeer" if peer_to_peer else "groupCall",
        organizer=organizer,
        join_web_url=join_url,
        starts_at=min(stay.starts_at for stay in kept),
        ends_at=ends_at,
        available_at=ends_at + delay,
        sessions=kept,
    )
    world.call_records[record_id] = record
    return record


def sessions_like(records: Iterable[AttendanceRecord]) -> list[CallSession]:
    """The sessions of a call in which the same people stayed as long as in a report."""
    return [
        CallSession("", record.person, stay.join, stay.leave)
        for record in records
        for stay in record.intervals
    ]
