"""Online meetings."""

from typing import Any

from platforms.records import RemoteMeeting
from teams_integration.parse.values import child, identifier, optional_identifier, optional_text

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
    )


def chat_organizer(source: dict[str, Any]) -> str:
    """The object id of the organizer of a chat's meeting, "" if there is none.

    https://learn.microsoft.com/graph/api/resources/teamworkonlinemeetinginfo
    """
    organizer = child(child(source, "onlineMeetingInfo"), "organizer")
    return (optional_text(organizer, "id") or "").lower()
