"""Call records: what the tenant's calls were, for meetings that have no attendance report."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from platforms.calling import Pace
from platforms.context import CallContext
from platforms.contract import FeedPage, Window
from platforms.errors import (
    BadResponseError,
    NotFoundError,
    PermissionRefusedError,
)
from platforms.records import (
    AttendancePage,
    Progress,
    RemoteInterval,
    RemoteMeeting,
    RemotePerson,
    RemoteSitting,
)
from teams_integration import links
from teams_integration.client import GraphClient
from teams_integration.parse import calls
from teams_integration.parse.values import child, optional_text
from teams_integration.services.users import fetch_user
from teams_integration.times import to_the_second
from teams_integration.trouble import Trouble, listed_but_gone

PERMISSION = "CallRecords.Read.All"
REACH = timedelta(days=30)  # Microsoft keeps them no longer
LONGEST_CALL = timedelta(hours=24)  # the filter knows only when a call began


@dataclass
class _Selection:
    """What one listing held; only counts leave this module."""

    listed: int = 0
    in_window: int = 0
    elsewhere: int = 0  # this meeting's, but not near the planned time
    matched: tuple[RemoteSitting, ...] = ()
    guesses: tuple[RemoteSitting, ...] = ()

    def add(self, source: dict[str, Any], meeting: RemoteMeeting, window: Window) -> None:
        self.listed += 1
        sitting = calls.call_record(source, is_guess=False)
        join_url = optional_text(source, "joinWebUrl")
        is_theirs = _organizer(source) != meeting.organizer_id.lower() or not meeting.organizer_id
        is_ours = not is_theirs and any(
            links.same_join_url(join_url, ours) for ours in meeting.join_urls
        )
        if not window.covers(sitting.starts_at, sitting.ends_at):
            self.elsewhere += is_ours
            return
        self.in_window += 1
        if is_ours:
            self.matched += (sitting,)
        elif join_url is None and not is_theirs and _at_planned_time(sitting, window):
            self.guesses += (replace(sitting, is_guess=True),)


def read(
    graph: GraphClient,
    meeting: RemoteMeeting,
    window: Window,
    context: CallContext,
    call_record_rate: float,
) -> Iterator[FeedPage]:
    """First the counts, then the sessions of this meeting's calls; guesses only if none match.

    What is odd or not there does not hide the others: it is told in the end.
    """
    if window.closes_at < datetime.now(UTC) - REACH:
        yield Progress(0, {"listed": 0, "in_window": 0, "matched": 0, "out_of_reach": 1})
        return
    trouble = Trouble()
    selection = _list(graph, meeting, window, trouble, context)
    sittings = selection.matched or selection.guesses
    seen = {
        "listed": selection.listed,
        "in_window": selection.in_window,
        "matched": len(selection.matched),
        "elsewhere": selection.elsewhere,
    }
    yield Progress(len(sittings), seen)
    people = _People(graph, trouble, context)
    for sitting in sittings:
        pace = Pace(f"call-record:{sitting.source_id}", call_record_rate)
        yield from _read_record(graph, sitting, people, trouble, context, pace)
    trouble.tell()


def _list(
    graph: GraphClient,
    meeting: RemoteMeeting,
    window: Window,
    trouble: Trouble,
    context: CallContext,
) -> _Selection:
    first, last = window.opens_at - LONGEST_CALL, window.closes_at
    # https://learn.microsoft.com/graph/api/callrecords-cloudcommunications-list-callrecords
    url = graph.url(
        "communications",
        "callRecords",
        query={
            "$filter": f"startDateTime ge {to_the_second(first)}"
            f" and startDateTime lt {to_the_second(last)}"
        },
    )
    selection = _Selection()
    for page in graph.pages(url, context, permission=PERMISSION):
        trouble.parsed(lambda source: selection.add(source, meeting, window), page)
    return selection


def _read_record(
    graph: GraphClient,
    sitting: RemoteSitting,
    people: "_People",
    trouble: Trouble,
    context: CallContext,
    pace: Pace,
) -> Iterator[FeedPage]:
    # https://learn.microsoft.com/graph/api/callrecords-callrecord-get
    url = graph.url(
        "communications",
        "callRecords",
        sitting.source_id,
        query={"$expand": "sessions($expand=segments)"},
    )
    of_record = Trouble()
    try:
        source = graph.get(url, context, permission=PERMISSION, paces=(pace,))
        for sessions in graph.nested(
            source, "sessions", context, permission=PERMISSION, paces=(pace,)
        ):
            found = of_record.parsed(calls.call_session, sessions)
            yield AttendancePage(
                sitting, tuple(people.with_email(i) for i in found if i), is_last=False
            )
        of_record.tell()
    except NotFoundError as error:
        trouble.remember(listed_but_gone("call record", error))
    except BadResponseError as error:
        trouble.remember(error)
    else:
        yield AttendancePage(sitting, (), is_last=True)


class _People:
    """Names and addresses for directory ids; each is asked for once per run.

    A call record knows at most the user principal name, which need not be the e-mail.
    """

    def __init__(self, graph: GraphClient, trouble: Trouble, context: CallContext) -> None:
        self._graph, self._trouble, self._context = graph, trouble, context
        self._known: dict[str, RemotePerson] = {}
        self._is_refused = False

    def with_email(self, interval: RemoteInterval) -> RemoteInterval:
        person = interval.person
        if not person.directory_id:
            return interval
        if person.directory_id not in self._known:
            self._known[person.directory_id] = self._look_up(person, person.directory_id)
        return replace(interval, person=self._known[person.directory_id])

    def _look_up(self, person: RemotePerson, directory_id: str) -> RemotePerson:
        if self._is_refused:
            return person
        try:
            user = fetch_user(self._graph, directory_id, self._context)
        except NotFoundError:
            return person  # another tenant's user
        except PermissionRefusedError:
            self._is_refused = True  # we may not read the directory: no use in asking again
            return person
        except BadResponseError as error:
            self._trouble.remember(error)
            return person
        return replace(person, email=user.email or person.email, label=user.name or person.label)


def _organizer(source: dict[str, Any]) -> str:
    """The organizer's object id, "" if the record does not say: a link alone opens no meeting."""
    organizer = child(source, "organizer_v2")
    user = child(child(organizer, "identity"), "user")
    return (optional_text(organizer, "id") or optional_text(user, "id") or "").lower()


def _at_planned_time(sitting: RemoteSitting, window: Window) -> bool:
    return window.overlaps_plan(sitting.starts_at, sitting.ends_at)
