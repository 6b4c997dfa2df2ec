"""Messages as JSON (graph-api §7)."""

from datetime import datetime

from sandbox.graph.identities import Json, user_identity, user_set
from sandbox.graph.times import graph_time
from sandbox.world.model import Meeting
from sandbox.world.people import TENANT_ID
from sandbox.world.talk import (
    Attachment,
    CallEnded,
    CallStarted,
    Channel,
    Event,
    Message,
    Reaction,
    RecordingEvent,
)

_EVENT = "#microsoft.graph.{}EventMessageDetail"


def chat_json(meeting: Meeting) -> Json:
    """A meeting's chat; ``onlineMeetingInfo`` is a bridge from thread to meeting."""
    last = max((m.modified_at for m in meeting.messages), default=meeting.starts_at)
    return {
        "id": meeting.thread_id,
        "topic": meeting.subject,
        "chatType": "meeting",
        "createdDateTime": graph_time(meeting.starts_at),
        "lastUpdatedDateTime": graph_time(last),
        "tenantId": TENANT_ID,
        "webUrl": f"https://teams.microsoft.com/l/chat/{meeting.thread_id}/0?tenantId={TENANT_ID}",
        "onlineMeetingInfo": {
            "calendarEventId": meeting.event_id,
            "joinWebUrl": meeting.join_web_url,
            "organizer": user_identity(meeting.organizer, named=False),
        },
    }


def message_json(
    message: Message,
    graph: str,
    enums: bool,
    meeting: Meeting | None = None,
    channel: Channel | None = None,
    post: Message | None = None,
) -> Json:
    """``graph``: the API's address. ``enums``: the client knows the newer message types.

    What was deleted keeps its place and loses its content.
    """
    gone = message.deleted_at is not None
    system = "systemEventMessage" if enums else "unknownFutureValue"
    content = "" if gone else message.body.replace("{graph}", graph)
    return {
        "id": message.id,
        "replyToId": post.id if post is not None else None,
        "etag": str(int(message.modified_at.timestamp() * 1000)),
        "messageType": system if message.event is not None else "message",
        "createdDateTime": graph_time(message.created_at),
        "lastModifiedDateTime": graph_time(message.modified_at),
        "lastEditedDateTime": _time(message.edited_at),
        "deletedDateTime": _time(message.deleted_at),
        "subject": message.subject,
        "summary": None,
        "chatId": meeting.thread_id if meeting is not None and channel is None else None,
        "importance": "normal",
        "locale": "en-us",
        "webUrl": None,
        "channelIdentity": _channel(channel),
        "policyViolation": None,
        "eventDetail": _event(message.event, meeting),
        "from": user_set(message.sender) if message.sender is not None else None,
        "body": {"contentType": message.content_type, "content": content},
        "attachments": [] if gone else [_attachment(one) for one in message.attachments],
        "mentions": [] if gone else _mentions(message),
        "reactions": [] if gone else [_reaction(one) for one in message.reactions],
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else graph_time(moment)


def _channel(channel: Channel | None) -> Json | None:
    return None if channel is None else {"teamId": channel.team_id, "channelId": channel.id}


def _attachment(one: Attachment) -> Json:
    return {
        "id": one.id,
        "contentType": one.content_type,
        "contentUrl": one.url,
        "content": one.content,
        "name": one.name,
        "thumbnailUrl": None,
        "teamsAppId": None,
    }


def _mentions(message: Message) -> list[Json]:
    return [
        {
            "id": number,
            "mentionText": person.name,
            "mentioned": {**user_set(person), "conversation": None},
        }
        for number, person in enumerate(message.mentions)
    ]


def _reaction(one: Reaction) -> Json:
    return {
        "reactionType": one.kind,
        "displayName": one.kind.capitalize(),
        "createdDateTime": graph_time(one.at),
        "user": user_set(one.person, named=False),
    }


def _event(event: Event | None, meeting: Meeting | None) -> Json | None:
    if event is None:
        return None
    organizer = user_set(meeting.organizer, named=False) if meeting is not None else None
    if isinstance(event, RecordingEvent):
        return {
            "@odata.type": _EVENT.format("callRecording"),
            "callId": event.call_id,
            "callRecordingDisplayName": event.name,
            "callRecordingUrl": event.url,
            "callRecordingDuration": _duration(event.seconds),
            "callRecordingStatus": event.status,
            "meetingOrganizer": organizer,
            "initiator": user_set(event.initiator),
        }
    if isinstance(event, CallStarted | CallEnded):
        return _call(event)
    return {
        "@odata.type": _EVENT.format("callTranscript"),
        "callId": event.call_id,
        "callTranscriptICalUid": event.ical_uid,
        "meetingOrganizer": organizer,
    }


def _call(event: CallStarted | CallEnded) -> Json:
    ended = isinstance(event, CallEnded)
    body: Json = {
        "@odata.type": _EVENT.format("callEnded" if ended else "callStarted"),
        "callId": event.call_id,
        "callEventType": "meeting",
        "initiator": user_set(event.initiator),
    }
    if isinstance(event, CallEnded):
        body["callDuration"] = _duration(event.seconds)
        body["callParticipants"] = [{"participant": user_set(who)} for who in event.participants]
    return body


def _duration(seconds: float | None) -> str | None:
    """ISO 8601: ``PT58M``, ``PT1H2.5S``."""
    if seconds is None:
        return None
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = ((hours, "H"), (minutes, "M"), (left, "S"))
    return "PT" + ("".join(f"{value:g}{unit}" for value, unit in parts if value) or "0S")
