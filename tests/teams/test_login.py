"""Signing in is a call as any other: tried again, put off, and told by its right name."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from platforms.calling import Caller
from platforms.context import CallContext, WaitingBudget
from platforms.errors import (
    AuthError,
    BadResponseError,
    PlatformError,
    StoppedError,
    ThrottledError,
    TransientError,
)
from platforms.http import HttpDoor
from platforms.rates import RateGate
from platforms.reasons import ReasonCode
from platforms.retry import RetryKind, RetryPolicy
from platforms.tokens import TokenSource
from teams_integration.config import TeamsConfig
from teams_integration.login import acquire_token

QUICK = {kind: RetryPolicy(attempts=3, first_delay=0.01, cap=0.05) for kind in RetryKind}
DISCOVERY, TOKEN = "openid-configuration", "/oauth2/v2.0/token"

pytestmark = pytest.mark.usefixtures("teams_settings")


def context(budget: float = 60) -> CallContext:
    return CallContext(WaitingBudget(budget), time.monotonic() + 60)


def source() -> TokenSource:
    config, caller = TeamsConfig.from_settings(), Caller(HttpDoor(), RateGate(), QUICK)
    return TokenSource(lambda ctx: acquire_token(config, caller, ctx))


def refused(budget: float = 60) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        source().get(context(budget))
    return caught.value


@pytest.mark.parametrize("path", [DISCOVERY, TOKEN])
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503, "times": 2},
        {"status": 429, "headers": {"Retry-After": "0.05"}, "times": 2},
        {"status": 429, "times": 1},
        {"reset": True, "times": 1},
    ],
)
def test_a_passing_fault_is_tried_again(sandbox, path, fault):
    sandbox.script(path=path, **fault)
    ctx = context()
    assert source().get(ctx)
    assert ctx.requests == 2 + fault["times"]


@pytest.mark.parametrize("path", [DISCOVERY, TOKEN])
def test_a_lasting_5xx_is_the_vendors_fault(sandbox, path):
    sandbox.script(path=path, status=503)
    error = refused()
    assert isinstance(error, TransientError)
    assert (error.reason, error.status) == (ReasonCode.PLATFORM_FAULT, 503)
    assert error.detail.startswith("Signing in: HTTP 503")
    assert error.request_id == sandbox.requests_seen(path)[-1]["request_id"]


@pytest.mark.parametrize("path", [DISCOVERY, TOKEN])
@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date", "instant"])
def test_a_long_pause_puts_it_off(sandbox, path, status, form):
    later = datetime.now(UTC) + timedelta(hours=1)
    words = {
        "seconds": "3600.5",
        "date": later.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        "instant": later.isoformat(),
    }
    sandbox.script(path=path, status=status, headers={"Retry-After": words[form]})
    error = refused(budget=600)
    assert isinstance(error, ThrottledError)
    assert error.retry_at is not None
    assert error.retry_at > datetime.now(UTC) + timedelta(minutes=50)
    assert len(sandbox.requests_seen(path)) == 1


def test_a_pause_is_told(sandbox):
    sandbox.script(path=TOKEN, status=429, headers={"Retry-After": "0.05"}, times=1)
    told, ctx = [], context()
    ctx.on_wait = told.append
    source().get(ctx)
    assert told[0] is not None
    assert told[1:] == [None]


def test_a_refusal_names_the_vendors_request(sandbox):
    sandbox.tenant(refuse_credentials=True)
    error = refused()
    assert isinstance(error, AuthError)
    assert "AADSTS7000215" in error.detail
    assert error.request_id == sandbox.requests_seen(TOKEN)[-1]["request_id"]


def test_an_unknown_tenant_names_the_vendors_request(sandbox, settings):
    settings.TEAMS_TENANT_ID = "00000000-0000-4000-8000-000000000000"
    error = refused()
    assert isinstance(error, AuthError)
    assert error.request_id == sandbox.requests_seen(DISCOVERY)[-1]["request_id"]


def test_a_redirect_is_a_bad_response(sandbox):
    sandbox.script(path=DISCOVERY, status=302)
    assert isinstance(refused(), BadResponseError)


@pytest.mark.parametrize("value", ["soon", "", [1], {}, None, 10**400, "1e999"])
@pytest.mark.parametrize("name", ["expires_in", "ext_expires_in", "refresh_in"])
def test_a_token_whose_life_is_no_number_is_a_bad_response(sandbox, name, value):
    sandbox.script(path=TOKEN, json={**granted(), name: value})
    error = refused()
    assert isinstance(error, BadResponseError)
    assert f"“{name}”" in error.detail


@pytest.mark.parametrize("value", [3599.5, 2**70, 1e308, -5, 0])
@pytest.mark.parametrize("name", ["expires_in", "ext_expires_in", "refresh_in"])
def test_a_token_lives_as_long_as_a_number_says(sandbox, name, value):
    sandbox.script(path=TOKEN, json={**granted(), name: value})
    assert source().get(context()) == "t0ken"


def test_a_life_in_digits_is_a_number(sandbox):
    """As the older endpoint has it."""
    sandbox.script(path=TOKEN, json={**granted(), "expires_in": "3599", "ext_expires_in": "3599"})
    assert source().get(context()) == "t0ken"


def granted() -> dict[str, object]:
    return {"token_type": "Bearer", "access_token": "t0ken", "expires_in": 3599}


def test_threads_share_one_sign_in_also_when_it_is_tried_again(sandbox):
    sandbox.script(path=TOKEN, status=503, times=2)
    tokens = source()
    with ThreadPoolExecutor(8) as pool:
        got = {pool.submit(tokens.get, context()) for _ in range(8)}
        assert len({future.result() for future in got}) == 1
    assert len(sandbox.requests_seen(TOKEN)) == 3


def test_a_run_that_ends_while_it_waits_to_sign_in_goes(sandbox):
    sandbox.script(path=TOKEN, status=429, headers={"Retry-After": "50"})
    waits, ctx = threading.Event(), context(budget=600)
    ctx.on_wait = lambda _until: waits.set()
    with ThreadPoolExecutor(1) as pool:
        signing_in = pool.submit(source().get, ctx)
        assert waits.wait(10)
        ctx.stop.set()
        assert isinstance(signing_in.exception(), StoppedError)
