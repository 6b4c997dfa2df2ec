"""An answer held in memory, so that a fault can bend it before it is sent."""

import asyncio
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Scope, Send

DRIPS = 20


@dataclass
class Answer:
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def of_json(cls, value: object, status: int = 200) -> "Answer":
        return cls(status, {"content-type": "application/json"}, json.dumps(value).encode())

    def with_json(self, change: Callable[[Any], Any]) -> "Answer":
        """The same answer with its JSON passed through ``change``."""
        body = json.dumps(change(json.loads(self.body))).encode()
        return Answer(self.status, dict(self.headers), body)

    def inflated(self, size: int) -> "Answer":
        """The same with white space at its end, ``size`` bytes in all, sent compressed."""
        packed = gzip.compress(self.body.ljust(size), compresslevel=1)
        return Answer(self.status, {**self.headers, "content-encoding": "gzip"}, packed)

    async def send(self, send: Send, drip_seconds: float = 0, cut: bool = False) -> None:
        """``cut``: announce the whole body and stop in the middle (the server then hangs up)."""
        headers = {**self.headers, "content-length": str(len(self.body))}
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": raw})
        if cut:
            half = self.body[: len(self.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            return
        if drip_seconds:
            step = max(1, len(self.body) // DRIPS)
            for start in range(0, len(self.body), step):
                drop = self.body[start : start + step]
                await send({"type": "http.response.body", "body": drop, "more_body": True})
                await asyncio.sleep(drip_seconds / DRIPS)
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.body", "body": self.body})


async def answer_of(app: ASGIApp, scope: Scope, body: bytes) -> Answer:
    """What ``app`` answers to a request whose body is already read."""
    answer = Answer()
    chunks: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {
                name.decode("latin-1"): value.decode("latin-1")
                for name, value in message.get("headers", [])
            }
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    await app(scope, receive, send)
    answer.body = b"".join(chunks)
    return answer
