"""The one door to the network, and the only importer of requests.

``HttpDoor.send`` makes one try: bounded in time (a total deadline, whatever the server does) and
in size, redirects never followed. ``platforms.calling`` repeats it as the retry policies allow.
"""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from platforms.answers import Answer, NetworkFailure
from platforms.errors import BadResponseError
from platforms.retry import RetryKind

CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and bytes of one body after decompression.

    ``read`` is the longest silence; ``total`` holds from the call to the end of the body.
    """

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


_calls = threading.local()  # .watch: of the call that this thread makes


class _Watch:
    """Shuts a call's connection down when its time is up.

    Every byte that arrives renews a socket's own timeout: status line, headers and chunk sizes
    that drip in would take for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> "_Watch":
        _calls.watch = self
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._socket = None  # another call's from now on

    def attach(self, connection: socket.socket) -> None:
        with self._lock:
            self._socket = connection
        if self.is_over:
            self._end()

    def _end(self) -> None:
        with self._lock:
            self.is_over = True
            if self._socket is not None:
                with suppress(OSError):
                    # Not SSLSocket's own, which would pull the TLS state away under a reader.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Watched(HTTPConnection):
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override] # as urllib3 has it
        _calls.watch.attach(self.sock)
        return super().getresponse()


class _WatchedTls(_Watched, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedTls


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
        return manager


class HttpDoor:
    """Pooled connections; safe to use from several threads."""

    def __init__(self, limits: Limits | None = None, pool_size: int = 24) -> None:
        self._limits = limits or Limits()
        self._session = requests.Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, _Adapter(pool_maxsize=pool_size, max_retries=0))

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> Answer:
        """One try. Raises NetworkFailure, or BadResponseError for a body over the limit."""
        with _Watch(self._limits.total) as watch:
            try:
                response = self._session.request(
                    method,
                    url,
                    params=params,
                    data=form,
                    json=json,
                    headers=dict(headers or {}),
                    auth=_Bearer(token),
                    timeout=(self._limits.connect, self._limits.read),
                    allow_redirects=False,
                    stream=True,
                )
                with response:
                    body = self._read(response)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                timeouts = (requests.Timeout, urllib3.exceptions.TimeoutError)
                is_late = watch.is_over or isinstance(error, timeouts)
                kind = RetryKind.TIMEOUT if is_late else RetryKind.NETWORK_ERROR
                raise NetworkFailure(kind, type(error).__name__) from error
        if watch.is_over:  # what ends early for the watch may look whole
            raise NetworkFailure(RetryKind.TIMEOUT, f"over {self._limits.total:g} s in all")
        return Answer(response.status_code, CaseInsensitiveDict(response.headers), body)

    def _read(self, response: requests.Response) -> bytes:
        """The whole body. ``read1`` gives what has arrived, so that the limit is met in time."""
        body = bytearray()
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
            body += chunk
            if len(body) > self._limits.body:
                raise BadResponseError(f"The answer is larger than {self._limits.body} bytes.")
        return bytes(body)
