"""The small report that 91 to 97 have: Mara (or another organizer), Noor and Ines."""

from datetime import datetime

from sandbox.world.build import Span, add_report, attended
from sandbox.world.model import Meeting, World


def three_came(world: World, meeting: Meeting) -> None:
    """Organizer 3600 s, Noor 3000 s, Ines 1800 s. Sum 8400."""
    spans = {"noor": ("0:05:00", "0:55:00"), "ines": ("0:10:00", "0:40:00")}
    came(world, meeting, meeting.starts_at, spans)


def came(world: World, meeting: Meeting, start: datetime, spans: dict[str, Span]) -> None:
    """The organizer for one hour from ``start``, the others as ``spans`` say."""
    whole = ("0:00:00", "1:00:00")
    lines = [attended(meeting, meeting.organizer, whole, role="Organizer")]
    lines += [attended(meeting, world.who[short], span) for short, span in spans.items()]
    shift = start - meeting.starts_at
    for line in lines:
        line.intervals = [
            type(stay)(stay.join + shift, stay.leave + shift) for stay in line.intervals
        ]
    add_report(meeting, lines, key=f"{shift.days}")
