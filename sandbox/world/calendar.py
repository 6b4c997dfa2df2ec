"""Calendars: one default calendar per mailbox, its events, what a mailbox may (graph-api §1)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sandbox.world.person import Person

if TYPE_CHECKING:
    from sandbox.world.model import Meeting

RecordingPolicy = Literal["allowed", "refused", "ignored"]


@dataclass(frozen=True)
class Attendee:
    address: str
    name: str
    type: str = "required"


@dataclass
class Event:
    """An event in its organizer's calendar.

    ``online``: isOnlineMeeting, which is false again once the link is gone from the body.
    ``late_reads``: how many answers still do not tell the join link. ``asked``: the body of its
    creation, for the same transaction once more. Mails are counted per recipient.
    """

    id: str
    organizer: Person
    subject: str
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    modified_at: datetime
    zones: tuple[str, str] = ("UTC", "UTC")
    attendees: list[Attendee] = field(default_factory=list)
    body: str = ""
    meeting: "Meeting | None" = None
    online: bool = False
    state: Literal["planned", "cancelled", "deleted"] = "planned"
    transaction_id: str | None = None
    asked: object = None
    late_reads: int = 0
    version: int = 1
    options: dict[str, object] = field(default_factory=dict)
    invitations: int = 0
    updates: int = 0
    cancellations: int = 0

    def look(self) -> bool:
        """One answer more about it; True while the join link is late."""
        late, self.late_reads = self.late_reads > 0, max(0, self.late_reads - 1)
        return late


@dataclass
class Calendars:
    """Everything that Exchange holds. People are meant by their directory ids."""

    events: dict[str, Event] = field(default_factory=dict)
    transactions: dict[tuple[str, str], Event] = field(default_factory=dict)
    without_mailbox: set[str] = field(default_factory=set)
    out_of_scope: set[str] = field(default_factory=set)
    without_teams: set[str] = field(default_factory=set)
    without_licence: set[str] = field(default_factory=set)
    recording_policy: dict[str, RecordingPolicy] = field(default_factory=dict)

    def offers_teams(self, person: Person) -> bool:
        """Whether the calendar names Teams as a provider; that proves no licence."""
        return person.id not in self.without_teams

    def makes_meetings(self, person: Person) -> bool:
        return self.offers_teams(person) and person.id not in self.without_licence
