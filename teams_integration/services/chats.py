"""What was written in a meeting's chat, and what its system messages tell of calls."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from platforms.calling import Pace
from platforms.context import CallContext
from platforms.contract import FeedPage, Known, Window
from platforms.errors import NotFoundError, PermissionRefusedError
from platforms.reasons import ReasonCode
from platforms.records import ChatPage, Progress, RemoteMeeting
from teams_integration import links
from teams_integration.chat_selection import LATE_WORD, OVERLAP, Selection
from teams_integration.client import NEXT_LINK, GraphClient
from teams_integration.parse import meetings
from teams_integration.parse.values import objects
from teams_integration.services import channels
from teams_integration.times import exactly

PERMISSION = "Chat.Read.All"
MOST = 50  # messages on a page
# Without it system messages are called "unknownFutureValue", and so might others be one day.
HEADERS = {"Prefer": "include-unknown-enum-members"}


def read(
    graph: GraphClient,
    meeting: RemoteMeeting,
    window: Window,
    known: Known,
    context: CallContext,
    chat_rate: float,
) -> Iterator[FeedPage]:
    """A page for each of Graph's, the first with ``changed_until``; in the end how many there were.

    Newest first; of a chat that was read before, only what has changed since.
    """
    thread_id = meeting.thread_id or _thread_in_link(meeting)
    pace = Pace(f"chat:{thread_id}", chat_rate)
    if known.thread_id != thread_id:
        known = replace(known, changed_until=None)
    selection = Selection(window, known, has_order=not channels.is_in_channel(meeting))
    if channels.is_in_channel(meeting):
        url, permission = channels.replies_url(graph, meeting), channels.PERMISSION
    else:
        if not meeting.thread_id:
            _check_organizer(graph, meeting, thread_id, context, pace)
        url, permission = _messages_url(graph, thread_id, window, known), PERMISSION
    expected = 0  # pages that are announced and not read yet
    listing = graph.answers(url, context, permission=permission, headers=HEADERS, paces=(pace,))
    try:
        is_first = True
        for answer in listing:
            sources = objects(answer, "value")
            found = selection.add(sources)
            is_over = selection.is_over or not answer.get(NEXT_LINK)
            if is_first and not sources and not is_over:
                continue  # it does not tell how far the chat goes
            found += selection.late() if is_over else ()
            until = _not_ahead(selection.changed_until) if is_first else None
            is_first = False
            lists_all = channels.is_in_channel(meeting)
            yield ChatPage(thread_id, found, until, lists_all, is_last=expected > 0)
            expected -= expected > 0
            if is_over:
                break
            yield Progress(selection.pages_left - expected)
            expected = selection.pages_left
    except NotFoundError as error:
        raise _unknown(meeting, error) from error
    yield Progress(-expected, {"read": selection.read, "kept": selection.kept}, selection.listed)
    if selection.odd is not None:
        raise selection.odd


def _not_ahead(moment: datetime | None) -> datetime | None:
    """A date in the far future would hide every later change for good."""
    return moment and min(moment, datetime.now(UTC))


def _messages_url(graph: GraphClient, thread_id: str, window: Window, known: Known) -> str:
    """A filter counts only if the order names the same property; descending is the only order."""
    if known.changed_until is None:
        name, condition = "createdDateTime", f"lt {exactly(window.closes_at + LATE_WORD)}"
    else:
        since = known.changed_until - OVERLAP
        name, condition = "lastModifiedDateTime", f"gt {exactly(since)}"
    query = {"$top": str(MOST), "$orderby": f"{name} desc", "$filter": f"{name} {condition}"}
    # https://learn.microsoft.com/graph/api/chat-list-messages
    return graph.url("chats", thread_id, "messages", query=query)


def _thread_in_link(meeting: RemoteMeeting) -> str:
    for join_url in meeting.join_urls:
        if thread_id := links.thread_in(join_url):
            return thread_id
    raise NotFoundError("No chat of this meeting is known.", reason=ReasonCode.CHAT_UNKNOWN)


def _check_organizer(
    graph: GraphClient, meeting: RemoteMeeting, thread_id: str, context: CallContext, pace: Pace
) -> None:
    """A link that somebody pasted must not open a colleague's chat."""
    # https://learn.microsoft.com/graph/api/chat-get
    url = graph.url("chats", thread_id)
    try:
        chat = graph.get(url, context, permission=PERMISSION, headers=HEADERS, paces=(pace,))
    except NotFoundError as error:
        raise _unknown(meeting, error) from error
    organizer_id = meetings.chat_organizer(chat)
    if not organizer_id or organizer_id != meeting.organizer_id.lower():
        raise PermissionRefusedError(
            "The chat is of somebody else's meeting.", reason=ReasonCode.ORGANIZER_DIFFERS
        )


def _unknown(meeting: RemoteMeeting, error: NotFoundError) -> NotFoundError:
    """In a channel the team is what somebody typed; the rest came from the vendor."""
    in_channel = channels.is_in_channel(meeting)
    return error.because(ReasonCode.TEAM_UNKNOWN if in_channel else ReasonCode.CHAT_UNKNOWN)
