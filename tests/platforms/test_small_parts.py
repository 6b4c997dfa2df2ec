"""Tokens, rates, paging, redaction."""

import os
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from platforms.context import CallContext, WaitingBudget
from platforms.errors import AuthError, BadResponseError, NotFoundError, StoppedError
from platforms.paging import check_same_host, follow
from platforms.rates import RateGate, SharedRateGate
from platforms.reasons import ReasonCode
from platforms.redact import redact
from platforms.tokens import Token, TokenSource


class Vendor:
    """Hands out token-1, token-2, …; the first one only when the gate is open."""

    def __init__(self) -> None:
        self.asked = 0
        self.gate, self.is_asked = threading.Event(), threading.Event()

    def acquire(self, _context: CallContext) -> Token:
        self.is_asked.set()
        self.gate.wait(5)
        self.asked += 1
        return Token(f"token-{self.asked}", time.monotonic() + 3600)


def context() -> CallContext:
    return CallContext(WaitingBudget(60), time.monotonic() + 60)


def test_eight_cold_threads_ask_once():
    vendor = Vendor()
    source = TokenSource(vendor.acquire)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(source.get, context()) for _ in range(8)]
        vendor.gate.set()
        tokens = {future.result() for future in waiting}
    assert (tokens, vendor.asked) == ({"token-1"}, 1)


def test_threads_refused_together_share_one_renewal():
    vendor = Vendor()
    vendor.gate.set()
    source = TokenSource(vendor.acquire)
    refused = source.get(context())
    with ThreadPoolExecutor(8) as pool:
        renewals = [pool.submit(source.renew, refused, context()) for _ in range(8)]
        tokens = {future.result() for future in renewals}
    assert (tokens, vendor.asked) == ({"token-2"}, 2)


def test_who_waits_for_anothers_sign_in_goes_when_its_own_run_ends():
    vendor, ended = Vendor(), context()
    source = TokenSource(vendor.acquire)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(source.get, context())
        assert vendor.is_asked.wait(5)
        ended.stop.set()
        with pytest.raises(StoppedError):
            source.get(ended)
        vendor.gate.set()
        assert slow.result() == "token-1"


def test_a_token_past_its_time_is_replaced():
    tokens = iter([Token("old", time.monotonic() - 1), Token("new", time.monotonic() + 60)])
    source = TokenSource(lambda _context: next(tokens))
    assert [source.get(context()), source.get(context())] == ["old", "new"]


def test_a_refusal_is_not_remembered():
    answers = [AuthError("no"), Token("yes", time.monotonic() + 60)]

    def acquire(_context: CallContext) -> Token:
        answer = answers.pop(0)
        if isinstance(answer, AuthError):
            raise answer
        return answer

    source = TokenSource(acquire)
    with pytest.raises(AuthError):
        source.get(context())
    assert source.get(context()) == "yes"


def test_a_scope_is_paced_and_others_are_free():
    gate = RateGate(now=lambda: 100.0)
    assert [gate.reserve("graph", 4.0) for _ in range(3)] == [0.0, 0.25, 0.5]
    assert gate.reserve("chat:1", 1.0) == 0.0


def test_a_pause_closes_one_scope():
    gate = RateGate(now=lambda: 100.0)
    gate.pause("chat:1", 30)
    gate.pause("chat:1", 20)
    assert gate.reserve("chat:1", 1.0) == 30.0
    assert (gate.pause_left("chat:1"), gate.pause_left("chat:2")) == (30.0, 0.0)
    assert gate.reserve("chat:2", 1.0) == 0.0


REDIS_URL = os.environ.get("CELERY_BROKER_URL", "")


@pytest.mark.usefixtures("db")  # so that it runs beside Redis, in the second pass
def test_two_processes_share_one_pace():
    """With Redis they do; without it each has its own, and nothing breaks."""
    url = REDIS_URL if REDIS_URL.startswith("redis") else "redis://127.0.0.1:1/0"
    tenant = str(uuid.uuid4())
    one, other = SharedRateGate(url, tenant), SharedRateGate(url, tenant)
    waits = [gate.reserve("graph", 0.01) for gate in (one, other, one, other)]
    slots = [round(wait / 100) for wait in waits]
    assert slots == ([0, 1, 2, 3] if url == REDIS_URL else [0, 0, 1, 1])
    one.pause("chat", 500)
    expected = 500 if url == REDIS_URL else 0
    assert other.reserve("chat", 1000) == pytest.approx(expected, abs=60)
    assert other.pause_left("chat") == pytest.approx(expected, abs=60)
    assert one.pause_left("chat") == pytest.approx(500, abs=60)
    one.pause("chat", 1)
    assert one.pause_left("chat") == pytest.approx(500, abs=60)
    assert one.pause_left("graph") == 0
    assert one.reserve("chat", 1000) == pytest.approx(500, abs=60)
    assert SharedRateGate(url, "another").reserve("chat", 1000) < 60


def test_follow_goes_on_after_an_empty_page_and_ends():
    pages = {"a": {"value": [], "next": "b"}, "b": {"value": [1]}}
    assert [page["value"] for page in follow("a", pages.__getitem__, "next")] == [[], [1]]


@pytest.mark.parametrize("link", ["a", 7])
def test_follow_stops_at_a_loop_and_at_nonsense(link):
    with pytest.raises(BadResponseError):
        list(follow("a", lambda _url: {"next": link}, "next"))


def test_follow_stops_after_ten_thousand_pages():
    pages = follow("0", lambda url: {"next": str(int(url) + 1)}, "next")
    with pytest.raises(BadResponseError):
        for _ in pages:
            pass


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.org/v1.0/x",
        "http://graph.example.org/v1.0/x",
        "https://graph.example.org:8443/x",
        "https://graph.example.org@evil.example.org/x",
    ],
)
def test_another_host_is_refused_before_a_token_is_sent(url):
    with pytest.raises(BadResponseError):
        check_same_host(url, "https://graph.example.org/v1.0")


@pytest.mark.parametrize(
    "url", ["https://[x", "https://graph.example.org]/", "https://graph.example.org/\ud800"]
)
def test_a_link_that_is_none_is_a_bad_response(url):
    with pytest.raises(BadResponseError):
        check_same_host(url, "https://graph.example.org/v1.0")


def test_the_same_host_passes():
    check_same_host("https://GRAPH.example.org/v1.0/x?y", "https://graph.example.org/v1.0")


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer s3cret-value",
        "client_secret=s3cret-value&x=1",
        '{"client_secret": "s3cret-value"}',
        "token eyJhbGciOi.eyJzM2NyZXQ.s3cret-value",
    ],
)
def test_secrets_are_taken_out(text):
    assert "s3cret-value" not in redact(text)


def test_long_texts_are_cut_and_lines_joined():
    assert redact("a\nb" + "x" * 900, 10) == "a bxxxxxxx"


def test_an_error_told_with_another_reason_is_another_error():
    error = NotFoundError("gone", params={"owner": "Mara"}, status=404, request_id="r1")
    told = error.because(ReasonCode.TEAM_UNKNOWN, team="a\0b")
    assert isinstance(told, NotFoundError)
    assert (str(told), told.detail, told.status, told.request_id) == ("gone", "gone", 404, "r1")
    assert (told.reason, told.params) == (ReasonCode.TEAM_UNKNOWN, {"owner": "Mara", "team": "ab"})
    assert (error.reason, error.params) == (ReasonCode.NOT_AVAILABLE, {"owner": "Mara"})
