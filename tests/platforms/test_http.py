"""The door to the network, against a real server on loopback."""

import gzip
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

import pytest

from platforms.answers import Answer, NetworkFailure
from platforms.calling import Caller, Pace
from platforms.context import CallContext, WaitingBudget
from platforms.errors import (
    BadResponseError,
    StoppedError,
    ThrottledError,
    TransientError,
)
from platforms.http import HttpDoor, Limits
from platforms.rates import RateGate
from platforms.retry import RetryKind, RetryPolicy
from tests.platforms.server import Server, answer, cut, hang_up

QUICK = {kind: RetryPolicy(attempts=3, first_delay=0.01, cap=0.05) for kind in RetryKind}


@pytest.fixture
def door() -> HttpDoor:
    return HttpDoor(Limits(connect=2, read=2, total=1, body=100_000))


def context(budget: float = 60, run: float = 60) -> CallContext:
    return CallContext(WaitingBudget(budget), time.monotonic() + run)


def call(door: HttpDoor, server: Server, ctx: CallContext, gate: RateGate | None = None) -> Answer:
    caller = Caller(door, gate or RateGate(), QUICK)
    return caller.call(
        lambda d, headers: d.send("GET", server.url, headers=headers, token="t0ken"),
        (Pace("all", 1000.0),),
        ctx,
    )


def test_token_and_trace_id_are_sent_and_the_vendors_id_is_kept(door, server):
    server.plays = [answer(200, b'{"a": 1}', request_id="vendor-1")]
    got = call(door, server, context())
    assert got.json_object() == {"a": 1}
    assert got.request_id == "vendor-1"
    headers = server.seen[0][1]
    assert headers["Authorization"] == "Bearer t0ken"
    assert len(headers["client-request-id"]) == 36


@pytest.mark.parametrize("first", [answer(503), answer(500), cut, hang_up, answer(429)])
def test_a_passing_fault_is_tried_again(door, server, first):
    server.plays = [first, answer(200)]
    ctx = context()
    assert call(door, server, ctx).status == 200
    assert ctx.requests == 2


@pytest.mark.parametrize(("play", "error"), [(answer(503), TransientError), (cut, TransientError)])
def test_tries_end(door, server, play, error):
    server.plays = [play] * 3
    with pytest.raises(error):
        call(door, server, context())
    assert len(server.seen) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 302])
def test_other_statuses_are_returned_at_once(door, server, status):
    server.plays = [answer(status, Location="http://localhost:1/elsewhere")]
    assert call(door, server, context()).status == status
    assert len(server.seen) == 1


def test_a_pause_longer_than_the_budget_is_not_waited_for(door, server):
    server.plays = [answer(429, Retry_After="3600")]
    with pytest.raises(ThrottledError) as caught:
        call(door, server, context(budget=600))
    assert caught.value.retry_at is not None
    assert len(server.seen) == 1


def test_whoever_waits_says_until_when(door, server):
    server.plays = [answer(429, Retry_After="0.05"), answer(200)]
    told = []
    ctx = context()
    ctx.on_wait = told.append
    call(door, server, ctx)
    assert told[0] is not None
    assert told[1:] == [None]


def test_a_pause_closes_the_narrowest_scope_only(door, server):
    server.plays = [answer(429, Retry_After="0.05"), answer(200)]
    gate = RateGate(now=lambda: 0.0)
    caller = Caller(door, gate, QUICK)
    caller.call(
        lambda d, headers: d.send("GET", server.url, headers=headers),
        (Pace("all", 1000.0), Pace("chat:1", 1000.0)),
        context(),
    )
    assert gate.reserve("chat:1", 1.0) >= 0.05
    assert gate.reserve("all", 1.0) < 0.05


def test_an_ended_run_makes_no_request(door, server):
    ctx = context()
    ctx.stop.set()
    with pytest.raises(StoppedError):
        call(door, server, ctx)
    assert server.seen == []


HEAD = b"HTTP/1.1 200 OK\r\n"
DRIPS = {
    "status line": (b"HTTP/1.1 200 ", b"O", b"\r\nContent-Length: 0\r\n\r\n"),
    "headers": (HEAD, b"X: y\r\n", b"Content-Length: 0\r\n\r\n"),
    "body": (HEAD + b"Content-Length: 40\r\n\r\n", b"x", b""),
    "body that ends with the connection": (HEAD + b"Connection: close\r\n\r\n", b"x", b""),
    "chunk size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0", b"\r\n\r\n"),
}


@pytest.mark.parametrize("part", DRIPS)
def test_a_slow_drip_meets_the_total_deadline(door, server, part):
    """Twice as long as the door allows, never silent for long, and then a whole answer."""
    start, drop, end = DRIPS[part]

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        with suppress(OSError):
            handler.wfile.write(start)
            for _ in range(40):
                server.released.wait(0.05)
                handler.wfile.write(drop)
            handler.wfile.write(end)

    server.plays = [drip, answer(200)]
    with pytest.raises(NetworkFailure) as caught:
        door.send("GET", server.url)
    assert caught.value.kind is RetryKind.TIMEOUT
    assert door.send("GET", server.url).status == 200


def test_a_body_over_the_limit_is_refused_also_when_compressed(door, server):
    server.plays = [answer(200, gzip.compress(b"x" * 1_000_000), Content_Encoding="gzip")]
    with pytest.raises(BadResponseError):
        door.send("GET", server.url)


def test_nobody_listens(door):
    with pytest.raises(NetworkFailure) as caught:
        door.send("GET", "http://127.0.0.1:1/")
    assert caught.value.kind is RetryKind.NETWORK_ERROR


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"[1]", b"", b'{"a":', b"\xff\xfe"])
def test_anything_but_a_json_object_is_a_bad_response(door, server, body):
    server.plays = [answer(200, body)]
    with pytest.raises(BadResponseError):
        door.send("GET", server.url).json_object()


def test_redirects_are_not_followed(door, server):
    server.plays = [answer(302, Location=server.url)]
    assert door.send("GET", server.url, token="t0ken").status == 302
    assert len(server.seen) == 1
