"""The one door to the network, and the only importer of requests.

``HttpDoor.send`` makes one try: bounded in time (a total deadline, whatever the server does) and
in size, redirects never followed. ``platforms.calling`` repeats it as the retry policies allow.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict

from platforms.answers import Answer, NetworkFailure
from platforms.calling import Caller, Pace
from platforms.errors import BadResponseError
from platforms.retry import RetryKind

__all__ = ["Answer", "Caller", "HttpDoor", "Limits", "NetworkFailure", "Pace"]

CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and bytes of one body after decompression."""

    connect: float = 5.0
    read: float = 30.0
    total: float = 60.0
    body: int = 32 * 1024 * 1024


class _Bearer(AuthBase):
    """Sets the header itself; without an ``auth``, requests would let ~/.netrc replace it."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


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
