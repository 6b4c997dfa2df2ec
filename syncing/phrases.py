"""Every sentence that a sync says. Keys are stored; words are chosen when somebody reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from platforms.reasons import Actor, ReasonCode, who_acts
from syncing.outcomes import Message, Reason
from syncing.sentences import SENTENCES

ACTS: Mapping[Actor, Promise] = {
    Actor.WAIT: _("Wait a little"),
    Actor.INSTRUCTOR: _("The instructor acts"),
    Actor.ADMINISTRATOR: _("An administrator acts"),
    Actor.DEVELOPER: _("A developer acts"),
    Actor.NOBODY: _("There is nothing to do"),
}

MESSAGES: Mapping[Message, Promise] = {
    Message.SYNCED: _("Successfully synced %(items)s items."),
    Message.UP_TO_DATE: _("Everything is up to date (%(items)s items)."),
    Message.NO_DATA: _("No data available to sync."),
    Message.NO_DATA_BEFORE_END: _(
        "No data available to sync. This is normal if the meeting hasn't occurred yet."
    ),
    Message.ISSUES_OTHERS_SYNCED: _(
        "Some operations had issues: %(operations)s. Other data synced successfully."
    ),
    Message.ISSUES_OTHERS_EMPTY: _(
        "Some operations had issues: %(operations)s. The others found no data."
    ),
    Message.ISSUES_ONLY: _("Some operations had issues: %(operations)s. %(reason)s. %(who)s."),
    Message.NOTHING_YET: _("Nothing could be synced yet: %(reason)s. %(who)s."),
    Message.FAILED: _("Sync failed: %(reason)s. Nothing stored was lost. %(who)s, or try again."),
    Message.DATABASE_LOST: _("Database connection error. Please wait a moment and try again."),
}

OPERATIONS: Mapping[str, Promise] = {
    "attendance": _("attendance"),
    "recordings": _("recordings"),
    "chat": _("chat"),
    "transcripts": _("transcripts"),
    "files": _("files"),
}

SOURCES: Mapping[str, Promise] = {
    "attendance_reports": _("attendance reports"),
    "call_records": _("call records"),
    "recordings": _("the list of recordings"),
    "drive": _("the folder of recordings"),
    "chat": _("the chat"),
    "shared_files": _("the shared files"),
    "transcripts": _("transcripts"),
    "meeting": _("the meeting"),
}

EVENTS: Mapping[str, Promise] = {
    "requested": _("Sync requested"),
    "started": _("A worker started"),
    "taken_over": _("Another worker took over (attempt %(attempt)s)"),
    "queue_unreachable": _("The queue could not be reached; the run will be offered again"),
    "meeting_found": _("Meeting found"),
    "meeting_id_kept": _("The meeting's id was found from its join link and kept"),
    "meeting_missing": _("The meeting could not be looked up: %(reason)s"),
    "gone_before": _(
        "Of a meeting that was replaced, this is not there any more: %(source)s. "
        "What was read of it stays"
    ),
    "recording_switched_off": _(
        "Automatic recording is switched off in the meeting, and was on before"
    ),
    "feed_opened": _("Reading %(source)s"),
    "instead": _("No %(original)s; reading %(source)s instead"),
    "attendance_reports_seen": _(
        "Attendance reports: %(listed)s listed, %(in_window)s near the planned time"
    ),
    "call_records_seen": _(
        "Call records: %(listed)s listed, %(in_window)s near the planned time, "
        "%(matched)s of this meeting"
    ),
    "recordings_seen": _("Recordings: %(listed)s listed, %(in_window)s near the planned time"),
    "drive_seen": _(
        "Folder of recordings: %(listed)s videos listed, %(in_window)s near the planned time"
    ),
    "chat_seen": _("Chat: %(read)s messages read, %(kept)s of the planned time"),
    "transcripts_seen": _("Transcripts: %(listed)s listed, %(in_window)s near the planned time"),
    "waiting": _("The platform asked us to wait until %(until)s"),
    "feed_failed": _("Reading %(source)s failed: %(reason)s"),
    "operation_ended": _("%(operation)s: %(outcome)s, %(items)s items"),
    "operation_explained": _("%(operation)s: %(outcome)s, %(items)s items. %(reason)s"),
    "finished": _("Finished"),
}
_OUTCOMES: Mapping[str, Promise] = {
    "succeeded": _("succeeded"),
    "no_data": _("no data"),
    "partial": _("incomplete"),
    "deferred": _("put off"),
    "skipped": _("skipped"),
    "failed": _("failed"),
}


def sentence(reason: Reason) -> str:
    """Why, and what helps: one sentence without its final full stop."""
    return _filled(SENTENCES[reason.code], reason.params)


def who(actor: Actor) -> str:
    return str(ACTS[actor])


def operation(name: str) -> str:
    return str(OPERATIONS.get(name, name))


def outcome(name: str) -> str:
    return str(_OUTCOMES.get(name, name))


def source(names: str) -> str:
    """One or several feeds, separated by commas."""
    return ", ".join(str(SOURCES.get(name, name)) for name in names.split(","))


def message(key: Message, params: Mapping[str, Any], items: int) -> str:
    """The verdict of a run. ``params`` are those that SyncRun.remember stored."""
    words: dict[str, Any] = {
        "items": items,
        "operations": ", ".join(operation(name) for name in params.get("operations", ())),
    }
    if code := params.get("code"):
        words["reason"] = _filled(SENTENCES[ReasonCode(code)], params.get("params", {}))
        words["who"] = who(who_acts(ReasonCode(code)))
    return _filled(MESSAGES[key], words)


def event(key: str, params: Mapping[str, Any]) -> str:
    """One line of the activity log."""
    words = dict(params)
    if "until" in words:
        words["until"] = f"{localtime(datetime.fromisoformat(words['until'])):%H:%M:%S}"
    if "code" in words:
        words["reason"] = _filled(SENTENCES[ReasonCode(words["code"])], words.get("params", {}))
    for name, translate in (
        ("source", source),
        ("original", source),
        ("operation", operation),
        ("outcome", outcome),
    ):
        if name in words:
            words[name] = translate(words[name])
    return _filled(EVENTS[key], words)


def _filled(template: Promise, words: Mapping[str, Any]) -> str:
    """``template`` with its words; a word that an old row does not have shows as "?"."""
    if words.get("owner") == "":
        words = {**words, "owner": _("the organizer")}
    return str(template) % _Words(words)


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"
