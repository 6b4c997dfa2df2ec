"""``/communications/callRecords`` and what hangs below (graph-api §4)."""

import re
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.call_shapes import (
    Json,
    call_record_json,
    organizer_json,
    participant_id,
    participant_json,
    segment_json,
    session_json,
)
from sandbox.graph.errors import bad_request, not_found
from sandbox.graph.gate import READ_CALLS, require_role
from sandbox.graph.odata import call_filter, expansions, query_options, select
from sandbox.graph.paging import SKIPTOKEN, base_url, next_link, offset_of, page_of
from sandbox.state import Sandbox
from sandbox.world.model import CallRecord

ROOT = "/communications/callRecords"
RECORDS_PER_PAGE = 60
SESSIONS_PER_PAGE = 60
PARTICIPANTS_PER_PAGE = 130
KEPT = timedelta(days=30)


async def list_call_records(request: Request) -> Response:
    """60 a page, in no promised order; ``$filter`` and ``$select`` only."""
    sandbox = require_role(request, READ_CALLS)
    options = query_options(request.url.query, {"$filter", "$select", SKIPTOKEN})
    found = _visible(sandbox)
    if "$filter" in options:
        wanted = call_filter(options["$filter"])
        if wanted.starts and wanted.participants and sandbox.tenant.refuse_combined_filters:
            raise bad_request("Invalid filter clause: the properties cannot be combined.")
        found = [
            record
            for record in found
            if wanted.accepts_start(record.starts_at)
            and set(wanted.participants) <= {participant_id(record, p) for p in record.people()}
        ]
    found.sort(key=lambda record: record.id)
    size = _page_size(request.headers.get("prefer", ""))
    page, rest = page_of(found, offset_of(options.get(SKIPTOKEN)), size)
    body = _page(request, [select(call_record_json(r), options.get("$select")) for r in page], ROOT)
    if rest is not None:
        body["@odata.nextLink"] = next_link(request, ROOT, options, rest)
    return JSONResponse(body)


async def get_call_record(request: Request) -> Response:
    """One record; expanded lists carry their first page and a nextLink of their own."""
    record = _record_in_path(request)
    options = query_options(request.url.query, {"$expand", "$select"})
    wanted = expansions(options.get("$expand", ""))
    if wanted.keys() - {"sessions", "participants_v2"}:
        raise bad_request("Only sessions and participants_v2 can be expanded.")
    context = f"{base_url(request)}/$metadata#communications/callRecords/$entity"
    body: Json = {"@odata.context": context}
    body.update(select(call_record_json(record), options.get("$select")))
    if "participants_v2" in wanted:
        people = [participant_json(record, person) for person in record.people()]
        _expand(request, body, record, "participants_v2", people, PARTICIPANTS_PER_PAGE, {})
    if "sessions" in wanted:
        segments = _with_segments(wanted["sessions"].removeprefix("$expand="))
        stays = [session_json(record, stay, segments) for stay in record.sessions]
        inner = {"$expand": "segments"} if segments else {}
        _expand(request, body, record, "sessions", stays, SESSIONS_PER_PAGE, inner)
    return JSONResponse(body)


async def list_sessions(request: Request) -> Response:
    record = _record_in_path(request)
    options = query_options(request.url.query, {"$expand", SKIPTOKEN})
    segments = _with_segments(options.get("$expand", ""))
    stays = [session_json(record, stay, segments) for stay in record.sessions]
    return _list(request, record, "sessions", stays, SESSIONS_PER_PAGE, options)


async def list_participants(request: Request) -> Response:
    record = _record_in_path(request)
    options = query_options(request.url.query, {SKIPTOKEN})
    people = [participant_json(record, person) for person in record.people()]
    return _list(request, record, "participants_v2", people, PARTICIPANTS_PER_PAGE, options)


async def list_segments(request: Request) -> Response:
    record = _record_in_path(request)
    options = query_options(request.url.query, {SKIPTOKEN})
    for stay in record.sessions:
        if stay.id == request.path_params["stay"]:
            path = f"sessions/{stay.id}/segments"
            found = [segment_json(record, stay)]
            return _list(request, record, path, found, SESSIONS_PER_PAGE, options)
    raise not_found("The session was not found.")


async def get_organizer(request: Request) -> Response:
    record = _record_in_path(request)
    query_options(request.url.query, set())
    context = f"{base_url(request)}/$metadata#{ROOT[1:]}('{record.id}')/organizer_v2/$entity"
    return JSONResponse({"@odata.context": context, **organizer_json(record)})


def _visible(sandbox: Sandbox) -> list[CallRecord]:
    now = sandbox.clock.now()
    records = sandbox.world.call_records.values()
    return [r for r in records if r.available_at <= now < r.ends_at + KEPT]


def _record_in_path(request: Request) -> CallRecord:
    """404 while the record is too young, and when it is older than 30 days."""
    sandbox = require_role(request, READ_CALLS)
    for record in _visible(sandbox):
        if record.id == request.path_params["record"].lower():
            return record
    raise not_found("The call record was not found.")


def _page_size(prefer: str) -> int:
    wish = re.search(r"odata\.maxpagesize\s*=\s*(\d+)", prefer)
    return min(max(int(wish[1]), 1), RECORDS_PER_PAGE) if wish else RECORDS_PER_PAGE


def _with_segments(expand: str) -> bool:
    if expand not in ("", "segments"):
        raise bad_request("Of a session, only segments can be expanded.")
    return expand == "segments"


def _page(request: Request, items: list[Json], path: str) -> Json:
    return {"@odata.context": f"{base_url(request)}/$metadata#{path[1:]}", "value": items}


def _list(
    request: Request,
    record: CallRecord,
    name: str,
    items: list[Json],
    size: int,
    options: dict[str, str],
) -> Response:
    page, rest = page_of(items, offset_of(options.get(SKIPTOKEN)), size)
    path = f"{ROOT}/{record.id}/{name}"
    body = _page(request, list(page), path)
    if rest is not None:
        body["@odata.nextLink"] = next_link(request, path, options, rest)
    return JSONResponse(body)


def _expand(
    request: Request,
    body: Json,
    record: CallRecord,
    name: str,
    items: list[Json],
    size: int,
    options: dict[str, str],
) -> None:
    page, rest = page_of(items, 0, size)
    body[name] = list(page)
    if rest is not None:
        path = f"{ROOT}/{record.id}/{name}"
        body[f"{name}@odata.nextLink"] = next_link(request, path, options, rest)
