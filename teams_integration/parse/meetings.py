"""Online meetings."""

from typing import Any

from platforms.contract import CalendarEvent
from platforms.errors import BadResponseError
from platforms.records import RemoteMeeting
from teams_integration.parse.values import (
    child,
    identifier,
    optional_identifier,
    optional_link,
    optional_text,
)

_NO_POST = "0"  # what meetings outside channels have for a message


def meeting(source: dict[str, Any]) -> RemoteMeeting:
    """An onlineMeeting. https://learn.microsoft.com/graph/api/resources/onlinemeeting"""
    organizer = child(child(child(source, "participants"), "organizer"), "identity")
    chat = child(source, "chatInfo")
    post_id = optional_identifier(chat, "messageId")
    return RemoteMeeting(
        meeting_id=identifier(source, "id"),
        organizer_id=optional_text(child(organizer, "user"), "id") or "",
        join_urls=tuple(filter(None, [optional_text(source, "joinWebUrl")])),
        thread_id=optional_identifier(chat, "threadId"),
        post_id=None if post_id == _NO_POST else post_id,
        records_itself=records_itself(source),
    )


def records_itself(source: dict[str, Any]) -> bool | None:
    """None where it does not say yes or no."""
    told = source.get("recordAutomatically")
    return told if isinstance(told, bool) else None


def event(source: dict[str, Any]) -> CalendarEvent:
    """A calendar event. https://learn.microsoft.com/graph/api/resources/event"""
    meeting = child(source, "onlineMeeting")
    return CalendarEvent(identifier(source, "id"), optional_link(meeting, "joinUrl"))


def made_event(source: dict[str, Any]) -> CalendarEvent:
    """As ``event``; an odd link is not worth the id of what was made, and counts as not told yet:
    whoever reads the event again is told what is wrong with it.
    """
    try:
        return event(source)
    except BadResponseError:
        return CalendarEvent(identifier(source, "id"), None)


def chat_organizer(source: dict[str, Any]) -> str:
    """The object id of the organizer of a chat's meeting, "" if there is none.

    https://learn.microsoft.com/graph/api/resources/teamworkonlinemeetinginfo
    """
    organizer = child(child(source, "onlineMeetingInfo"), "organizer")
    return (optional_text(organizer, "id") or "").lower()
