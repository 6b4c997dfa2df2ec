"""Recordings as the meeting itself lists them: no file, no link that a person could follow."""

from collections.abc import Iterator

from platforms.context import CallContext
from platforms.contract import FeedPage, Window
from platforms.records import Progress, RecordingsPage, RemoteMeeting
from teams_integration.client import GraphClient
from teams_integration.parse import media
from teams_integration.trouble import Trouble

PERMISSION = "OnlineMeetingRecording.Read.All"


def read(
    graph: GraphClient, meeting: RemoteMeeting, window: Window, context: CallContext
) -> Iterator[FeedPage]:
    """First how many there are, of all occurrences; then those within the window.

    One that cannot be understood does not hide the others: it is told in the end.
    """
    assert meeting.meeting_id, "the engine resolves the meeting first"
    # https://learn.microsoft.com/graph/api/onlinemeeting-list-recordings
    url = graph.url(
        "users", meeting.organizer_id, "onlineMeetings", meeting.meeting_id, "recordings"
    )
    listing = graph.pages(url, context, permission=PERMISSION)
    trouble = Trouble()
    listed = trouble.parsed(media.recording, (source for page in listing for source in page))
    wanted = tuple(r for r in listed if window.covers(r.starts_at, r.ends_at))
    seen = {"listed": len(listed), "in_window": len(wanted)}
    yield Progress(0, seen, frozenset(recording.source_id for recording in listed))
    yield RecordingsPage(wanted)
    trouble.tell()
