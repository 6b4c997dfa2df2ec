"""The chat of a conference, page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict

from conferences.clocks import local_day
from conferences.models import ChatMessage, Conference
from conferences.queries.moments import Field, read_moment
from conferences.queries.search import search_words

PER_PAGE = 50
MINUTE = timedelta(minutes=1)
SHOWN_EVENTS = (
    *("call_started", "call_ended", "recording_started", "recording"),
    *("recording_failed", "transcript"),
)


@dataclass(frozen=True)
class Day:
    """``at``: its first message; ``messages`` with whether the sender ``is_on_roster``."""

    at: datetime
    messages: list[ChatMessage]


@dataclass(frozen=True)
class Chat:
    """``start`` and ``end`` are as they were asked for, in the viewer's time zone."""

    page: Page[ChatMessage]
    days: list[Day]
    has_some: bool
    q: str
    start: Field
    end: Field

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or self.start.text or self.end.text)

    @property
    def is_reversed(self) -> bool:
        return bool(self.start.moment and self.end.moment and self.start.moment > self.end.moment)


def list_messages(conference: Conference, query: QueryDict) -> Chat:
    """Fifty a page, oldest first. ``q`` searches what people wrote and who wrote it, ``from`` and
    ``to`` bound the time; a bound that cannot be read bounds nothing.
    """
    q, start, end = search_words(query), read_moment(query, "from"), read_moment(query, "to")
    known = conference.messages.filter(is_planned=True, event__in=("", *SHOWN_EVENTS))
    rows = known.order_by("created_at", "id")
    if q:
        rows = rows.filter(
            Q(text__icontains=q) | Q(sender_name__icontains=q), event="", deleted_at=None
        )
    if start.moment:
        rows = rows.filter(created_at__gte=start.moment)
    if end.moment:
        rows = rows.filter(created_at__lt=end.moment + MINUTE)
    page = Paginator(rows, PER_PAGE).get_page(query.get("page"))
    messages = list(page)
    _match(conference, messages)
    by_day = groupby(messages, key=lambda message: local_day(message.created_at))
    days = [Day(mine[0].created_at, mine) for mine in (list(same) for _, same in by_day)]
    return Chat(page, days, bool(messages) or known.exists(), q, start, end)


def _match(conference: Conference, messages: Collection[ChatMessage]) -> None:
    """By directory id, as attendance is matched; never by name."""
    senders = {message.sender_id for message in messages if message.sender_id}
    members = _directory_ids(conference, senders) if senders else set()
    for message in messages:
        message.is_on_roster = (  # type: ignore[attr-defined]
            bool(message.sender_id) and str(message.sender_id).lower() in members
        )


def _directory_ids(conference: Conference, senders: Collection[str]) -> set[str]:
    """In lower case: of the roster, of its accounts, and of those whom attendance recognised."""
    known = conference.roster.values_list("directory_id", "user__directory_id")
    attended = conference.attendance.filter(membership__isnull=False, directory_id__in=senders)
    ids = [one for pair in known for one in pair]
    return {one.lower() for one in (*ids, *attended.values_list("directory_id", flat=True)) if one}
