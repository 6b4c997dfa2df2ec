"""``/shares/{u!…}``: from a link to its driveItem (graph-api §8)."""

from base64 import b64decode
from binascii import Error

from starlette.requests import Request
from starlette.responses import Response

from sandbox.graph.drives import item_answer, redirect_to_content
from sandbox.graph.errors import GraphError, item_not_found
from sandbox.graph.gate import READ_FILES, READ_SHARES, require_role
from sandbox.graph.odata import query_options
from sandbox.graph.paths import allowed_drive
from sandbox.state import Sandbox
from sandbox.world.storage import Drive, Item


async def get_item(request: Request) -> Response:
    """Needs a role that may write, though it only reads."""
    sandbox = require_role(request, READ_SHARES)
    options = query_options(request.url.query, {"$select"})
    drive, item = _shared(request, sandbox)
    return item_answer(request, sandbox, drive, item, options.get("$select"))


async def get_content(request: Request) -> Response:
    """Needs no more than to read files."""
    sandbox = require_role(request, READ_FILES)
    query_options(request.url.query, set())
    drive, item = _shared(request, sandbox)
    return redirect_to_content(request, sandbox, drive, item)


def _shared(request: Request, sandbox: Sandbox) -> tuple[Drive, Item]:
    url = _link(request.path_params["share"])
    for drive in sandbox.world.drives.values():
        item = drive.by_url(url)
        if item is not None and drive.access != "missing":
            return allowed_drive(drive), item
    for drive in sandbox.world.drives.values():  # a denied site does not say what it holds
        if url.startswith(drive.url.rpartition("/")[0]):
            allowed_drive(drive)
    raise item_not_found()


def _link(token: str) -> str:
    """``u!`` and base64url without padding; anything else is refused."""
    kind, _, text = token.partition("!")
    try:
        if kind != "u" or "=" in text:
            raise ValueError(token)
        return b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True).decode()
    except (ValueError, Error):
        raise GraphError(400, "invalidRequest", "The sharing token is not valid.") from None
