"""``/users/{user}/drive`` and ``/drives/{drive}`` and what hangs below (graph-api §8)."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sandbox.graph.downloads import download_url
from sandbox.graph.drive_shapes import drive_json, item_json
from sandbox.graph.errors import GraphError, bad_request, item_not_found
from sandbox.graph.gate import READ_FILES, require_role
from sandbox.graph.odata import query_options, select, top
from sandbox.graph.paging import SKIPTOKEN, base_url, next_link, offset_of, page_of
from sandbox.graph.paths import allowed_drive, drive_in_path, unlocked
from sandbox.state import Sandbox
from sandbox.world.storage import Drive, Item

ITEMS_PER_PAGE, MOST = 200, 1000
INDEX_LAG = timedelta(minutes=5)  # "index lags" is all that is known
Find = Callable[[Request, Drive], Item]
Endpoint = Callable[[Request], Awaitable[Response]]
_KEYS: dict[str, Callable[[Item], Any]] = {
    "name": lambda item: item.name.lower(),
    "size": lambda item: len(item.content or b""),
    "createdDateTime": lambda item: item.created_at,
    "lastModifiedDateTime": lambda item: item.modified_at,
}


def the_root(request: Request, drive: Drive) -> Item:
    return drive.root


def by_id(request: Request, drive: Drive) -> Item:
    item = drive.items.get(request.path_params["item"])
    if item is None:
        raise item_not_found()
    return item


def by_special(request: Request, drive: Drive) -> Item:
    """Whatever the folder is called; it is not made by asking for it with read-only rights."""
    item = drive.by_special(request.path_params["alias"])
    if item is None:
        raise item_not_found()
    return item


def by_path(request: Request, drive: Drive) -> Item:
    item = drive.by_path(request.path_params["path"])
    if item is None:
        raise item_not_found()
    return item


async def get_drive(request: Request) -> Response:
    sandbox = require_role(request, READ_FILES)
    options = query_options(request.url.query, {"$select"})
    drive = allowed_drive(drive_in_path(request, sandbox))
    context = f"{base_url(request)}/$metadata#drives/$entity"
    body = select(drive_json(drive), options.get("$select"))
    return JSONResponse({"@odata.context": context, **body})


def one(find: Find) -> Endpoint:
    """The driveItem that ``find`` finds."""

    async def endpoint(request: Request) -> Response:
        sandbox = require_role(request, READ_FILES)
        options = query_options(request.url.query, {"$select"})
        drive, item = _found(request, sandbox, find)
        return item_answer(request, sandbox, drive, item, options.get("$select"))

    return endpoint


def children(find: Find) -> Endpoint:
    """What lies in the folder that ``find`` finds; locked files are listed."""

    async def endpoint(request: Request) -> Response:
        sandbox = require_role(request, READ_FILES)
        drive, folder = _found(request, sandbox, find)
        return _listed(request, sandbox, drive, drive.children(folder))

    return endpoint


def content(find: Find) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        sandbox = require_role(request, READ_FILES)
        query_options(request.url.query, set())
        drive, item = _found(request, sandbox, find)
        return redirect_to_content(request, sandbox, drive, item)

    return endpoint


async def item_or_children_by_path(request: Request) -> Response:
    """``root:/{path}`` and ``root:/{path}:/children``."""
    path, colon, rest = str(request.path_params["path"]).partition(":")
    if colon and rest != "/children":
        raise bad_request(f"Resource not found for the segment '{rest}'.")
    request.path_params["path"] = path
    return await (children if colon else one)(by_path)(request)


async def search(request: Request) -> Response:
    """Names and contents, in the whole drive, behind an index that lags."""
    sandbox = require_role(request, READ_FILES)
    drive = allowed_drive(drive_in_path(request, sandbox))
    text = str(request.path_params["text"]).replace("''", "'").lower()
    before = sandbox.clock.now() - INDEX_LAG
    found = [
        item
        for item in drive.items.values()
        if item.parent_id is not None
        and item.modified_at <= before
        and (text in item.name.lower() or text.encode() in (item.content or b"").lower())
    ]
    found.sort(key=lambda item: item.name.lower())
    return _listed(request, sandbox, drive, found)


def item_answer(
    request: Request, sandbox: Sandbox, drive: Drive, item: Item, wanted: str | None
) -> Response:
    context = f"{base_url(request)}/$metadata#drives('{drive.id}')/items/$entity"
    body = select(item_json(request, sandbox, drive, unlocked(item)), wanted)
    return JSONResponse({"@odata.context": context, **body})


def redirect_to_content(request: Request, sandbox: Sandbox, drive: Drive, item: Item) -> Response:
    """302 to a pre-authenticated URL on another host."""
    if unlocked(item).content is None:
        raise bad_request("A folder has no content.")
    return RedirectResponse(download_url(request, sandbox, drive, item), 302)


def _found(request: Request, sandbox: Sandbox, find: Find) -> tuple[Drive, Item]:
    drive = allowed_drive(drive_in_path(request, sandbox))
    return drive, unlocked(find(request, drive))


def _listed(request: Request, sandbox: Sandbox, drive: Drive, items: list[Item]) -> Response:
    options = query_options(request.url.query, {"$top", "$select", "$orderby", SKIPTOKEN})
    if "$orderby" in options:
        items = _sorted(items, options["$orderby"])
    size = top(options, ITEMS_PER_PAGE, MOST)
    page, rest = page_of(items, offset_of(options.get(SKIPTOKEN)), size)
    shown = (item_json(request, sandbox, drive, item) for item in page)
    body: dict[str, object] = {
        "@odata.context": f"{base_url(request)}/$metadata#Collection(driveItem)",
        "value": [select(item, options.get("$select")) for item in shown],
    }
    if rest is not None:
        path = request.url.path.removeprefix("/v1.0")
        body["@odata.nextLink"] = next_link(request, path, options, rest)
    return JSONResponse(body)


def _sorted(items: list[Item], wish: str) -> list[Item]:
    match = re.fullmatch(r"(\w+)(?:\s+(asc|desc))?", wish.strip())
    if match is None or match[1] not in _KEYS:
        raise GraphError(400, "invalidRequest", f"Invalid $orderby: '{wish}'.")
    return sorted(items, key=_KEYS[match[1]], reverse=match[2] == "desc")
