"""``/_sandbox/``: the strings behind the stage. JSON in and out, no authorization."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from sandbox.changes import change_world
from sandbox.conferences import channels_json, conferences_json
from sandbox.graph.times import graph_time
from sandbox.planned import meetings_json
from sandbox.state import Sandbox, sandbox_of
from sandbox.wanted import ChangeRefused
from sandbox.wishes import Misunderstood, choice, flag, moment, names, number, wish_of
from sandbox.world import WORLDS


async def health(request: Request) -> Response:
    return JSONResponse({"status": "ok", **_clock(sandbox_of(request))})


async def reset(request: Request) -> Response:
    """{world?, now?}: a fresh world; the defaults are those of the start."""
    sandbox, wish = sandbox_of(request), await wish_of(request, {"world", "now"})
    world = wish.get("world")
    if world is not None and world not in WORLDS:
        raise Misunderstood(f"unknown world {world!r}; there are {', '.join(WORLDS)}")
    sandbox.reset(world, moment(wish["now"]) if wish.get("now") else None)
    return JSONResponse(_clock(sandbox))


async def clock(request: Request) -> Response:
    """POST {"now": iso}, {"advance_seconds": n} or {"running": bool}."""
    sandbox = sandbox_of(request)
    if request.method == "POST":
        wish = await wish_of(request, {"now", "advance_seconds", "running"})
        if len(wish) != 1:
            raise Misunderstood("one of now, advance_seconds, running")
        if "now" in wish:
            sandbox.clock.set(moment(wish["now"]))
        elif "running" in wish:
            sandbox.clock.run(flag(wish["running"]))
        else:
            sandbox.clock.advance(number(wish["advance_seconds"]))
    return JSONResponse(_clock(sandbox))


async def requests_seen(request: Request) -> Response:
    log = sandbox_of(request).log
    if request.method == "DELETE":
        log.clear()
    return JSONResponse(log.as_json())


async def faults(request: Request) -> Response:
    scripted = sandbox_of(request).faults
    if request.method == "POST":
        try:
            fault = scripted.add(await wish_of(request))
        except (ValueError, TypeError, AttributeError, re.error) as error:
            raise Misunderstood(str(error)) from None
        return JSONResponse({"id": fault.id}, 201)
    if request.method == "DELETE":
        scripted.scripted.clear()
    listed = json.dumps([fault.as_json() for fault in scripted.scripted.values()])
    # In ASCII, for a fault may be about half a character.
    return Response(listed, media_type="application/json")


async def end_fault(request: Request) -> Response:
    if sandbox_of(request).faults.scripted.pop(request.path_params["id"], None) is None:
        return _unknown()
    return JSONResponse({})


async def holds(request: Request) -> Response:
    kept = sandbox_of(request).holds
    if request.method == "POST":
        wish = await wish_of(request, {"path", "skip", "method", "after"})
        try:
            hold = kept.add(
                str(wish.get("path", "")),
                int(number(wish.get("skip", 0))),
                str(wish["method"]).upper() if wish.get("method") else None,
                flag(wish.get("after", False)),
            )
        except re.error as error:
            raise Misunderstood(str(error)) from None
        return JSONResponse(hold.as_json(), 201)
    if request.method == "DELETE":
        kept.release_all()
    return JSONResponse([hold.as_json() for hold in kept.all()])


async def one_hold(request: Request) -> Response:
    kept, hold_id = sandbox_of(request).holds, request.path_params["id"]
    hold = kept.get(hold_id)
    if hold is None:
        return _unknown()
    if request.method == "DELETE":
        kept.release(hold_id)
    return JSONResponse(hold.as_json())


_SWITCHES: dict[str, Callable[[object], Any]] = {
    "refuse_credentials": flag,
    "throttling": flag,
    "refuse_combined_filters": flag,
    "transcripts": flag,
    "attribution": flag,
    "token_lifetime": lambda value: int(number(value)),
    "latency_ms": number,
    "duplicate_transaction": choice("same", "400", "409"),
    "late_join_url": lambda value: int(number(value)),
    "short_links": flag,
}


async def tenant(request: Request) -> Response:
    """Switches of the tenant; see docs/sandbox.md. Answers with their state."""
    sandbox = sandbox_of(request)
    if request.method == "POST":
        wish = await wish_of(request, {"remove_roles", "add_roles", "revoke_tokens", *_SWITCHES})
        switched = {name: kind(wish[name]) for name, kind in _SWITCHES.items() if name in wish}
        sandbox.tenant = replace(
            sandbox.tenant,
            roles=sandbox.tenant.roles - names(wish.get("remove_roles", []))
            | names(wish.get("add_roles", [])),
            **switched,
        )
        if wish.get("revoke_tokens"):
            sandbox.tokens.revoke_all()
    state = asdict(sandbox.tenant)
    return JSONResponse({**state, "roles": sorted(sandbox.tenant.roles)})


async def conferences(request: Request) -> Response:
    return JSONResponse(conferences_json(sandbox_of(request).world))


async def meetings(request: Request) -> Response:
    return JSONResponse(meetings_json(sandbox_of(request).world))


async def channels(request: Request) -> Response:
    """Where channel meetings are: what no route of the vendor's tells about a meeting."""
    return JSONResponse(channels_json(sandbox_of(request).world))


async def world(request: Request) -> Response:
    """POST {"op": …}: a change after the fact; see docs/sandbox.md."""
    try:
        return JSONResponse(change_world(sandbox_of(request), await wish_of(request)))
    except ChangeRefused as error:
        raise Misunderstood(str(error)) from None


def control_routes() -> Mount:
    return Mount(
        "/_sandbox",
        routes=[
            Route("/health", health),
            Route("/reset", reset, methods=["POST"]),
            Route("/clock", clock, methods=["GET", "POST"]),
            Route("/requests", requests_seen, methods=["GET", "DELETE"]),
            Route("/faults", faults, methods=["GET", "POST", "DELETE"]),
            Route("/faults/{id}", end_fault, methods=["DELETE"]),
            Route("/holds", holds, methods=["GET", "POST", "DELETE"]),
            Route("/holds/{id}", one_hold, methods=["GET", "DELETE"]),
            Route("/tenant", tenant, methods=["GET", "POST"]),
            Route("/conferences", conferences),
            Route("/meetings", meetings),
            Route("/channels", channels),
            Route("/world", world, methods=["POST"]),
        ],
    )


def _clock(sandbox: Sandbox) -> dict[str, object]:
    anchor, now = graph_time(sandbox.world.anchor), sandbox.clock.now()
    iso = now.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {"world": sandbox.world_name, "anchor": anchor, "now": iso}


def _unknown() -> Response:
    return JSONResponse({"error": "there is none of that id"}, 404)
