"""The command as an operator calls it, and what a healthy tenant is told."""

import json
from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command

MARA = "mara.lindqvist@example.edu"
ALL_TRANSCRIPTS = "getAllTranscripts"
COMMAND = "diagnose_teams_integration"
OK, MISSING, UNKNOWN, NOT_CHECKED = "ok", "missing", "unknown", "not checked"

TENANT = ("settings", "token", "Graph")
PERMISSIONS = (
    "User.Read.All",
    "Calendars.ReadWrite",
    "OnlineMeetings.ReadWrite.All",
    "OnlineMeetingArtifact.Read.All",
    "CallRecords.Read.All",
    "OnlineMeetingRecording.Read.All",
    "OnlineMeetingTranscript.Read.All",
    "Chat.Read.All",
    "ChannelMessage.Read.All",
    "Files.Read.All",
)
CALENDAR = ("mailbox", "Teams in calendar")
MEETINGS = ("access policy", "transcript access")
ORGANIZER = ("organizer", *CALENDAR, *MEETINGS, "OneDrive")
NOT_TOLD = ("Teams licence", "recording policy", "speakers", "secret's expiry", "Exchange scope")

HEALTHY = {
    **dict.fromkeys((*TENANT, *PERMISSIONS), OK),
    "Mail.Send": "not needed",
    **dict.fromkeys(ORGANIZER, OK),
    **dict.fromkeys(NOT_TOLD, UNKNOWN),
}


@dataclass
class Diagnosed:
    code: int
    out: str
    lines: dict[str, dict[str, str]]

    @property
    def states(self) -> dict[str, str]:
        return {check: line["state"] for check, line in self.lines.items()}


def run(*options: str) -> tuple[int, str]:
    """Exit code and standard output."""
    out = StringIO()
    try:
        call_command(COMMAND, *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def diagnose(organizer: str = MARA) -> Diagnosed:
    code, out = run("--json", *(["--organizer", organizer] if organizer else []))
    told = json.loads(out)
    assert told["ok"] is (code == 0)
    return Diagnosed(code, out, {line["check"]: line for line in told["lines"]})


def without(red: str, *waiting: str) -> dict[str, str]:
    """What is told when this one line is red, and these wait for it."""
    return HEALTHY | {red: MISSING} | dict.fromkeys(waiting, NOT_CHECKED)


def refusal(code: str, message: str, inner: str = "") -> dict[str, object]:
    """A 403 in Graph's words."""
    body = {"code": code, "message": message, "innerError": {"code": inner} if inner else {}}
    return {"status": 403, "body": {"error": body}}
