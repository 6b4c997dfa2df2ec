"""Pages with opaque, absolute nextLinks on the host that was asked (graph-api §11)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import quote

from starlette.requests import Request

from sandbox.graph.errors import bad_request

SKIPTOKEN = "$skiptoken"
Item = TypeVar("Item")


def offset_of(token: str | None) -> int:
    """The position a ``$skiptoken`` stands for; 400 for one the sandbox never gave out."""
    if token is None:
        return 0
    try:
        return int(json.loads(urlsafe_b64decode(token.encode()))["from"])
    except (ValueError, KeyError, TypeError):
        raise bad_request("Invalid $skiptoken.") from None


def page_of(items: Sequence[Item], offset: int, size: int) -> tuple[Sequence[Item], int | None]:
    """The page and where the next one begins, None after the last."""
    end = offset + size
    return items[offset:end], end if end < len(items) else None


def next_link(request: Request, path: str, options: dict[str, str], offset: int) -> str:
    """An absolute URL: ``path`` under /v1.0 with ``options`` and the token of ``offset``."""
    token = urlsafe_b64encode(json.dumps({"from": offset}).encode()).decode()
    kept = {**{k: v for k, v in options.items() if k != SKIPTOKEN}, SKIPTOKEN: token}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in kept.items())
    return f"{base_url(request)}{quote(path, safe='/=@')}?{query}"


def base_url(request: Request) -> str:
    host = request.headers.get("host", "localhost")
    return f"{request.url.scheme}://{host}/v1.0"
