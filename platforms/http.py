"""The one door to the network, and the only importer of requests.

``HttpDoor.send`` makes one try: bounded in time (a total deadline, whatever the server does) and
in size, redirects never followed. ``call`` repeats it as the retry policies allow. All waiting
for a vendor happens here.
"""

import json
import random
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict

from platforms.contract import CallContext
from platforms.errors import BadResponseError, PlatformError, ThrottledError, TransientError
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

CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and bytes of one body after decompression."""

    connect: float = 5.0
    read: float = 30.0
    total: float = 60.0
    body: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def request_id(self) -> str:
        """The vendor's id of this call, to quote in a support case."""
        return self.headers.get("request-id") or self.headers.get("x-ms-request-id") or ""

    def json_object(self) -> dict[str, Any]:
        """The body as a JSON object; BadResponseError for anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise BadResponseError(
                f"Expected JSON, got {self.headers.get('Content-Type', 'no content type')}.",
                status=self.status,
                request_id=self.request_id,
            ) from error
        if not isinstance(value, dict):
            raise BadResponseError(
                f"Expected a JSON object, got {type(value).__name__}.",
                status=self.status,
                request_id=self.request_id,
            )
        return value


class _Bearer(AuthBase):
    """Sets the header itself; without an ``auth``, requests would let ~/.netrc replace it."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class NetworkFailure(Exception):
    """One try failed below HTTP; ``kind`` chooses the retry policy."""

    def __init__(self, kind: RetryKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class HttpDoor:
    """Pooled connections; safe to use from several threads."""

    def __init__(self, limits: Limits | None = None, pool_size: int = 24) -> None:
        self._limits = limits or Limits()
        self._session = requests.Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=pool_size, max_retries=0))

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> Answer:
        """One try. Raises NetworkFailure, or BadResponseError for a body over the limit."""
        deadline = time.monotonic() + self._limits.total
        try:
            response = self._session.request(
                method,
                url,
                params=params,
                data=form,
                headers=dict(headers or {}),
                auth=_Bearer(token),
                timeout=(self._limits.connect, self._limits.read),
                allow_redirects=False,
                stream=True,
            )
            with response:
                body = self._read(response, deadline)
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise NetworkFailure(RetryKind.TIMEOUT, type(error).__name__) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise NetworkFailure(RetryKind.NETWORK_ERROR, type(error).__name__) from error
        return Answer(response.status_code, CaseInsensitiveDict(response.headers), body)

    def _read(self, response: requests.Response, deadline: float) -> bytes:
        """The whole body. ``read1`` gives what has arrived, so a slow drip meets the deadline."""
        body = bytearray()
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
            body += chunk
            if len(body) > self._limits.body:
                raise BadResponseError(f"The answer is larger than {self._limits.body} bytes.")
            if time.monotonic() > deadline:
                raise NetworkFailure(RetryKind.TIMEOUT, f"over {self._limits.total:g} s in all")
        return bytes(body)


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
        when the vendor wants a longer pause than the run has left, else TransientError.
        """
        attempt = 0
        while True:
            attempt += 1
            context.check()
            if (pause := max(self._gate.reserve(p.scope, p.rate) for p in paces)) > 0:
                context.wait(pause)
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

    def _wait_or_give_up(
        self,
        kind: RetryKind,
        attempt: int,
        answer: Answer | None,
        failure: PlatformError,
        paces: tuple[Pace, ...],
        context: CallContext,
    ) -> None:
        now = datetime.now(UTC)
        hint = parse_retry_after(answer.headers.get("Retry-After") if answer else None, now)
        seconds = seconds_before_next_try(
            self._policies[kind],
            attempt,
            hint,
            random.random(),  # noqa: S311 (spreads load, guards nothing)
        )
        if kind is RetryKind.RATE_LIMIT:
            again = seconds if seconds is not None else (hint or self._policies[kind].cap)
            failure.retry_at = now + timedelta(seconds=again)
        if seconds is None:
            raise failure
        if not context.budget.take(seconds):
            failure.retry_at = failure.retry_at or now + timedelta(seconds=seconds)
            raise failure
        if kind is not RetryKind.RATE_LIMIT:
            context.wait(seconds)  # our own back-off: nobody asked us to
            return
        self._gate.pause(paces[-1].scope, seconds)  # the narrowest scope is named last
        context.on_wait(now + timedelta(seconds=seconds))
        context.wait(seconds)
        context.on_wait(None)


def _failure_of(answer: Answer) -> PlatformError:
    error = ThrottledError if answer.status == 429 else TransientError
    return error(
        f"HTTP {answer.status}: {redact(answer.body.decode('utf-8', 'replace'), 200)}",
        status=answer.status,
        request_id=answer.request_id,
    )
