"""Every kind of request that a sync makes, one row each: what is hit, and which sync hits it."""

from dataclasses import dataclass

LATER, FIRST = r".*sandbox-page=", r"(?!.*sandbox-page=)"
REPORT = r"/attendanceReports/[^/]+\?"
CALL = r"/callRecords/[^/]+\?"
CHAT = r"/chats/[^/]+/messages\?"


@dataclass(frozen=True)
class Feed:
    """``path``: of the requests, as the sandbox reads it; ``operation`` of ``conference`` makes
    them, with ``permission``. ``is_one_of``: other feeds go on telling when this one cannot be
    read. ``pages``: what comes in two pages, so that there is a second one. ``anew``: what has to
    be forgotten for it to be asked again (World.prepare).
    """

    conference: int
    operation: str
    path: str
    permission: str = ""
    is_one_of: bool = False
    pages: str = ""
    anew: str = ""


ARTIFACTS = "OnlineMeetingArtifact.Read.All"
CALLS = "CallRecords.Read.All"
TRANSCRIPTS = "OnlineMeetingTranscript.Read.All"

FEEDS = {
    "token": Feed(94, "attendance", r"/oauth2/v2\.0/token", anew="token"),
    "organizer": Feed(94, "attendance", r"/users/[^/]+\?", "User.Read.All"),
    "meeting": Feed(
        94, "transcripts", r"/onlineMeetings\?", "OnlineMeetings.ReadWrite.All", anew="meeting"
    ),
    "reports": Feed(94, "attendance", r"/attendanceReports\?", ARTIFACTS),
    "report": Feed(94, "attendance", REPORT + FIRST, ARTIFACTS),
    "report, page 2": Feed(94, "attendance", REPORT + LATER, ARTIFACTS, True, REPORT + FIRST),
    "call records": Feed(74, "attendance", r"/callRecords\?", CALLS),
    "call record": Feed(74, "attendance", CALL + FIRST, CALLS),
    "call record, page 2": Feed(74, "attendance", CALL + LATER, CALLS, True, CALL + FIRST),
    "participant": Feed(74, "attendance", r"/users/(?!mara)[^/]+\?", "User.Read.All"),
    "recordings": Feed(86, "recordings", r"/recordings\?", "OnlineMeetingRecording.Read.All", True),
    "folder": Feed(86, "recordings", r"/special/recordings/children\?", "Files.Read.All", True),
    "transcripts": Feed(94, "transcripts", r"/transcripts\?", TRANSCRIPTS),
    "transcript": Feed(
        94, "transcripts", r"/transcripts/[^/]+/content", TRANSCRIPTS, True, anew="transcript"
    ),
    "chat": Feed(94, "chat", CHAT + FIRST, "Chat.Read.All", anew="chat"),
    "chat, page 2": Feed(
        94, "chat", CHAT + LATER, "Chat.Read.All", True, CHAT + FIRST, anew="chat"
    ),
    "channel": Feed(93, "chat", r"/replies\?", "ChannelMessage.Read.All"),
    "drive": Feed(86, "files", r"/users/[^/]+/drive\?", "Files.Read.All", True, anew="links"),
    "shared file": Feed(86, "files", r"/drives/[^/]+/(items/|root:)", "Files.Read.All", True),
}

EVERY = frozenset(FEEDS)
# One of each way in which a reading can end, for what is the same everywhere.
SOME = frozenset({"token", "organizer", "meeting", "reports", "transcript", "chat", "shared file"})
ONCE = frozenset({"drive"})  # asked for at the first sync and never again
JSON = EVERY - {"transcript"}
LISTS = frozenset(
    {
        *("reports", "report", "call records", "call record"),
        *("recordings", "folder", "transcripts", "chat", "channel"),
    }
)
# What is read below a user's online meetings, where an access policy has to let us in.
OF_MEETINGS = frozenset(
    {"meeting", "reports", "report", "report, page 2", "recordings", "transcripts", "transcript"}
)
