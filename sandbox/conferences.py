"""``GET /_sandbox/conferences``: the demo's conferences as a registrar would export them."""

from datetime import UTC, datetime

from sandbox.world.model import Conference, Meeting, RosterEntry, TimeSlot, World

TIMEZONE = "Europe/Berlin"


def conferences_json(world: World) -> dict[str, object]:
    """Times are ISO 8601 in UTC; what the LMS does not know is null."""
    return {"conferences": [_conference(conference) for conference in world.conferences]}


def channels_json(world: World) -> dict[str, object]:
    """Team and channel of every conference that is held in one."""
    found = [(c.id, c.meeting.channel) for c in world.conferences if c.meeting is not None]
    return {
        "channels": [
            {"conference": number, "team_id": channel.team_id, "channel_id": channel.id}
            for number, channel in found
            if channel is not None
        ]
    }


def _conference(conference: Conference) -> dict[str, object]:
    meeting = conference.meeting
    known = meeting is not None and conference.knows_meeting_id
    return {
        "id": conference.id,
        "title": conference.title,
        "description": conference.description,
        "course_code": conference.course_code,
        "platform": "teams",
        "organizer_email": conference.organizer.mail,
        "starts_at": _iso(conference.starts_at),
        "ends_at": _iso(conference.ends_at),
        "timezone": TIMEZONE,
        **_link(meeting, conference.knows_event),
        "online_meeting_id": meeting.id if meeting is not None and known else None,
        **_recording(conference),
        "use_time_slots": bool(conference.time_slots),
        "time_slots": [_slot(slot) for slot in conference.time_slots],
        "roster": [_entry(entry) for entry in conference.roster],
    }


def _slot(slot: TimeSlot) -> dict[str, object]:
    return {
        "id": slot.id,
        "starts_at": _iso(slot.meeting.starts_at),
        "ends_at": _iso(slot.meeting.ends_at),
        **_link(slot.meeting),
        "online_meeting_id": None,
        **_recording(slot),
    }


def _recording(planned: Conference | TimeSlot) -> dict[str, object]:
    """What the LMS noted about automatic recording, where it did."""
    status = planned.auto_recording_status
    return {"auto_recording_status": status} if status is not None else {}


def _link(meeting: Meeting | None, knows_event: bool = True) -> dict[str, object]:
    """Meet Now meetings are in nobody's calendar; no route leads from a channel to its team."""
    in_calendar = knows_event and meeting is not None and meeting.meeting_type != "meetnow"
    return {
        "meeting_id": meeting.event_id if meeting is not None and in_calendar else None,
        "meeting_link": meeting.join_web_url if meeting is not None else None,
        "team_id": meeting.channel.team_id if meeting is not None and meeting.channel else None,
    }


def _entry(entry: RosterEntry) -> dict[str, object]:
    return {
        "role": entry.role,
        "name": entry.name,
        "email": entry.email,
        "directory_id": entry.directory_id,
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
