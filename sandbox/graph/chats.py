"""``/chats/{thread}``, its messages and their inline images (graph-api §7)."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.answers import EscapedJSON
from sandbox.graph.chat_options import Wanted, message_filter, message_order
from sandbox.graph.errors import bad_request, not_found
from sandbox.graph.gate import READ_CHATS, READ_MESSAGES, require_role
from sandbox.graph.message_shapes import chat_json, message_json
from sandbox.graph.odata import query_options, select, top
from sandbox.graph.paging import SKIPTOKEN, base_url, next_link, offset_of, page_of
from sandbox.state import Sandbox
from sandbox.world.model import Meeting
from sandbox.world.talk import Message

MOST, USUAL = 50, 20
UNKNOWN_ENUMS = "include-unknown-enum-members"


async def get_chat(request: Request) -> Response:
    sandbox = require_role(request, READ_CHATS)
    options = query_options(request.url.query, {"$select"})
    meeting = _chat_in_path(request, sandbox)
    context = f"{base_url(request)}/$metadata#chats/$entity"
    body = select(chat_json(meeting), options.get("$select"))
    return JSONResponse({"@odata.context": context, **body})


async def list_messages(request: Request) -> Response:
    """Newest first. ``$filter`` counts only for the property that ``$orderby`` names."""
    sandbox = require_role(request, READ_MESSAGES)
    options = query_options(request.url.query, {"$top", "$orderby", "$filter", SKIPTOKEN})
    size = top(options, USUAL, MOST)
    order = message_order(options.get("$orderby"))
    wanted = message_filter(options.get("$filter"))
    meeting = _chat_in_path(request, sandbox)
    if "$orderby" not in options:
        wanted = Wanted()
    found = _sorted(visible(meeting.messages, sandbox.clock.now()), order)
    found = [message for message in found if wanted.accepts(order, _moment(message, order))]
    page, rest = page_of(found, offset_of(options.get(SKIPTOKEN)), size)
    path, graph, enums = f"/chats/{meeting.thread_id}/messages", base_url(request), knows(request)
    body: dict[str, object] = {
        "@odata.context": f"{graph}/$metadata#chats('{meeting.thread_id}')/messages",
        "@odata.count": len(page),
        "value": [message_json(message, graph, enums, meeting) for message in page],
    }
    if rest is not None:
        body["@odata.nextLink"] = next_link(request, path, options, rest)
    return EscapedJSON(body)


async def get_message(request: Request) -> Response:
    sandbox = require_role(request, READ_MESSAGES)
    query_options(request.url.query, set())
    meeting = _chat_in_path(request, sandbox)
    message = _message_in_path(request, sandbox, meeting)
    graph = base_url(request)
    context = f"{graph}/$metadata#chats('{meeting.thread_id}')/messages/$entity"
    shown = message_json(message, graph, knows(request), meeting)
    return EscapedJSON({"@odata.context": context, **shown})


async def get_hosted_content(request: Request) -> Response:
    """An inline image: bytes, for whoever has the token."""
    sandbox = require_role(request, READ_MESSAGES)
    meeting = _chat_in_path(request, sandbox)
    message = _message_in_path(request, sandbox, meeting)
    content = message.hosted.get(request.path_params["content"])
    if content is None or message.deleted_at is not None:
        raise not_found("The hosted content was not found.")
    return Response(content, media_type="image/png")


def knows(request: Request) -> bool:
    """Whether the client asked for enumeration members that are newer than the enumeration."""
    return UNKNOWN_ENUMS in request.headers.get("prefer", "").lower()


def visible(messages: list[Message], now: datetime) -> list[Message]:
    return [message for message in messages if message.created_at <= now]


def _moment(message: Message, order: str) -> datetime:
    return message.created_at if order == "createdDateTime" else message.modified_at


def _sorted(messages: list[Message], order: str) -> list[Message]:
    return sorted(messages, key=lambda m: (_moment(m, order), m.id), reverse=True)


def _chat_in_path(request: Request, sandbox: Sandbox) -> Meeting:
    """Every meeting has a chat, also an expired one; but not those in channels (400)."""
    thread = request.path_params["thread"]
    if thread.endswith("@thread.tacv2"):
        raise bad_request("This thread belongs to a channel; use /teams.")
    for meeting in sandbox.world.meetings:
        if meeting.thread_id == thread:
            return meeting
    raise not_found("The chat was not found.")


def _message_in_path(request: Request, sandbox: Sandbox, meeting: Meeting) -> Message:
    for message in visible(meeting.messages, sandbox.clock.now()):
        if message.id == request.path_params["message"]:
            return message
    raise not_found("The message was not found.")
