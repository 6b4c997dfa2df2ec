"""``POST /_sandbox/world``: what happens to a tenant after the fact."""

from collections.abc import Callable
from datetime import timedelta

from sandbox.calendar_changes import CALENDAR_OPERATIONS
from sandbox.clock import parse_moment
from sandbox.content_changes import CONTENT_OPERATIONS
from sandbox.state import Sandbox
from sandbox.wanted import ChangeRefused, Wish, meeting_of, person_of
from sandbox.world.build import add_report
from sandbox.world.model import (
    AttendanceRecord,
    CallSession,
    Interval,
    Report,
    World,
)
from sandbox.world.people import identifier
from sandbox.world.person import Person


def change_world(sandbox: Sandbox, wish: Wish) -> dict[str, object]:
    """Do ``wish["op"]``; the answer names what changed. ``at`` is now, if it is not given."""
    name = wish.get("op")
    change = OPERATIONS.get(str(name))
    if change is None:
        raise ChangeRefused(f"unknown op {name!r}; there are {', '.join(OPERATIONS)}")
    now = sandbox.clock.now().isoformat()
    try:
        return {"op": name, **change(sandbox.world, {"at": now, **wish})}
    except KeyError as missing:
        raise ChangeRefused(f"{missing} is needed") from None
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        raise ChangeRefused(str(error)) from None


def _add_report(world: World, wish: Wish) -> dict[str, object]:
    """A further sitting; visible at once unless ``delay_seconds`` says otherwise."""
    meeting = meeting_of(world, wish)
    key = f"added/{len(meeting.reports)}"
    lines = [_line(world, line) for line in wish["records"]]
    report = add_report(meeting, lines, key=key)
    report.available_at = report.ends_at + timedelta(seconds=wish.get("delay_seconds", 0))
    return {"report": report.id}


def _remove_report(world: World, wish: Wish) -> dict[str, object]:
    report = _report(world, wish)
    meeting_of(world, wish).reports.remove(report)
    return {"report": report.id}


def _add_record(world: World, wish: Wish) -> dict[str, object]:
    report, line = _report(world, wish), _line(world, wish["record"])
    line.id = identifier("attendance", report.id, "added", len(report.records))
    report.records.append(line)
    return {"report": report.id, "record": line.id}


def _remove_record(world: World, wish: Wish) -> dict[str, object]:
    report = _report(world, wish)
    line = report.records.pop(int(wish["record"]))
    return {"report": report.id, "record": line.id}


def _edit_interval(world: World, wish: Wish) -> dict[str, object]:
    line = _report(world, wish).records[int(wish["record"])]
    number = int(wish.get("interval", 0))
    old = line.intervals[number]
    join = parse_moment(wish["join"]) if "join" in wish else old.join
    leave = parse_moment(wish["leave"]) if "leave" in wish else old.leave
    line.intervals[number] = Interval(join, leave)
    return {"record": line.id}


def _rename(world: World, wish: Wish) -> dict[str, object]:
    person = person_of(world, wish["email"])
    person.name = str(wish["name"])
    return {"id": person.id}


def _remove_user(world: World, wish: Wish) -> dict[str, object]:
    person = person_of(world, wish["email"])
    return {"id": world.directory.pop(str(person.id)).id}


def _set_policy(world: World, wish: Wish) -> dict[str, object]:
    person = person_of(world, wish["email"])
    (world.without_policy.discard if wish["granted"] else world.without_policy.add)(str(person.id))
    return {"id": person.id}


def _set_reports(world: World, wish: Wish) -> dict[str, object]:
    """``kept`` False: the route answers 404 from now on."""
    meeting = meeting_of(world, wish)
    meeting.reports_kept = bool(wish["kept"])
    return {"meeting": meeting.id}


def _expire_meeting(world: World, wish: Wish) -> dict[str, object]:
    meeting = meeting_of(world, wish)
    meeting.expired = True
    return {"meeting": meeting.id}


def _remove_call_record(world: World, wish: Wish) -> dict[str, object]:
    return {"call_record": world.call_records.pop(str(wish["id"])).id}


def _add_call_session(world: World, wish: Wish) -> dict[str, object]:
    """A later version of a record, with one session more (graph-api §4)."""
    record, person = world.call_records[str(wish["id"])], person_of(world, wish["email"])
    starts_at, ends_at = parse_moment(wish["starts_at"]), parse_moment(wish["ends_at"])
    stay_id = identifier("call-session", record.id, len(record.sessions))
    record.sessions.append(CallSession(stay_id, person, starts_at, ends_at))
    record.version += 1
    return {"call_record": record.id, "version": record.version}


OPERATIONS: dict[str, Callable[[World, Wish], dict[str, object]]] = {
    "add_report": _add_report,
    "remove_report": _remove_report,
    "add_record": _add_record,
    "remove_record": _remove_record,
    "edit_interval": _edit_interval,
    "rename": _rename,
    "remove_user": _remove_user,
    "set_policy": _set_policy,
    "set_reports": _set_reports,
    "expire_meeting": _expire_meeting,
    "add_call_session": _add_call_session,
    "remove_call_record": _remove_call_record,
    **CONTENT_OPERATIONS,
    **CALENDAR_OPERATIONS,
}


def _report(world: World, wish: Wish) -> Report:
    """``report``: its number in the order of making (default 0), or its id."""
    meeting, wanted = meeting_of(world, wish), wish.get("report", 0)
    if isinstance(wanted, int):
        return meeting.reports[wanted]
    for report in meeting.reports:
        if report.id == wanted:
            return report
    raise ChangeRefused(f"no report {wanted!r}")


def _line(world: World, line: Wish) -> AttendanceRecord:
    """{email | name, role?, shown_email?, intervals: [[join, leave], …]}."""
    person = person_of(world, line["email"]) if line.get("email") else _guest(line)
    stays = [Interval(parse_moment(a), parse_moment(b)) for a, b in line["intervals"]]
    shown = line.get("shown_email", person.mail)
    return AttendanceRecord("", person, line.get("role", "Attendee"), shown, stays)


def _guest(line: Wish) -> Person:
    return Person(str(line["name"]), kind="guest")
