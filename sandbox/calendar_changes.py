"""Changes of calendars, of mailboxes and of automatic recording, for ``POST /_sandbox/world``."""

from collections.abc import Callable
from datetime import timedelta

from sandbox.clock import parse_moment
from sandbox.planned import iso
from sandbox.wanted import ChangeRefused, Wish, meeting_of, person_of
from sandbox.world.calendar import RecordingPolicy
from sandbox.world.model import World
from sandbox.world.planning import end, go_online, plan_event, shorten

_POLICIES: dict[str, RecordingPolicy] = {
    "allowed": "allowed",
    "refused": "refused",
    "ignored": "ignored",
}
_A_DAY = timedelta(days=1)


def _set_mailbox(world: World, wish: Wish) -> dict[str, object]:
    return _take(world, wish, "has", world.calendars.without_mailbox)


def _set_mailbox_scope(world: World, wish: Wish) -> dict[str, object]:
    """``granted`` False: Exchange excludes the mailbox, whatever the app's roles."""
    return _take(world, wish, "granted", world.calendars.out_of_scope)


def _set_calendar(world: World, wish: Wish) -> dict[str, object]:
    """``teams`` False: the calendar does not name Teams as a provider."""
    return _take(world, wish, "teams", world.calendars.without_teams)


def _set_licence(world: World, wish: Wish) -> dict[str, object]:
    """``teams`` False: the calendar names Teams, and yet no event becomes a meeting."""
    return _take(world, wish, "teams", world.calendars.without_licence)


def _set_recording_policy(world: World, wish: Wish) -> dict[str, object]:
    """``ignored``: a PATCH succeeds and changes nothing."""
    person = person_of(world, wish["email"])
    if wish["policy"] not in _POLICIES:
        raise ChangeRefused(f"policy is one of {', '.join(_POLICIES)}")
    world.calendars.recording_policy[str(person.id)] = _POLICIES[wish["policy"]]
    return {"id": person.id}


def _switch_recording(world: World, wish: Wish) -> dict[str, object]:
    """By hand, in Teams."""
    meeting = meeting_of(world, wish)
    meeting.record_automatically = _flag(wish, "on")
    return {"meeting": meeting.id}


def _delete_event(world: World, wish: Wish) -> dict[str, object]:
    """The event and its online meeting, as if there had never been a meeting."""
    meeting = meeting_of(world, wish)
    meeting.deleted = True
    for event in world.calendars.events.values():
        if event.meeting is meeting and event.state == "planned":
            end(event, "deleted")
    return {"meeting": meeting.id, "event": meeting.event_id}


def _shorten_link(world: World, wish: Wish) -> dict[str, object]:
    return {"join_url": shorten(world, meeting_of(world, wish))}


def _add_meetings(world: World, wish: Wish) -> dict[str, object]:
    """``count`` meetings of an hour, one a day from tomorrow on, at the hour of ``at``."""
    organizer, count = person_of(world, wish["email"]), int(wish["count"])
    now, made = parse_moment(wish["at"]).replace(second=0, microsecond=0), []
    if not world.calendars.makes_meetings(organizer):
        raise ChangeRefused(f"{wish['email']} gets no meetings")
    for number in range(count):
        starts_at = now + (number + 1) * _A_DAY
        subject = f"{wish['subject']} {number + 1}"
        ends_at = starts_at + timedelta(hours=1)
        event = plan_event(world, organizer, subject, starts_at, ends_at, now)
        meeting = go_online(world, event)
        assert meeting is not None
        made.append(
            {
                "meeting_id": event.id,
                "join_url": meeting.join_web_url,
                "online_meeting_id": meeting.id,
                "starts_at": iso(starts_at),
                "ends_at": iso(ends_at),
            }
        )
    return {"meetings": made}


def _take(world: World, wish: Wish, name: str, without: set[str]) -> dict[str, object]:
    person = person_of(world, wish["email"])
    (without.discard if _flag(wish, name) else without.add)(str(person.id))
    return {"id": person.id}


def _flag(wish: Wish, name: str) -> bool:
    if not isinstance(wish[name], bool):
        raise ChangeRefused(f"{name} is true or false")
    return bool(wish[name])


CALENDAR_OPERATIONS: dict[str, Callable[[World, Wish], dict[str, object]]] = {
    "set_mailbox": _set_mailbox,
    "set_mailbox_scope": _set_mailbox_scope,
    "set_calendar": _set_calendar,
    "set_licence": _set_licence,
    "set_recording_policy": _set_recording_policy,
    "switch_recording": _switch_recording,
    "delete_event": _delete_event,
    "shorten_link": _shorten_link,
    "add_meetings": _add_meetings,
}
