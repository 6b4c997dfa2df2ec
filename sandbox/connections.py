"""One connection to a client: its body, its end, and how to cut it."""

import asyncio
import socket
import struct

from starlette.types import Receive, Scope


async def whole_body(receive: Receive) -> bytes:
    chunks, more = [], True
    while more:
        message = await receive()
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(chunks)


async def hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def reset_connection(scope: Scope) -> None:
    """Close the TCP connection with RST instead of answering."""
    transport: asyncio.Transport = scope["extensions"]["sandbox.transport"]
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await asyncio.sleep(0)  # let the server notice, or it would still try to answer
