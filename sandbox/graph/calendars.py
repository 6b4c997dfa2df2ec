"""``/users/{id | userPrincipalName}/calendar``: whose mailbox, which event (graph-api §1)."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.errors import GraphError, event_not_found, mailbox_denied
from sandbox.graph.event_shapes import calendar_json
from sandbox.graph.gate import READ_CALENDARS, require_role
from sandbox.graph.odata import query_options, select
from sandbox.graph.paging import base_url
from sandbox.state import Sandbox
from sandbox.world.calendar import Event
from sandbox.world.person import Person

_ID = re.compile(r"AAMk[\w=+/-]{20,}")


async def get_calendar(request: Request) -> Response:
    sandbox = require_role(request, READ_CALENDARS)
    options = query_options(request.url.query, {"$select"})
    owner = mailbox_in_path(request, sandbox)
    body = select(
        calendar_json(owner, sandbox.world.calendars.offers_teams(owner)), options.get("$select")
    )
    context = f"{base_url(request)}/$metadata#users('{owner.id}')/calendar/$entity"
    return JSONResponse({"@odata.context": context, **body})


def mailbox_in_path(request: Request, sandbox: Sandbox) -> Person:
    """Whose mailbox it is; 404 for nobody's, another 404 for people who have none, and
    403 for those that Exchange keeps from the app (§0.4).
    """
    wanted = request.path_params["user"].lower()
    for person in sandbox.world.directory.values():
        if wanted in {person.id, str(person.upn).lower()}:
            if person.id in sandbox.world.calendars.without_mailbox:
                raise GraphError(
                    404,
                    "MailboxNotEnabledForRESTAPI",
                    "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
                )
            if person.id in sandbox.world.calendars.out_of_scope:
                raise mailbox_denied()
            return person
    raise GraphError(404, "ErrorInvalidUser", f"The requested user '{wanted}' is invalid.")


def event_in_path(request: Request, sandbox: Sandbox) -> Event:
    owner, wanted = mailbox_in_path(request, sandbox), request.path_params["event"]
    if not _ID.fullmatch(wanted):
        raise GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    event = sandbox.world.calendars.events.get(wanted)
    if event is None or event.organizer is not owner or event.state != "planned":
        raise event_not_found()
    return event
