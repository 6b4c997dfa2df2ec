"""What the tenant holds. Times are UTC datetimes; nothing here knows HTTP or JSON.

The objects are mutable because ``POST /_sandbox/world`` changes them after the fact.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sandbox.world.calendar import Calendars
from sandbox.world.media import Recording, Transcript
from sandbox.world.person import Person
from sandbox.world.storage import Drive
from sandbox.world.talk import Channel, Message


@dataclass(frozen=True)
class Interval:
    """One join and leave, to the microsecond."""

    join: datetime
    leave: datetime

    @property
    def seconds(self) -> float:
        return (self.leave - self.join).total_seconds()


@dataclass
class AttendanceRecord:
    """One line of a report; a person with two devices has two (graph-api §3)."""

    id: str
    person: Person
    role: str
    email: str | None
    intervals: list[Interval]


@dataclass
class Report:
    """One attendance report = one sitting of a meeting; visible from ``available_at`` on."""

    id: str
    starts_at: datetime
    ends_at: datetime
    available_at: datetime
    records: list[AttendanceRecord]


@dataclass
class Meeting:
    """An onlineMeeting.

    ``reports_kept`` False: the attendanceReports route answers 404, as it may for
    Meet Now. An empty ``reports`` list with True: reports were switched off, or
    nobody came, or it has not been held. ``call_id``: of its (last) call. ``channel``
    set: it is held in a team's channel, and ``messages`` are replies to ``post``.
    ``options`` and ``attendees``: what a PATCH set. ``created_at`` None: nobody remembers.
    """

    id: str
    organizer: Person
    subject: str
    starts_at: datetime
    ends_at: datetime
    join_web_url: str
    join_meeting_id: str
    thread_id: str
    event_id: str
    meeting_type: str = "scheduled"
    reports_kept: bool = True
    expired: bool = False
    reports: list[Report] = field(default_factory=list)
    call_id: str = ""
    recordings: list[Recording] = field(default_factory=list)
    transcripts: list[Transcript] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    channel: Channel | None = None
    post: Message | None = None
    record_automatically: bool = False
    options: dict[str, object] = field(default_factory=dict)
    attendees: list[dict[str, object]] = field(default_factory=list)
    created_at: datetime | None = None
    deleted: bool = False

    @property
    def gone(self) -> bool:
        """No route finds it any more; its chat stays."""
        return self.expired or self.deleted


@dataclass
class CallSession:
    """One endpoint's stay in a call.

    ``person`` None: a service endpoint on both sides, which is nobody.
    ``callee`` is set in peer-to-peer calls only. ``legacy_identity``: the caller
    stands in ``identity.user`` instead of ``associatedIdentity`` (graph-api §4).
    """

    id: str
    person: Person | None
    starts_at: datetime
    ends_at: datetime
    callee: Person | None = None
    legacy_identity: bool = False


@dataclass
class CallRecord:
    """A call record; listed and found from ``available_at`` until 30 days after its end."""

    id: str
    type: Literal["groupCall", "peerToPeer"]
    organizer: Person
    join_web_url: str | None
    starts_at: datetime
    ends_at: datetime
    available_at: datetime
    sessions: list[CallSession]
    version: int = 1

    def people(self) -> list[Person]:
        """Everyone in the call, once each, in order of appearance."""
        found: dict[int, Person] = {}
        for stay in self.sessions:
            for person in (stay.person, stay.callee):
                if person is not None:
                    found.setdefault(id(person), person)
        return list(found.values())


@dataclass(frozen=True)
class RosterEntry:
    """Who a registrar enrolled. ``directory_id`` None where only an e-mail is known."""

    role: Literal["instructor", "learner"]
    name: str
    email: str
    directory_id: str | None = None


@dataclass(frozen=True)
class TimeSlot:
    """One dated sitting of a conference, with a meeting of its own."""

    id: int
    meeting: Meeting
    auto_recording_status: str | None = None


@dataclass(frozen=True)
class Conference:
    """What a registrar would know. ``knows_meeting_id``: whether the LMS stored the online
    meeting's id; ``knows_event`` False: the meeting was made elsewhere, its event is unknown.
    """

    id: int
    title: str
    description: str
    course_code: str
    organizer: Person
    starts_at: datetime
    ends_at: datetime
    roster: tuple[RosterEntry, ...]
    meeting: Meeting | None = None
    time_slots: tuple[TimeSlot, ...] = ()
    knows_meeting_id: bool = False
    knows_event: bool = True
    auto_recording_status: str | None = None


@dataclass
class World:
    """One tenant at one anchor. ``who`` finds people by the short names of ``people.py``."""

    anchor: datetime
    who: dict[str, Person]
    directory: dict[str, Person] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    call_records: dict[str, CallRecord] = field(default_factory=dict)
    conferences: list[Conference] = field(default_factory=list)
    without_policy: set[str] = field(default_factory=set)
    drives: dict[str, Drive] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    calendars: Calendars = field(default_factory=Calendars)

    def drive_of(self, person: Person) -> Drive | None:
        """The OneDrive of ``person``, provisioned or not; None where there is none at all."""
        return next((d for d in self.drives.values() if d.owner is person), None)
