"""Events: made, read, changed, cancelled and deleted in the default calendar (graph-api §1)."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.bodies import Json, json_object, known, text
from sandbox.graph.calendars import event_in_path, mailbox_in_path
from sandbox.graph.errors import GraphError
from sandbox.graph.event_bodies import OPTIONS, failed, read_event
from sandbox.graph.event_shapes import as_html, event_json
from sandbox.graph.gate import (
    READ_CALENDARS,
    READ_WHOLE_CALENDARS,
    WRITE_CALENDARS,
    require_role,
    roles_of,
)
from sandbox.graph.odata import query_options, select
from sandbox.graph.paging import base_url
from sandbox.graph.timezones import preferred_zone
from sandbox.state import Sandbox
from sandbox.world.calendar import Event
from sandbox.world.person import Person
from sandbox.world.planning import end, go_online, invite, move, plan_event, write_body

_TEAMS = "teamsForBusiness"


async def create_event(request: Request) -> Response:
    """201 whether or not it became a meeting; invitations go out at once."""
    sandbox = require_role(request, WRITE_CALENDARS)
    query_options(request.url.query, set())
    preferred_zone(request.headers.get("prefer", ""))
    owner = mailbox_in_path(request, sandbox)
    body = await json_object(request)
    wanted = read_event(body)
    if "start" not in wanted or "end" not in wanted:
        raise failed()
    event = _made_before(sandbox, owner, wanted, body) or _make(sandbox, owner, wanted, body)
    return _answer(request, event, 201)


async def get_event(request: Request) -> Response:
    sandbox = require_role(request, READ_CALENDARS)
    options = query_options(request.url.query, {"$select"})
    event = event_in_path(request, sandbox)
    return _answer(request, event, wanted=options.get("$select"))


async def update_event(request: Request) -> Response:
    """Only what is given changes. The transaction is fixed; a meeting cannot be taken back."""
    sandbox = require_role(request, WRITE_CALENDARS)
    query_options(request.url.query, set())
    preferred_zone(request.headers.get("prefer", ""))
    event = event_in_path(request, sandbox)
    wanted = read_event(await json_object(request))
    if "transactionId" in wanted:
        raise GraphError(400, "ErrorInvalidPropertySet", "'transactionId' is set at creation only.")
    _check_times(event, wanted)
    before = _mailed(event)
    _write(event, wanted)
    if wanted.get("isOnlineMeeting") and wanted.get("onlineMeetingProvider") in (None, _TEAMS):
        go_online(sandbox.world, event, sandbox.tenant.short_links)
    if _mailed(event) != before:
        event.updates += len(event.attendees)
    if wanted.get("attendees") is not None:
        invite(event, wanted["attendees"])
    event.modified_at = sandbox.clock.now()
    event.version += 1
    return _answer(request, event)


async def cancel_event(request: Request) -> Response:
    """The event moves to the deleted items: nobody finds it here any more."""
    sandbox = require_role(request, WRITE_CALENDARS)
    event = event_in_path(request, sandbox)
    body = known(await json_object(request, required=False), ("comment", "Comment"), "cancel")
    for comment in body.values():
        text(comment or "")
    end(event, "cancelled")
    return Response(status_code=202)


async def delete_event(request: Request) -> Response:
    sandbox = require_role(request, WRITE_CALENDARS)
    end(event_in_path(request, sandbox), "deleted")
    return Response(status_code=204)


def _made_before(
    sandbox: Sandbox, owner: Person, wanted: dict[str, Any], body: Json
) -> Event | None:
    """The event of the same transaction, once more, or the refusal that names it."""
    transaction = wanted.get("transactionId")
    event = sandbox.world.calendars.transactions.get((str(owner.id), str(transaction)))
    if event is None:
        return None
    how = sandbox.tenant.duplicate_transaction
    if how == "same" and event.asked == body and event.state == "planned":
        return event
    raise GraphError(
        409 if how == "409" else 400,
        "ErrorDuplicateTransactionId",
        "Your request can't be completed. The TransactionId specified in the request has already "
        "been used to create a different event.",
        more={"@event.existingEventId": event.id},
    )


def _make(sandbox: Sandbox, owner: Person, wanted: dict[str, Any], body: Json) -> Event:
    (starts_at, _), (ends_at, _) = wanted["start"], wanted["end"]
    if ends_at < starts_at:
        raise failed()
    calendars, now = sandbox.world.calendars, sandbox.clock.now()
    event = plan_event(sandbox.world, owner, "", starts_at, ends_at, now)
    event.asked, event.transaction_id = body, wanted.get("transactionId")
    if event.transaction_id is not None:
        calendars.transactions[str(owner.id), event.transaction_id] = event
    _write(event, wanted)
    invite(event, wanted.get("attendees", []))
    provider = wanted.get("onlineMeetingProvider", _TEAMS)
    if wanted.get("isOnlineMeeting") and provider == _TEAMS:
        go_online(sandbox.world, event, sandbox.tenant.short_links)
    event.late_reads = sandbox.tenant.late_join_url
    return event


def _check_times(event: Event, wanted: dict[str, Any]) -> None:
    """Before anything is written."""
    starts_at, ends_at = (
        wanted[name][0] if name in wanted else old
        for name, old in (("start", event.starts_at), ("end", event.ends_at))
    )
    if ends_at < starts_at:
        raise failed()


def _write(event: Event, wanted: dict[str, Any]) -> None:
    """Everything but attendees and being online."""
    if "subject" in wanted:
        event.subject = wanted["subject"]
        if event.meeting is not None:
            event.meeting.subject = event.subject
    if "body" in wanted:
        write_body(event, as_html(*wanted["body"]))
    if "start" in wanted or "end" in wanted:
        starts = wanted.get("start", (event.starts_at, event.zones[0]))
        ends = wanted.get("end", (event.ends_at, event.zones[1]))
        event.zones = starts[1], ends[1]
        move(event, starts[0], ends[0])
    event.options |= {name: wanted[name] for name in OPTIONS if name in wanted}


def _mailed(event: Event) -> object:
    """What an update that is mailed would be about."""
    return event.subject, event.starts_at, event.ends_at, event.body, dict(event.options)


def _answer(
    request: Request, event: Event, status: int = 200, wanted: str | None = None
) -> Response:
    """As an app may see it. Always with id and etag, whatever is selected."""
    zone = preferred_zone(request.headers.get("prefer", ""))
    basic = not set(READ_WHOLE_CALENDARS) & set(roles_of(request))
    shown = event_json(event, zone, event.look(), basic)
    kept = select(shown, f"id,@odata.etag,{wanted}" if wanted is not None else None)
    context = f"{base_url(request)}/$metadata#users('{event.organizer.id}')/events/$entity"
    headers = {"Preference-Applied": f'outlook.timezone="{zone}"'} if zone else {}
    return JSONResponse({"@odata.context": context, **kept}, status, headers)
