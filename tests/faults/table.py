"""The table: what the vendor does wrong, and what is said of it.

A row holds for every feed; where one is different, ``but`` names it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.faults.feeds import EVERY, FEEDS, JSON, LISTS, OF_MEETINGS, SOME, Feed
from tests.faults.world import ELSEWHERE

# code: who acts, and how the sentence begins
REASONS = {
    "access_policy_missing": ("administrator", "No application access policy"),
    "bad_response": ("developer", "The platform gave an answer that could not be understood"),
    "chat_unknown": ("instructor", "The meeting's chat could not be found"),
    "credentials_refused": ("administrator", "Microsoft refused the credentials of this site"),
    "drive_refused": ("administrator", "A drive that holds the files refuses this application"),
    "locked": ("wait", "What was asked for is locked"),
    "files_gone": ("nobody", "Files were shared, and none of them is where it was"),
    "foreign_link": ("developer", "The platform's answer linked to another host, localhost"),
    "meeting_not_found": ("instructor", "The organizer has no meeting with this join link"),
    "not_available": ("instructor", "The platform does not have it"),
    "nothing_kept": ("administrator", "The platform keeps neither an attendance report nor"),
    "organizer_differs": ("administrator", "The meeting belongs to another organizer"),
    "organizer_unknown": ("instructor", "The directory does not know the organizer mara."),
    "permission_missing": ("administrator", "The application lacks the permission {permission};"),
    "platform_fault": ("wait", "The platform answered with a fault of its own"),
    "team_unknown": ("administrator", "The meeting is held in a channel, and its team"),
    "time_up": ("wait", "The time for one run was used up"),
    "throttled": ("wait", "The platform asked for a pause"),
    "transcript_gone": ("nobody", "A transcript is still listed, and its text is no longer"),
    "transcripts_switched_off": ("administrator", "The tenant does not let applications read"),
    "unreachable": ("wait", "The platform could not be reached"),
}
# outcome: exit code, verdict, and how the message begins
VERDICTS = {
    "failed": (1, "failed", "Sync failed: {words}"),
    "skipped": (3, "partial", "Nothing could be synced yet: {words}"),
    "deferred": (3, "partial", "Some operations had issues: {operation}."),
    "partial": (3, "partial", "Some operations had issues: {operation}. Other data synced"),
    "no_data": (0, "success", "No data available to sync."),
    "succeeded": (0, "success", "Everything is up to date"),
}
Ending = tuple[str, str | None]  # outcome, code of the reason
FINE: Ending = ("succeeded", None)


@dataclass(frozen=True)
class Fault:
    """``does``: for the sandbox. ``code``: why it failed, if it stays. ``outcome``: "" where it is
    that of a feed that cannot be read.
    """

    does: Mapping[str, Any]
    code: str
    outcome: str = ""
    feeds: Collection[str] = EVERY
    but: Mapping[str, Ending] = field(default_factory=dict)

    def ending(self, name: str) -> Ending:
        failed = "partial" if FEEDS[name].is_one_of else "failed"
        return self.but.get(name, (self.outcome or failed, self.code))


def error(status: int, code: str, message: str, inner: str = "") -> dict[str, Any]:
    """The vendor's envelope."""
    about: dict[str, Any] = {"code": code, "message": message}
    if inner:
        about["innerError"] = {"code": inner}
    return {"status": status, "body": {"error": about}}


REFUSED: Ending = ("failed", "credentials_refused")
BUSY: Ending = ("failed", "platform_fault")
HALF_BUSY: Ending = ("partial", "platform_fault")
HALF_ODD: Ending = ("partial", "bad_response")
# An odd answer about one person, and nothing of the others.
ODD: Mapping[str, Ending] = {"token": REFUSED, "participant": HALF_ODD}
# Kept page by page; of the others nothing is kept before the whole list is known.
AS_IT_COMES = ("report", "call record", "chat", "channel")
# Who signs in and is turned away, and who may not be looked up, has not even been tried.
TURNED_AWAY: Mapping[str, Ending] = {
    "token": REFUSED,
    "organizer": ("skipped", "permission_missing"),
    "meeting": ("skipped", "permission_missing"),
    "participant": FINE,
    "folder": FINE,
}
# Absence means something else of each thing that is absent.
ABSENT: Mapping[str, Ending] = {
    "token": REFUSED,
    "organizer": ("skipped", "organizer_unknown"),
    "meeting": ("skipped", "meeting_not_found"),
    "reports": ("no_data", "nothing_kept"),
    "report": BUSY,
    "report, page 2": HALF_BUSY,
    "call record": BUSY,
    "call record, page 2": HALF_BUSY,
    "participant": FINE,
    "folder": FINE,
    "transcript": ("partial", "transcript_gone"),
    "chat": ("failed", "chat_unknown"),
    "chat, page 2": HALF_BUSY,
    "channel": ("failed", "team_unknown"),
    "shared file": ("no_data", "files_gone"),
}
MISSING_ROLE = "Missing role permissions on the request. API requires one of 'Some.Read.All'."
NO_POLICY = "No Application Access Policy found for this app"
NOT_THEIRS = "3003: User does not have access to lookup meeting."
SWITCH = "GraphAccessToTranscriptsDisabled"

FAULTS: Mapping[str, Fault] = {
    "202, no body": Fault({"status": 202, "body": ""}, "bad_response", feeds=SOME, but=ODD),
    "302, to another host": Fault(
        {"status": 302, "headers": {"Location": ELSEWHERE}},
        "bad_response",
        feeds=SOME,
        but=ODD,
    ),
    "400": Fault({"status": 400}, "bad_response", feeds=SOME, but=ODD),
    "401": Fault({"status": 401}, "credentials_refused", but={"transcript": REFUSED}),
    "403, no role": Fault(
        error(403, "Forbidden", MISSING_ROLE),
        "permission_missing",
        but=TURNED_AWAY,
    ),
    "403, no policy": Fault(
        error(403, "Forbidden", NO_POLICY),
        "access_policy_missing",
        feeds=OF_MEETINGS,
        but={"meeting": ("skipped", "access_policy_missing")},
    ),
    "403, not theirs": Fault(
        error(403, "Forbidden", NOT_THEIRS),
        "organizer_differs",
        feeds=OF_MEETINGS,
        but={"meeting": ("skipped", "organizer_differs")},
    ),
    "403, switched off": Fault(
        error(403, "Forbidden", "Not allowed.", SWITCH),
        "transcripts_switched_off",
        feeds=("transcripts", "transcript"),
        but={"transcript": ("failed", "transcripts_switched_off")},
    ),
    "403, a closed drive": Fault(
        error(403, "accessDenied", "Access denied"),
        "drive_refused",
        feeds=("shared file",),
    ),
    "403, as if throttled": Fault(
        error(403, "TooManyRequests", "Too many requests."),
        "permission_missing",
        feeds=SOME,
        but=TURNED_AWAY,
    ),
    "404": Fault({"status": 404}, "not_available", but=ABSENT),
    "409": Fault({"status": 409}, "bad_response", feeds=SOME, but=ODD),
    "410": Fault({"status": 410}, "not_available", feeds={*SOME, "chat, page 2"}, but=ABSENT),
    "423": Fault({"status": 423}, "locked", but={"token": BUSY}),
    "429": Fault({"status": 429}, "throttled", "deferred"),
    "429, for an hour": Fault(
        {"status": 429, "headers": {"Retry-After": "3600"}}, "throttled", "deferred"
    ),
    "500": Fault({"status": 500}, "platform_fault"),
    "502, a page": Fault(
        {"status": 502, "body": "<html>Bad Gateway</html>"}, "platform_fault", feeds=SOME
    ),
    "503": Fault({"status": 503}, "platform_fault", feeds=SOME),
    "503, for an hour": Fault(
        {"status": 503, "headers": {"Retry-After": "3600"}}, "throttled", "deferred", feeds=SOME
    ),
    "504": Fault({"status": 504}, "platform_fault", feeds=SOME),
    "reset": Fault({"reset": True}, "unreachable"),
    "cut": Fault({"cut": True}, "unreachable"),
    "HTML": Fault(
        {"raw_body": "<html>Sign in</html>"}, "bad_response", but={"participant": HALF_ODD}
    ),
    "a list": Fault({"json": []}, "bad_response", feeds=SOME),
    "missing keys": Fault(
        {"json": {}},
        "bad_response",
        feeds=JSON,
        but=ODD,
    ),
    "nulls": Fault(
        {"nulls": True},
        "bad_response",
        feeds=JSON,
        but={**ODD, "report": HALF_ODD, "call record": HALF_ODD},
    ),
    "wrong types": Fault(
        {"leaves": {"id": 7, "access_token": 7}},
        "bad_response",
        feeds=JSON,
        but={**ODD, "report": HALF_ODD, "call record": HALF_ODD},
    ),
    "a life without end": Fault(
        {"leaves": {"expires_in": "soon"}}, "bad_response", feeds=("token",)
    ),
    "huge": Fault({"inflates_to": 33 * 1024 * 1024}, "bad_response", but={"participant": HALF_ODD}),
    "a loop": Fault(
        {"pages": "loop"}, "bad_response", feeds=LISTS, but=dict.fromkeys(AS_IT_COMES, HALF_ODD)
    ),
    "another host": Fault(
        {"next_link": ELSEWHERE},
        "foreign_link",
        feeds=LISTS,
        but=dict.fromkeys(AS_IT_COMES, ("partial", "foreign_link")),
    ),
    "an odd row": Fault({"also": {"id": None}}, "bad_response", "partial", feeds=LISTS),
}
# What is tried after the first sync too: one of each way in which a reading can end.
OF_A_FIRST_SYNC = (*("403, no role", "404", "500", "HTML", "a loop", "another host", "an odd row"),)
# What a repetition within the run gets over, if it happens once.
PASSING: Mapping[str, Mapping[str, Any]] = {
    "401": {"status": 401},
    "423": {"status": 423},
    "429": {"status": 429},
    "429, now": {"status": 429, "headers": {"Retry-After": "0"}},
    "503": {"status": 503},
    "reset": {"reset": True},
    "cut": {"cut": True},
}


def told(feed: Feed, ending: Ending) -> dict[str, Any]:
    """What the command says and does for such an ending."""
    outcome, code = ending
    who, words = REASONS[code] if code else (None, "")
    words = words.format(permission=feed.permission)
    exit_code, verdict, message = VERDICTS[outcome]
    return {
        "exit code": exit_code,
        "verdict": verdict,
        "message": message.format(words=words, operation=feed.operation),
        "outcome": outcome,
        "reason": code,
        "who": who,
        "sentence": words,
    }


def heard(result: tuple[int, dict[str, Any]], expected: dict[str, Any]) -> dict[str, Any]:
    """What it said, in the same shape: of sentences as much of the beginning as was expected."""
    code, run = result
    [step] = run["operations"]
    reason = step["reason"] or {"code": None, "who": None, "message": ""}
    return {
        "exit code": code,
        "verdict": run["verdict"],
        "message": run["message"][: len(expected["message"])],
        "outcome": step["outcome"],
        "reason": reason["code"],
        "who": reason["who"],
        "sentence": reason["message"][: len(expected["sentence"])],
    }
