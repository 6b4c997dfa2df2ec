"""Pre-authenticated downloads, on another host name (graph-api §8).

The link is the whole authorization: it is good for minutes, for whoever has it, and a
request that brings an Authorization header as well is refused.
"""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.errors import GraphError, access_denied, item_not_found
from sandbox.state import Sandbox, sandbox_of
from sandbox.tokens import TokenRefused
from sandbox.world.storage import Drive, Item

GOOD_FOR = 300  # seconds; "minutes" is all that is documented
ROUTE = "/{site:path}/_layouts/15/download.aspx"


def download_url(request: Request, sandbox: Sandbox, drive: Drive, item: Item) -> str:
    """On ``localhost`` for those who asked ``127.0.0.1`` (or anything else), and the reverse."""
    asked = request.url.hostname
    host = "127.0.0.1" if asked == "localhost" else "localhost"
    _, port = request.scope["server"]
    site = re.sub(r"^https://[^/]+/(.*)/[^/]+$", r"\1", drive.url)
    word = sandbox.tokens.pass_for(item.unique_id, sandbox.clock.now(), GOOD_FOR)
    return (
        f"{request.url.scheme}://{host}:{port}/{site}/_layouts/15/download.aspx"
        f"?UniqueId={item.unique_id}&tempauth={word}"
    )


async def download(request: Request) -> Response:
    """The bytes, or with ``Range`` some of them."""
    sandbox, query = sandbox_of(request), request.query_params
    unique_id = query.get("UniqueId", "")
    if "authorization" in request.headers:
        raise access_denied()
    try:
        sandbox.tokens.check_pass(unique_id, query.get("tempauth", ""), sandbox.clock.now())
    except TokenRefused as refusal:
        raise GraphError(401, "unauthenticated", str(refusal)) from None
    items = (item for drive in sandbox.world.drives.values() for item in drive.items.values())
    item = next((item for item in items if item.unique_id == unique_id), None)
    if item is None or item.content is None:
        raise item_not_found()
    return _ranged(item.content, item.mime_type, request.headers.get("range", ""))


def _ranged(content: bytes, mime_type: str, wish: str) -> Response:
    """206 for one range, 416 for one outside, 200 with everything for anything else."""
    headers, size = {"accept-ranges": "bytes"}, len(content)
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", wish.strip())
    if match is None or match[0] == "bytes=-":
        return Response(content, media_type=mime_type, headers=headers)
    if match[1]:
        first, last = int(match[1]), min(int(match[2] or size), size - 1)
    else:
        first, last = max(size - int(match[2]), 0), size - 1
    if first > last:
        refusal = {"error": {"code": "invalidRange", "message": "The range is not satisfiable."}}
        return JSONResponse(refusal, 416, {"content-range": f"bytes */{size}"})
    headers["content-range"] = f"bytes {first}-{last}/{size}"
    return Response(content[first : last + 1], 206, headers, mime_type)
