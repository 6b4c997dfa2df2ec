"""Channels of teams, as far as meetings are held in them: their replies and their files."""

from platforms.context import CallContext
from platforms.errors import NotFoundError
from platforms.reasons import ReasonCode
from platforms.records import RemoteMeeting
from teams_integration.client import GraphClient
from teams_integration.parse.values import child, text

PERMISSION = "ChannelMessage.Read.All"
FILES_PERMISSION = "Files.Read.All"
MOST = 50  # messages on a page

_SUFFIX = "@thread.tacv2"


def is_in_channel(meeting: RemoteMeeting) -> bool:
    return (meeting.thread_id or "").endswith(_SUFFIX)


def replies_url(graph: GraphClient, meeting: RemoteMeeting) -> str:
    """The replies to the meeting's own post: neither filter nor order exist."""
    path = channel_path(meeting)
    if not meeting.post_id:
        raise NotFoundError("The meeting's post is not known.", reason=ReasonCode.CHAT_UNKNOWN)
    # https://learn.microsoft.com/graph/api/chatmessage-list-replies
    return graph.url(*path, "messages", meeting.post_id, "replies", query={"$top": str(MOST)})


def fetch_files_folder(
    graph: GraphClient, meeting: RemoteMeeting, context: CallContext
) -> tuple[str, str]:
    """Id of the drive, and the URL of the channel's folder in it; NotFoundError for a team that
    is not known or not the channel's.
    """
    # https://learn.microsoft.com/graph/api/channel-get-filesfolder
    url = graph.url(*channel_path(meeting), "filesFolder")
    try:
        folder = graph.get(url, context, permission=FILES_PERMISSION)
    except NotFoundError as error:
        # The team is what somebody typed, the channel is the vendor's.
        raise error.because(ReasonCode.TEAM_UNKNOWN) from error
    return text(child(folder, "parentReference"), "driveId"), text(folder, "webUrl")


def channel_path(meeting: RemoteMeeting) -> tuple[str, ...]:
    """Of the channel that the meeting is held in. No route of Graph tells its team."""
    if not meeting.team_id:
        raise NotFoundError("The channel's team is not known.", reason=ReasonCode.TEAM_UNKNOWN)
    return ("teams", meeting.team_id, "channels", meeting.thread_id or "")
