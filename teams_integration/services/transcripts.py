"""Transcripts: who said what and when, as far as the tenant lets it be known."""

from collections.abc import Iterator

from platforms.context import CallContext
from platforms.contract import FeedPage, Known, Window
from platforms.errors import (
    BadResponseError,
    NotFoundError,
    PermissionRefusedError,
    TransientError,
)
from platforms.reasons import ReasonCode
from platforms.records import Progress, RemoteMeeting, RemoteTranscript, TranscriptPage
from teams_integration import vtt
from teams_integration.client import GraphClient
from teams_integration.parse import media
from teams_integration.trouble import Trouble

PERMISSION = "OnlineMeetingTranscript.Read.All"
WITH_SPEAKERS = "text/vtt"
# What is left where speakers must not be named; Microsoft documents it nowhere, clients use it.
WITHOUT_SPEAKERS = "application/vnd.microsoft.graph.transcript+text"


def read(
    graph: GraphClient,
    meeting: RemoteMeeting,
    window: Window,
    known: Known,
    context: CallContext,
) -> Iterator[FeedPage]:
    """First how many are listed, of all occurrences; then those within the window.

    Of those in ``known.complete`` only that they are there. One that cannot be read does not hide
    the others: the first such error is raised in the end.
    """
    assert meeting.meeting_id, "the engine resolves the meeting first"
    path = ("users", meeting.organizer_id, "onlineMeetings", meeting.meeting_id, "transcripts")
    # https://learn.microsoft.com/graph/api/onlinemeeting-list-transcripts
    listing = graph.pages(graph.url(*path), context, permission=PERMISSION)
    trouble = Trouble()
    listed = trouble.parsed(media.transcript, (source for page in listing for source in page))
    wanted = [t for t in listed if window.covers(t.starts_at, t.ends_at)]
    seen = {"listed": len(listed), "in_window": len(wanted)}
    yield Progress(len(wanted), seen, frozenset(transcript.source_id for transcript in listed))
    contents = _Contents(graph, path, context)
    for transcript in wanted:
        if transcript.source_id in known.complete:
            yield TranscriptPage(transcript)
            continue
        try:
            yield contents.fetch(transcript)
        except (NotFoundError, BadResponseError, PermissionRefusedError, TransientError) as error:
            if error.reason is ReasonCode.TRANSCRIPTS_SWITCHED_OFF:
                raise
            trouble.remember(error)
    trouble.tell()


class _Contents:
    """What was said. Once speakers were refused, nobody asks for them again."""

    def __init__(self, graph: GraphClient, path: tuple[str, ...], context: CallContext) -> None:
        self._graph, self._path, self._context = graph, path, context
        self._is_attributed = True

    def fetch(self, transcript: RemoteTranscript) -> TranscriptPage:
        if self._is_attributed:
            try:
                return self._parsed(transcript, WITH_SPEAKERS)
            except PermissionRefusedError as error:
                if error.reason is not ReasonCode.SPEAKERS_SWITCHED_OFF:
                    raise
                self._is_attributed = False
        return self._parsed(transcript, WITHOUT_SPEAKERS)

    def _parsed(self, transcript: RemoteTranscript, accept: str) -> TranscriptPage:
        # https://learn.microsoft.com/graph/api/calltranscript-get
        url = self._graph.url(*self._path, transcript.source_id, "content")
        try:
            text = self._graph.get_text(url, self._context, permission=PERMISSION, accept=accept)
        except NotFoundError as error:
            raise error.because(ReasonCode.TRANSCRIPT_GONE) from error
        cues, lost = vtt.parse(text)
        if not cues and not vtt.is_vtt(text):
            raise BadResponseError("The transcript is no WebVTT.")
        return TranscriptPage(transcript, cues, lost, is_attributed=self._is_attributed)
