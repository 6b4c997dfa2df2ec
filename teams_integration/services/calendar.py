"""Events in an organizer's calendar, each with a Teams meeting.

The event never tells the meeting's id: only its join link, by which online_meetings finds it.
"""

from typing import Any

from platforms.context import CallContext
from platforms.contract import CalendarEvent, NewMeeting
from platforms.errors import BadResponseError, ConfigurationError, NotFoundError, PlatformError
from platforms.reasons import ReasonCode
from teams_integration import times
from teams_integration.client import GraphClient
from teams_integration.errors import error_of, existing_event
from teams_integration.parse import meetings
from teams_integration.services.users import fetch_user

PERMISSION = "Calendars.ReadWrite"
TEAMS = "teamsForBusiness"
PROVIDERS = "allowedOnlineMeetingProviders"
GONE = ReasonCode.EVENT_GONE


def create(graph: GraphClient, new: NewMeeting, context: CallContext) -> CalendarEvent:
    """The event, made now or before. A 201 does not prove that there is a meeting."""
    # https://learn.microsoft.com/graph/api/user-post-events
    url = graph.url("users", new.organizer_email, "events")
    body = {
        **_said(new),
        "isOnlineMeeting": True,
        "onlineMeetingProvider": TEAMS,
        "transactionId": new.transaction_id,
    }
    try:
        answer = graph.write(
            "POST", url, context, body=body, expects=(200, 201, 400, 409), **_options()
        )
    except NotFoundError as error:
        email, reason = new.organizer_email, ReasonCode.NO_MAILBOX
        raise _missing(graph, email, error, context, reason, organizer=email) from error
    if answer.status < 400:
        return meetings.made_event(answer.json_object())
    if event_id := existing_event(answer):
        return CalendarEvent(event_id, None)
    raise error_of(answer, PERMISSION)


def fetch(
    graph: GraphClient, organizer_email: str, event_id: str, context: CallContext
) -> CalendarEvent:
    # https://learn.microsoft.com/graph/api/event-get
    url = _url(graph, organizer_email, event_id)
    try:
        return meetings.event(graph.get(url, context, **_options()))
    except NotFoundError as error:
        raise _missing(graph, organizer_email, error, context, GONE) from error


def change(graph: GraphClient, event_id: str, now: NewMeeting, context: CallContext) -> None:
    # https://learn.microsoft.com/graph/api/event-update
    url = _url(graph, now.organizer_email, event_id)
    try:
        answer = graph.write("PATCH", url, context, body=_said(now), **_options())
        meetings.made_event(answer.json_object())  # a page of somebody else's is not believed
    except NotFoundError as error:
        raise _missing(graph, now.organizer_email, error, context, GONE) from error


def remove(graph: GraphClient, organizer_email: str, event_id: str, context: CallContext) -> None:
    """In the organizer's calendar this cancels it for everybody invited."""
    # https://learn.microsoft.com/graph/api/event-delete
    url = _url(graph, organizer_email, event_id)
    try:
        graph.write("DELETE", url, context, expects=(204,), **_options())
    except NotFoundError:
        return


def explain_no_meeting(
    graph: GraphClient, organizer_email: str, context: CallContext
) -> PlatformError:
    try:
        offered = offers_teams(fetch_calendar(graph, organizer_email, context))
    except PlatformError as error:
        return error
    return ConfigurationError(
        "Microsoft made the calendar event without a meeting.",
        reason=ReasonCode.NO_TEAMS_LICENCE if offered else ReasonCode.CALENDAR_WITHOUT_TEAMS,
        params={"organizer": organizer_email},
    )


def fetch_calendar(graph: GraphClient, organizer: str, context: CallContext) -> dict[str, Any]:
    """``organizer``: an e-mail address or a directory id."""
    # https://learn.microsoft.com/graph/api/calendar-get
    return graph.get(graph.url("users", organizer, "calendar"), context, **_options())


def offers_teams(calendar: dict[str, Any]) -> bool:
    """Whether its events can have a Teams meeting. ``calendar``: as Graph describes it."""
    providers = calendar.get(PROVIDERS)
    if not isinstance(providers, list):
        raise BadResponseError(f"“{PROVIDERS}” is {type(providers).__name__}, not a list.")
    return TEAMS in providers


def _options() -> dict[str, Any]:
    """Of every call. Other ids than these change when somebody moves the event to a folder."""
    return {
        "permission": PERMISSION,
        "headers": {"Prefer": 'IdType="ImmutableId"'},
        "refused_as": ReasonCode.CALENDAR_CLOSED,
    }


def _said(meeting: NewMeeting) -> dict[str, object]:
    return {
        "subject": meeting.subject,
        "start": {"dateTime": times.without_zone(meeting.starts_at), "timeZone": "UTC"},
        "end": {"dateTime": times.without_zone(meeting.ends_at), "timeZone": "UTC"},
    }


def _url(graph: GraphClient, organizer_email: str, event_id: str) -> str:
    return graph.url("users", organizer_email, "events", event_id)


def _missing(
    graph: GraphClient,
    organizer_email: str,
    error: NotFoundError,
    context: CallContext,
    reason: ReasonCode,
    **params: str,
) -> NotFoundError:
    """What was not found, for ``reason``; raises if it is the organizer who is not there."""
    fetch_user(graph, organizer_email, context)
    return error.because(reason, **params)
