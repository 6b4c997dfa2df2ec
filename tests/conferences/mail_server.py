"""A mail server of the tests: keeps what it takes, and refuses, hangs up or is silent on demand."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from pytest_django import Settings

from tests.conferences.mailing import read

PASSWORD = "m41l-pl4nt-0A_b"


class Behaviour:
    """What it does with the next messages."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.asked = self.logins = 0
        self.refuses: set[str] = set()  # addresses
        self.hangs_up_on: set[str] = set()
        self.is_silent = self.is_full = False
        self._never = asyncio.Event()

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        self.asked += 1
        if address in self.refuses:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.is_silent:
            await self._never.wait()
        if self.hangs_up_on & set(envelope.rcpt_tos) and server.transport is not None:
            server.transport.abort()
            return "421 Nobody hears it"
        if self.is_full:
            return "452 4.3.1 Mailbox full"
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(read(content))
        return "250 OK"


class MailServer:
    """With a login, if ``asks_for`` a password. Starts and stops, always on the same port."""

    def __init__(self, asks_for: str = "") -> None:
        self.does = Behaviour()
        self._password = asks_for
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = int(one.getsockname()[1])
        self._controller: Controller | None = None

    def __enter__(self) -> "MailServer":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        options = {"authenticator": self._authenticate, "auth_require_tls": False}
        asked = options if self._password else {}
        self._controller = Controller(self.does, "127.0.0.1", self.port, **asked)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, login: Any
    ) -> AuthResult:
        self.does.logins += 1
        return AuthResult(success=login.password == self._password.encode(), handled=False)


@contextmanager
def used_by(settings: Settings, **options: Any) -> Iterator[MailServer]:
    """As EMAIL_HOST and its neighbours would have it."""
    with MailServer(**options) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 10
        yield server
