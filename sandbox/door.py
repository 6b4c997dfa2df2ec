"""The door every vendor request passes: log, latency, holds, throttling, faults, trace ids."""

import asyncio
from collections.abc import Callable
from email.utils import format_datetime
from math import ceil
from typing import Any
from urllib.parse import unquote_plus
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox import bends
from sandbox.answers import Answer, answer_of
from sandbox.connections import hung_up, reset_connection, whole_body
from sandbox.faults import PAGE, Fault, next_page
from sandbox.graph.errors import GraphError
from sandbox.graph.times import error_time, graph_time
from sandbox.log import SeenRequest
from sandbox.state import Sandbox

CONTROL = "/_sandbox"


class Door:
    """ASGI middleware; control calls pass untouched and unseen."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(CONTROL):
            await self.app(scope, receive, send)
            return
        sandbox: Sandbox = scope["app"].state.sandbox
        seen = _note(sandbox, scope)
        body = await whole_body(receive)
        gone = asyncio.ensure_future(hung_up(receive))
        target = unquote_plus(f"{seen.path}?{seen.query}")
        try:
            with sandbox.throttle.inside(target) as crowded:
                await self._serve(sandbox, seen, scope, body, gone, send, target, crowded)
        finally:
            gone.cancel()

    async def _serve(
        self,
        sandbox: Sandbox,
        seen: SeenRequest,
        scope: Scope,
        body: bytes,
        gone: asyncio.Task[None],
        send: Send,
        target: str,
        crowded: bool,
    ) -> None:
        await asyncio.wait({gone}, timeout=sandbox.tenant.latency_ms / 1000)
        await sandbox.holds.wait(seen.method, target, gone)
        fault = sandbox.faults.strike(seen.method, target) if not gone.done() else None
        if fault is not None and fault.action == "reset":
            await reset_connection(scope)
            return
        if fault is not None and fault.action == "delay_seconds":
            await asyncio.wait({gone}, timeout=float(fault.argument))
        if gone.done():  # the client hung up while it waited
            return
        answer = _instead(fault, seen, sandbox) if fault is not None else None
        answer = answer or _throttled(sandbox, seen, target, crowded)
        if answer is None:
            asked = {**scope, "query_string": PAGE.sub("", f"&{seen.query}")[1:].encode("latin-1")}
            answer = _paged(fault, seen, sandbox, await answer_of(self.app, asked, body))
        if fault is not None:
            answer = _bent(fault, answer)
        await sandbox.holds.wait(seen.method, target, gone, after=True)
        if gone.done():  # it is done all the same
            return
        seen.status = answer.status
        answer.headers = {
            "request-id": seen.request_id,
            "client-request-id": seen.client_request_id or seen.request_id,
            "date": format_datetime(sandbox.clock.now(), usegmt=True),
            **{name.lower(): value for name, value in answer.headers.items()},
        }
        drip = fault is not None and fault.action == "drip_seconds"
        await answer.send(
            send,
            drip_seconds=float(fault.argument) if fault is not None and drip else 0,
            cut=fault is not None and fault.action == "cut",
        )


def _note(sandbox: Sandbox, scope: Scope) -> SeenRequest:
    headers = Headers(scope=scope)
    seen = sandbox.log.add(
        at=graph_time(sandbox.clock.now()),
        method=scope["method"],
        path=scope["raw_path"].decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        client_request_id=headers.get("client-request-id"),
        request_id=str(uuid4()),
        has_authorization="authorization" in headers,
        host=headers.get("host", ""),
    )
    scope["state"] = {
        **scope.get("state", {}),
        "request_id": seen.request_id,
        "client_request_id": seen.client_request_id or seen.request_id,
    }
    return seen


def _instead(fault: Fault, seen: SeenRequest, sandbox: Sandbox) -> Answer | None:
    """An answer that needs no real one; None where the fault only bends the real one."""
    if fault.action == "status":
        return _status(fault, seen, sandbox)
    if fault.action == "json":
        return Answer.of_json(fault.argument)
    if fault.action == "raw_body":
        return Answer(200, {"content-type": "text/html"}, str(fault.argument).encode())
    return None


def _status(fault: Fault, seen: SeenRequest, sandbox: Sandbox) -> Answer:
    body: Any = fault.body
    if isinstance(body, str):
        return Answer(int(fault.argument), {"content-type": "text/html"}, body.encode())
    if body is None:
        error = GraphError(int(fault.argument), "scriptedFault", "Scripted by the sandbox.")
        body = _envelope(error, seen, sandbox)
    return Answer.of_json(body, int(fault.argument))


def _paged(fault: Fault | None, seen: SeenRequest, sandbox: Sandbox, answer: Answer) -> Answer:
    """One page of an answer that a fault gives in several; what else it does comes after."""
    pager, number = sandbox.faults.page_asked(seen.query)
    if pager is None and fault is not None and fault.action == "pages":
        pager = fault
    if pager is None or answer.status != 200:
        return answer
    own = PAGE.sub("", f"&{seen.query}")[1:]
    link = f"http://{seen.host}{seen.path}?{own}{next_page(pager, number)}"
    pages = pager.argument
    return answer.with_json(lambda value: bends.page(value, pages, number, link))


_BENDS: dict[str, Callable[[Any, Any], Any]] = {
    "next_link": bends.with_next_link,
    "nulls": lambda value, _true: bends.without_leaves(value),
    "leaves": bends.with_leaves,
    "append": bends.with_appended,
    "also": bends.with_another,
}


def _bent(fault: Fault, answer: Answer) -> Answer:
    if bend := _BENDS.get(fault.action):
        answer = answer.with_json(lambda value: bend(value, fault.argument))
    if fault.action == "inflates_to":
        answer = answer.inflated(fault.argument)
    answer.headers.update(fault.headers)
    return answer


def _throttled(sandbox: Sandbox, seen: SeenRequest, target: str, crowded: bool) -> Answer | None:
    if not sandbox.tenant.throttling:
        return None
    if crowded:
        words = "Application is over its MailboxConcurrency limit."
        error = GraphError(429, "ApplicationThrottled", words)
        answer = Answer.of_json(_envelope(error, seen, sandbox), 429)
        answer.headers["Retry-After"] = "1"
        return answer
    wait = sandbox.throttle.seconds_to_wait(target, sandbox.clock.now())
    if wait is None:
        return None
    error = GraphError(429, "TooManyRequests", "Too many requests.")
    answer = Answer.of_json(_envelope(error, seen, sandbox), 429)
    # Seconds, whole or with a fraction: the vendor's own sample says 2.128 (graph-api §11).
    calls = "callRecords" in target
    answer.headers["Retry-After"] = f"{ceil(wait * 1000) / 1000:.3f}" if calls else str(ceil(wait))
    return answer


def _envelope(error: GraphError, seen: SeenRequest, sandbox: Sandbox) -> dict[str, object]:
    client_id = seen.client_request_id or seen.request_id
    return error.body(seen.request_id, client_id, error_time(sandbox.clock.now()))
