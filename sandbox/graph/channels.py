"""``/teams/{team}/channels/{channel}``: posts, replies, the folder of files (graph-api §7, §8)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.answers import EscapedJSON
from sandbox.graph.chats import MOST, USUAL, knows, visible
from sandbox.graph.drive_shapes import item_json
from sandbox.graph.errors import bad_request, not_found
from sandbox.graph.gate import READ_CHANNEL_FOLDER, READ_CHANNELS, require_role
from sandbox.graph.message_shapes import message_json
from sandbox.graph.odata import query_options, select, top
from sandbox.graph.paging import SKIPTOKEN, base_url, next_link, offset_of, page_of
from sandbox.state import Sandbox
from sandbox.world.talk import Channel, Message


async def list_posts(request: Request) -> Response:
    """Root messages, newest first; ``$expand=replies`` brings the replies inside."""
    sandbox = require_role(request, READ_CHANNELS)
    channel = _channel_in_path(request, sandbox)
    return _listed(request, sandbox, channel, channel.posts, None)


async def list_replies(request: Request) -> Response:
    sandbox = require_role(request, READ_CHANNELS)
    channel = _channel_in_path(request, sandbox)
    post = _post_in_path(request, channel)
    return _listed(request, sandbox, channel, post.replies, post)


async def get_post(request: Request) -> Response:
    sandbox = require_role(request, READ_CHANNELS)
    query_options(request.url.query, set())
    channel = _channel_in_path(request, sandbox)
    graph, post = base_url(request), _post_in_path(request, channel)
    shown = message_json(post, graph, knows(request), channel=channel)
    return EscapedJSON(
        {"@odata.context": f"{graph}/$metadata#{_path(channel)[1:]}/$entity", **shown}
    )


async def get_files_folder(request: Request) -> Response:
    """A driveItem; ``parentReference.driveId`` leads to everything below it."""
    sandbox = require_role(request, READ_CHANNEL_FOLDER)
    options = query_options(request.url.query, {"$select"})
    channel = _channel_in_path(request, sandbox)
    drive = sandbox.world.drives[channel.drive_id]
    folder = item_json(request, sandbox, drive, drive.items[channel.folder_id])
    context = f"{base_url(request)}/$metadata#{_path(channel)[1:]}/filesFolder/$entity"
    return JSONResponse({"@odata.context": context, **select(folder, options.get("$select"))})


def _listed(
    request: Request,
    sandbox: Sandbox,
    channel: Channel,
    messages: list[Message],
    post: Message | None,
) -> Response:
    options = query_options(request.url.query, {"$top", "$expand", SKIPTOKEN})
    if options.get("$expand", "replies") != "replies":
        raise bad_request("Only replies can be expanded.")
    size, now = top(options, USUAL, MOST), sandbox.clock.now()
    held = [m for m in sandbox.world.meetings if m.post is not None and m.post is post]
    meeting = held[0] if held else None
    found = _newest_first(visible(messages, now))
    page, rest = page_of(found, offset_of(options.get(SKIPTOKEN)), size)
    graph, enums, value = base_url(request), knows(request), []
    for message in page:
        shown = message_json(message, graph, enums, meeting, channel, post)
        if "$expand" in options:
            shown["replies"] = [
                message_json(reply, graph, enums, channel=channel, post=message)
                for reply in _newest_first(visible(message.replies, now))
            ]
        value.append(shown)
    path = _path(channel) + (f"/{post.id}/replies" if post is not None else "")
    body: dict[str, object] = {
        "@odata.context": f"{graph}/$metadata#{path[1:]}",
        "@odata.count": len(value),
        "value": value,
    }
    if rest is not None:
        body["@odata.nextLink"] = next_link(request, path, options, rest)
    return EscapedJSON(body)


def _newest_first(messages: list[Message]) -> list[Message]:
    return sorted(messages, key=lambda message: (message.created_at, message.id), reverse=True)


def _path(channel: Channel) -> str:
    return f"/teams/{channel.team_id}/channels/{channel.id}/messages"


def _channel_in_path(request: Request, sandbox: Sandbox) -> Channel:
    team, wanted = request.path_params["team"].lower(), request.path_params["channel"]
    for channel in sandbox.world.channels:
        if (channel.team_id, channel.id) == (team, wanted):
            return channel
    raise not_found("The channel was not found.")


def _post_in_path(request: Request, channel: Channel) -> Message:
    for post in channel.posts:
        if post.id == request.path_params["message"]:
            return post
    raise not_found("The message was not found.")
