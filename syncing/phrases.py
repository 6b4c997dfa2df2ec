"""Every sentence that a sync says. Keys are stored; words are chosen when somebody reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from platforms.reasons import Actor, ReasonCode, who_acts
from syncing.outcomes import Message, Reason

SENTENCES: Mapping[ReasonCode, Promise] = {
    ReasonCode.NOT_HELD_YET: _("The meeting has not been held yet, or is still going on"),
    ReasonCode.NOT_THERE_YET: _("The meeting ended %(minutes)s minutes ago, not there yet"),
    ReasonCode.NOBODY_ATTENDED: _("The platform has a report, and nobody is in it"),
    ReasonCode.NOTHING_KEPT: _(
        "The platform keeps neither an attendance report nor a call record of this meeting; "
        "attendance reports may be switched off, or nobody joined"
    ),
    ReasonCode.OUT_OF_REACH: _(
        "There is no attendance report, and call records are out of reach after 30 days"
    ),
    ReasonCode.HELD_ANOTHER_TIME: _(
        "The meeting was held, but not near the planned time; correct the times of the conference"
    ),
    ReasonCode.GUESSES_WAITING: _(
        "Only calls were found that may belong to this meeting; accept them if they do"
    ),
    ReasonCode.RECORDINGS_NOT_THERE_YET: _(
        "No recordings found. Recordings may not be available yet"
    ),
    ReasonCode.NOT_RECORDED: _(
        "No recordings found. Recordings may not be available yet. So long after the end the "
        "meeting was probably not recorded"
    ),
    ReasonCode.RECORDING_GONE: _(
        "There was a recording, and it is no longer on the platform: recordings expire after "
        "120 days unless the tenant has set another time, or somebody deleted it"
    ),
    ReasonCode.RECORDING_GUESSES_WAITING: _(
        "Only videos were found that may belong to this meeting; accept them if they do"
    ),
    ReasonCode.NOT_TRANSCRIBED: _(
        "There is no transcript; transcription has to be switched on during the meeting"
    ),
    ReasonCode.NOBODY_WROTE: _("Nobody wrote in the chat during the meeting"),
    ReasonCode.NO_FILES_SHARED: _("Nobody shared a file during the meeting"),
    ReasonCode.FILES_GONE: _(
        "Files were shared, and none of them is where it was: moved, or deleted"
    ),
    ReasonCode.COUNTED_BEFORE: _(
        "Everything of this meeting is counted with another time slot already"
    ),
    ReasonCode.NO_MEETING_LINKED: _("No meeting is linked; add its join link"),
    ReasonCode.NO_TIME_SLOTS: _("The conference uses time slots and has none; add one"),
    ReasonCode.NO_ORGANIZER: _("No organizer is set; add the organizer's e-mail"),
    ReasonCode.ORGANIZER_UNKNOWN: _(
        "The directory does not know the organizer %(organizer)s; correct the e-mail"
    ),
    ReasonCode.ORGANIZER_DIFFERS: _(
        "The meeting belongs to another organizer than this conference"
    ),
    ReasonCode.MEETING_NOT_FOUND: _(
        "The organizer has no meeting with this join link; check the link and the organizer"
    ),
    ReasonCode.MEETING_CANCELLED: _("The meeting was cancelled"),
    ReasonCode.NOT_CONFIGURED: _("Microsoft Teams is not configured: set %(settings)s"),
    ReasonCode.PLATFORM_UNAVAILABLE: _("The platform %(platform)s is not available here"),
    ReasonCode.PERMISSION_MISSING: _(
        "The application lacks the permission %(permission)s; "
        "it is granted with admin consent in Microsoft Entra"
    ),
    ReasonCode.ACCESS_POLICY_MISSING: _(
        "No application access policy lets this application read the organizer's meetings; "
        "a Teams administrator grants it (Grant-CsApplicationAccessPolicy)"
    ),
    ReasonCode.DRIVE_REFUSED: _(
        "A drive that holds the files refuses this application (%(owner)s): the permission "
        "Files.Read.All is missing, granted with admin consent in Microsoft Entra, or a "
        "SharePoint administrator has restricted this drive"
    ),
    ReasonCode.FILE_LOCKED: _("A file is locked: it is in use or still being processed"),
    ReasonCode.TRANSCRIPT_GONE: _(
        "A transcript is still listed, and its text is no longer there: transcripts expire with "
        "their recordings"
    ),
    ReasonCode.TRANSCRIPTS_SWITCHED_OFF: _(
        "The tenant does not let applications read transcripts; a Teams administrator allows it "
        "(Set-CsTeamsMeetingConfiguration -EnableGraphTranscriptAccess)"
    ),
    ReasonCode.SPEAKERS_SWITCHED_OFF: _(
        "The tenant does not let applications read who said what in transcripts; a Teams "
        "administrator allows it (Set-CsTeamsMeetingConfiguration -EnableAttributedTranscripts)"
    ),
    ReasonCode.CHAT_UNKNOWN: _("The meeting's chat could not be found"),
    ReasonCode.TEAM_UNKNOWN: _(
        "The meeting is held in a channel, and its team is not known or is another one; enter "
        "the team's id"
    ),
    ReasonCode.CREDENTIALS_REFUSED: _("Microsoft refused the credentials of this site"),
    ReasonCode.THROTTLED: _("The platform asked for a pause"),
    ReasonCode.UNREACHABLE: _("The platform could not be reached"),
    ReasonCode.PLATFORM_FAULT: _("The platform answered with a fault of its own"),
    ReasonCode.BAD_RESPONSE: _("The platform gave an answer that could not be understood"),
    ReasonCode.FOREIGN_LINK: _("The platform's answer linked to another host, %(host)s"),
    ReasonCode.NOT_AVAILABLE: _("The platform does not have it"),
    ReasonCode.TIME_UP: _("The time for one run was used up"),
    ReasonCode.INTERNAL_ERROR: _("A fault of this site stopped it"),
    ReasonCode.DATABASE_LOST: _("The database did not answer"),
}

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
