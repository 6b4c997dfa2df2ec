"""``python -m sandbox``: serve until SIGTERM; see ``--help``."""

import argparse
import asyncio
import signal
import socket
import sys
from datetime import datetime

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.app import build_app
from sandbox.clock import parse_moment
from sandbox.state import Sandbox
from sandbox.world import WORLDS


class Protocol(H11Protocol):
    """Shows the connection to the application, so that a fault can reset it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        inner: ASGIApp = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), "sandbox.transport": transport}
            await inner(scope, receive, send)

        self.app = with_transport


class Server(uvicorn.Server):
    """Says where it listens, in one line on stdout, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            sys.stdout.write(f"sandbox ready http://{host}:{port}\n")
            sys.stdout.flush()


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8901, help="0 picks a free one")
    parser.add_argument("--world", choices=WORLDS, default="demo")
    parser.add_argument(
        "--now",
        type=_moment,
        default=None,
        help="the world's anchor, ISO 8601 with a zone (default: the time of start, whole seconds)",
    )
    return parser.parse_args(argv)


def _moment(text: str) -> datetime:
    try:
        return parse_moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def main() -> None:
    wish = arguments()
    config = uvicorn.Config(
        build_app(Sandbox(wish.world, wish.now)),
        host=wish.host,
        port=wish.port,
        http=Protocol,
        lifespan="off",
        access_log=False,
        log_level="error",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,
    )
    # Once it has shut down, the server raises the signal again: leave with 0 then.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Server(config).run()


if __name__ == "__main__":
    main()
