"""``/communications/callRecords`` and what hangs below (graph-api §4)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

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
    body: Json = {
        "@odata.context": f"{base_url(request)}/$metadata#{ROOT[1:]}",
        "value": [select(call_record_json(r), options.get("$select")) for r in page],
    }
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
        body.update(_expanded(request, _participants(record), {}))
    if "sessions" in wanted:
        inner = {"$expand": "segments"} if _segments_wanted(wanted["sessions"]) else {}
        body.update(_expanded(request, _sessions(record, bool(inner)), inner))
    return JSONResponse(body)


async def list_sessions(request: Request) -> Response:
    record = _record_in_path(request)
    options = query_options(request.url.query, {"$expand", SKIPTOKEN})
    segments = _segments_wanted(f"$expand={options.get('$expand', '')}")
    return _listed(request, _sessions(record, segments), options)


async def list_participants(request: Request) -> Response:
    record = _record_in_path(request)
    options = query_options(request.url.query, {SKIPTOKEN})
    return _listed(request, _participants(record), options)


async def list_segments(request: Request) -> Response:
    """A session has one segment here."""
    record = _record_in_path(request)
    options = query_options(request.url.query, {SKIPTOKEN})
    stays = [stay for stay in record.sessions if stay.id == request.path_params["stay"]]
    if not stays:
        raise not_found("The session was not found.")
    path = f"{ROOT}/{record.id}/sessions/{stays[0].id}/segments"
    segments = _Relation(path, stays, partial(segment_json, record), SESSIONS_PER_PAGE)
    return _listed(request, segments, options)


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


def _segments_wanted(inner: str) -> bool:
    """Of ``sessions(…)`` the part in brackets."""
    if inner not in ("", "$expand=", "$expand=segments"):
        raise bad_request("Of a session, only segments can be expanded.")
    return inner == "$expand=segments"


@dataclass(frozen=True)
class _Relation:
    """A list that belongs to a call record: where it stands, what is in it, how it looks."""

    path: str
    items: Sequence[Any]
    as_json: Callable[[Any], Json]
    page_size: int


def _sessions(record: CallRecord, with_segments: bool) -> _Relation:
    as_json = partial(session_json, record, with_segments=with_segments)
    return _Relation(f"{ROOT}/{record.id}/sessions", record.sessions, as_json, SESSIONS_PER_PAGE)


def _participants(record: CallRecord) -> _Relation:
    path, as_json = f"{ROOT}/{record.id}/participants_v2", partial(participant_json, record)
    return _Relation(path, record.people(), as_json, PARTICIPANTS_PER_PAGE)


def _listed(request: Request, relation: _Relation, options: dict[str, str]) -> Response:
    """One page of it, on its own route."""
    offset = offset_of(options.get(SKIPTOKEN))
    page, rest = page_of(relation.items, offset, relation.page_size)
    body: Json = {
        "@odata.context": f"{base_url(request)}/$metadata#{relation.path[1:]}",
        "value": [relation.as_json(item) for item in page],
    }
    if rest is not None:
        body["@odata.nextLink"] = next_link(request, relation.path, options, rest)
    return JSONResponse(body)


def _expanded(request: Request, relation: _Relation, options: dict[str, str]) -> Json:
    """Its first page, inside the record; the link leads to the relation's own route."""
    name = relation.path.rpartition("/")[2]
    page, rest = page_of(relation.items, 0, relation.page_size)
    body: Json = {name: [relation.as_json(item) for item in page]}
    if rest is not None:
        body[f"{name}@odata.nextLink"] = next_link(request, relation.path, options, rest)
    return body
