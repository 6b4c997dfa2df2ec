"""What a weekly pattern would make, beside what is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from conferences.models import Conference, ConferenceTimeSlot
from conferences.queries.slots import overlapping


@dataclass(frozen=True)
class Date:
    """``has_other_clock``: between this date and the one before it the clocks change."""

    key: str  # the day, as in 2026-03-10
    starts_at: datetime
    ends_at: datetime
    is_past: bool
    is_there: bool
    overlaps: list[ConferenceTimeSlot]
    has_other_clock: bool

    @property
    def can_be_made(self) -> bool:
        return not (self.is_past or self.is_there)


def list_dates(conference: Conference, found: Sequence[tuple[datetime, datetime]]) -> list[Date]:
    """``found``: start and end of each, in order."""
    zone, now = ZoneInfo(conference.timezone), timezone.now()
    others = overlapping(conference, found) if found else []
    dates, offset = [], None
    for starts_at, ends_at in found:
        local = starts_at.astimezone(zone)
        theirs = [one for one in others if one.starts_at < ends_at and one.ends_at > starts_at]
        has_other_clock = offset not in {None, local.utcoffset()}
        offset = local.utcoffset()
        dates.append(
            Date(
                f"{local:%Y-%m-%d}",
                starts_at,
                ends_at,
                is_past=starts_at <= now,
                is_there=any(
                    (one.starts_at, one.ends_at) == (starts_at, ends_at) for one in theirs
                ),
                overlaps=theirs,
                has_other_clock=has_other_clock,
            )
        )
    return dates
