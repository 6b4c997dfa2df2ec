"""Calls a vendor with pacing and retries. All waiting for a vendor happens here."""

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from platforms.answers import Answer, NetworkFailure
from platforms.context import CallContext
from platforms.errors import PlatformError, ThrottledError, TransientError
from platforms.http import HttpDoor
from platforms.rates import Gate
from platforms.reasons import ReasonCode
from platforms.redact import redact
from platforms.retry import (
    DEFAULT_POLICIES,
    RetryKind,
    RetryPolicy,
    kind_of_status,
    parse_retry_after,
    seconds_before_next_try,
)


@dataclass(frozen=True, slots=True)
class Pace:
    """A limit scope and its requests per second."""

    scope: str
    rate: float


class Caller:
    """Sends with pacing, retries and the run's waiting budget."""

    def __init__(
        self,
        door: HttpDoor,
        gate: Gate,
        policies: Mapping[RetryKind, RetryPolicy] = DEFAULT_POLICIES,
    ) -> None:
        self._door = door
        self._gate = gate
        self._policies = policies

    def call(
        self,
        send: Callable[[HttpDoor, Mapping[str, str]], Answer],
        paces: tuple[Pace, ...],
        context: CallContext,
    ) -> Answer:
        """Repeat ``send`` until its answer is neither a 429 nor a 5xx, or the policy gives up.

        ``send`` gets the door and headers with a fresh client-request-id. Raises ThrottledError
        when the vendor wants a longer pause than the run has left, also when it asked somebody
        else; else TransientError. Without ``paces`` nothing is paced.
        """
        attempt = 0
        while True:
            attempt += 1
            context.check()
            self._wait_for_a_place(paces, context)
            context.requests += 1
            client_request_id = str(uuid.uuid4())
            answer: Answer | None = None
            try:
                answer = send(self._door, {"client-request-id": client_request_id})
                kind = kind_of_status(answer.status)
                if kind is None:
                    return answer
                failure = _failure_of(answer)
            except NetworkFailure as error:
                kind = error.kind
                failure = TransientError(
                    f"No answer: {error} (client-request-id {client_request_id}).",
                    reason=ReasonCode.UNREACHABLE,
                )
            self._wait_or_give_up(kind, attempt, answer, failure, paces, context)

    def _wait_for_a_place(self, paces: tuple[Pace, ...], context: CallContext) -> None:
        """Our own pacing is free; a pause that another call was asked for is a vendor's wait."""
        wait = max((self._gate.reserve(p.scope, p.rate) for p in paces), default=0.0)
        if wait <= 0:
            return
        pause = min(wait, max(self._gate.pause_left(p.scope) for p in paces))
        if pause > 0:
            if not context.budget.take(pause):
                raise ThrottledError("Another call was asked for a pause.", retry_at=_after(pause))
            context.wait_for_vendor(pause)
        context.wait(wait - pause)

    def _wait_or_give_up(
        self,
        kind: RetryKind,
        attempt: int,
        answer: Answer | None,
        failure: PlatformError,
        paces: tuple[Pace, ...],
        context: CallContext,
    ) -> None:
        retry_after = answer.headers.get("Retry-After") if answer else None
        hint = parse_retry_after(retry_after, _vendors_now(answer))
        policy = self._policies[kind]
        chance = random.random()  # noqa: S311 (spreads load, guards nothing)
        seconds = seconds_before_next_try(policy, attempt, hint, chance)
        if seconds is not None and context.budget.take(seconds):
            if kind is not RetryKind.RATE_LIMIT and hint is None:
                context.wait(seconds)  # our own back-off: nobody asked us to
                return
            if paces:
                self._gate.pause(paces[-1].scope, seconds)  # the narrowest scope is named last
            context.wait_for_vendor(seconds)
            return
        if hint is not None and (seconds is not None or not context.budget.covers(hint)):
            failure = ThrottledError(
                failure.detail, status=failure.status, request_id=failure.request_id
            )
        again = seconds if hint is None else hint
        if again is None and kind is RetryKind.RATE_LIMIT:
            again = policy.cap
        if again is not None:
            failure.retry_at = _after(again)
        raise failure


def _after(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def _vendors_now(answer: Answer | None) -> datetime:
    """The clock by which a moment in Retry-After is meant: the vendor's, ours if it tells none."""
    try:
        told = parsedate_to_datetime(answer.headers["Date"]) if answer else None
    except (KeyError, ValueError, OverflowError):
        told = None
    return told if told is not None and told.tzinfo else datetime.now(UTC)


def _failure_of(answer: Answer) -> PlatformError:
    error = ThrottledError if answer.status == 429 else TransientError
    return error(
        f"HTTP {answer.status}: {redact(answer.body.decode('utf-8', 'replace'), 200)}",
        status=answer.status,
        request_id=answer.request_id,
    )
