"""Online meetings as Graph shows them (graph-api §2)."""

from datetime import timedelta

from sandbox.graph.times import graph_time
from sandbox.world.model import Meeting
from sandbox.world.person import Person
from sandbox.world.planning import PLANNED_AHEAD

EXPIRES_AFTER = timedelta(days=60)  # shown only; what expires is set by hand


def meeting_json(meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "creationDateTime": graph_time(meeting.created_at or meeting.starts_at - PLANNED_AHEAD),
        "startDateTime": graph_time(meeting.starts_at),
        "endDateTime": graph_time(meeting.ends_at),
        "expiryDateTime": graph_time(meeting.ends_at + EXPIRES_AFTER),
        "joinWebUrl": meeting.join_web_url,
        "meetingOptionsWebUrl": None,
        "subject": meeting.subject,
        "meetingType": meeting.meeting_type,
        "recordAutomatically": meeting.record_automatically,
        "allowRecording": True,
        "allowTranscription": True,
        "isBroadcast": False,
        "autoAdmittedUsers": "everyoneInCompany",  # not in the model: the type is open (§2)
        "joinMeetingIdSettings": {
            "isPasscodeRequired": False,
            "joinMeetingId": meeting.join_meeting_id,
            "passcode": None,
        },
        "chatInfo": {
            "threadId": meeting.thread_id,
            "messageId": meeting.post.id if meeting.post is not None else "0",
            "replyChainMessageId": None,
        },
        "participants": {
            "organizer": _organizer(meeting.organizer),
            "attendees": meeting.attendees,
        },
        **meeting.options,
    }


def _organizer(person: Person) -> dict[str, object]:
    return {
        "upn": person.upn,
        "role": "presenter",
        "identity": {"user": {"id": person.id, "displayName": None, "tenantId": person.tenant_id}},
    }
