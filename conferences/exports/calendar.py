"""Planned meetings as an iCalendar file (RFC 5545, 5546): for downloads, feeds and mails."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.models.user import zone_of
from conferences.exports.zones import zone_component
from conferences.models import Conference
from conferences.models.meeting import PlannedMeeting

PRODUCT = "-//LMS Conferences//EN"
METHOD = "PUBLISH"  # nobody is asked to answer
ASK_AGAIN = timedelta(hours=1)  # how often a subscriber should read a feed
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LINK = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@:;,\"<>\\]+@[^\s@:;,\"<>\\]+")


class Part(StrEnum):
    """Of whom the file is for."""

    EXPECTED = "CONFIRMED"
    NOT_BOOKED = "TENTATIVE"  # has no seat there, and is not told how to join


@dataclass(frozen=True)
class Entry:
    """A slot, or a conference's own meeting. ``changed_at``: when somebody last changed it."""

    conference: Conference
    meeting: PlannedMeeting
    part: Part = Part.EXPECTED
    changed_at: datetime | None = None


def calendar_file(entries: Iterable[Entry], *, now: datetime, name: str = "") -> bytes:
    """``name`` is what a subscriber's program calls the feed."""
    made = Calendar()
    made.add("PRODID", PRODUCT)
    made.add("VERSION", "2.0")
    made.add("METHOD", METHOD)
    if name:
        made.add("NAME", vText(_line(name)))
        made.add("X-WR-CALNAME", vText(_line(name)))
        made.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        made.add("X-PUBLISHED-TTL", "PT1H")
    years: dict[str, set[int]] = {}
    events = []
    for entry in entries:
        zone = zone_of(entry.conference.timezone)
        moments = (entry.meeting.starts_at, entry.meeting.ends_at)
        years.setdefault(zone.key, set()).update(one.astimezone(zone).year for one in moments)
        events.append(_event(entry, zone, now))
    # A calendar without any part would be none.
    for key, known in (years or {"UTC": {now.year}}).items():
        made.add_component(zone_component(key, min(known), max(known)))
    for event in events:
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def uid(meeting: PlannedMeeting) -> str:
    """The same for as long as there is the meeting, however often it is moved or made anew."""
    kind = "conference" if meeting.slot is None else "slot"
    return f"{kind}-{meeting.pk}@lms-conferences"


def _event(entry: Entry, zone: ZoneInfo, now: datetime) -> Event:
    conference, meeting = entry.conference, entry.meeting
    made = Event()
    made.add("UID", uid(meeting))
    made.add("SEQUENCE", meeting.calendar_sequence)
    made.add("DTSTAMP", now.astimezone(UTC))
    if entry.changed_at:
        made.add("LAST-MODIFIED", entry.changed_at.astimezone(UTC))
    made.add("DTSTART", _moment(meeting.starts_at, zone))
    made.add("DTEND", _moment(meeting.ends_at, zone))
    made.add("SUMMARY", _line(conference.title))
    made.add("STATUS", "CANCELLED" if meeting.is_cancelled else entry.part)
    link = "" if meeting.is_cancelled else _join_link(entry)
    if link:
        made.add("LOCATION", link)
        made.add("URL", link)
    if description := _description(entry, link):
        made.add("DESCRIPTION", description)
    if _ADDRESS.fullmatch(conference.organizer_email):
        made.add("ORGANIZER", vCalAddress(f"mailto:{conference.organizer_email}"))
    return made


def _description(entry: Entry, link: str) -> str:
    said = [_text(entry.conference.description)]
    if link:
        said.append(_("Join: %(link)s") % {"link": link})
    elif entry.part is Part.NOT_BOOKED and not entry.meeting.is_cancelled:
        said.append(_("You have no seat here. Book one to be told how to join."))
    return "\n\n".join(filter(None, said))


def _join_link(entry: Entry) -> str:
    link = entry.meeting.meeting_link or ""
    return link if entry.part is Part.EXPECTED and _LINK.fullmatch(link) else ""


def _moment(moment: datetime, zone: ZoneInfo) -> datetime:
    """On the conference's clock; in UTC where the clock shows a time for the second time."""
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local


def _text(words: str) -> str:
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", words)).strip()


def _line(words: str) -> str:
    return " ".join(_text(words).split())
