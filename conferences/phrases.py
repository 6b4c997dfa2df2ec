"""What became of a meeting, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences.models import MeetingChange
from conferences.models.change import ChangeKind
from conferences.models.meeting import RecordingStatus
from conferences.rules.arranging import Step
from platforms.reasons import ReasonCode, who_acts
from syncing import phrases
from syncing.outcomes import Reason

# kind -> of a time slot, of a conference's own meeting; both with a link
WITH_LINK: Mapping[str, tuple[Promise, Promise]] = {
    ChangeKind.CREATED: (
        _("Created time slot with Teams meeting link"),
        _("Created conference with Teams meeting link"),
    ),
    ChangeKind.ATTACHED: (
        _("Attached the meeting link to the time slot"),
        _("Attached the meeting link to the conference"),
    ),
    ChangeKind.RECREATED: (
        _("Recreated the time slot's meeting: it has a new link"),
        _("Recreated the conference's meeting: it has a new link"),
    ),
    ChangeKind.TRIED_AGAIN: (
        _("The time slot has its Teams meeting link"),
        _("The conference has its Teams meeting link"),
    ),
    ChangeKind.REPAIRED: (
        _("Repaired the time slot's meeting"),
        _("Repaired the conference's meeting"),
    ),
}
RECORDING: Mapping[str, Promise] = {
    RecordingStatus.ENABLED: _("Recording enabled"),
    RecordingStatus.VERIFIED: _("Recording enabled"),
    RecordingStatus.FAILED: _("Recording setup failed: %(reason)s"),
    RecordingStatus.NOT_ATTEMPTED: _("Recording not attempted: %(reason)s"),
    RecordingStatus.DRIFTED: _("Recording was switched off in Teams"),
    RecordingStatus.ACCEPTED: _("accepted without automatic recording"),
    RecordingStatus.PENDING: _("Recording is not set up here"),
}
UNDER_WAY: Mapping[str, Promise] = {
    ChangeKind.CREATED: _("Making the Teams meeting"),
    ChangeKind.ATTACHED: _("Looking the meeting up"),
    ChangeKind.MOVED: _("Telling the calendar"),
    ChangeKind.CANCELLED: _("Cancelling the meeting"),
    ChangeKind.RECREATED: _("Making a new Teams meeting"),
    ChangeKind.TRIED_AGAIN: _("Trying again"),
    ChangeKind.REPAIRED: _("Repairing the meeting"),
    ChangeKind.OPTED_OUT: _("Switching automatic recording off"),
}

GOT_LINK = {Step.CREATE, Step.READ_LINK}


def change(made: MeetingChange) -> str:
    """One line of a meeting's history, or what is being done now."""
    if made.is_open:
        return str(UNDER_WAY.get(made.kind, made.get_kind_display()))
    told = made.told
    if made.kind == ChangeKind.ACCEPTED:
        return _("Accepted without automatic recording: %(why)s") % {"why": told.get("why", "")}
    if told.get("is_cancelled"):
        return _cancelled(told)
    kind = made.kind
    has_got_link = told.get("has_link") and GOT_LINK.intersection(told.get("steps", ()))
    if kind == ChangeKind.MOVED and has_got_link:
        kind = ChangeKind.CREATED
    match kind:
        case ChangeKind.MOVED:
            return _moved(told)
        case ChangeKind.OPTED_OUT if reason := _hindrance(told):
            said = _("Automatic recording could not be switched off: %(reason)s")
            return said % {"reason": reason}
        case ChangeKind.OPTED_OUT:
            return str(_("Not recorded from now on"))
    if not told.get("has_link"):
        if reason := _hindrance(told):
            return _("There is no meeting link yet: %(reason)s") % {"reason": reason}
        return str(_("There is no meeting link"))
    made_of = WITH_LINK[kind] if kind in WITH_LINK else WITH_LINK[ChangeKind.TRIED_AGAIN]
    first = f"{made_of[0 if made.slot_id else 1]} ({recording(told)})"
    return ". ".join([first, *_left_to_do(told)])


def _cancelled(told: Mapping[str, Any]) -> str:
    if reason := _hindrance(told):
        return _("Cancelled here, but not in the calendar: %(reason)s") % {"reason": reason}
    if told.get("has_event"):
        return str(_("Cancelled; the meeting is no longer in the calendar"))
    if told.get("has_link"):
        return str(_("Cancelled here; the meeting was made elsewhere, so cancel it there too"))
    return str(_("Cancelled before a meeting was made"))


def _moved(told: Mapping[str, Any]) -> str:
    if reason := _hindrance(told, Step.MOVE):
        first = _("Changed here, but not in the calendar: %(reason)s") % {"reason": reason}
    elif told.get("has_event") and told.get("has_link"):
        first = str(_("Changed; the calendar knows, and the link stays the same"))
    elif told.get("has_link"):
        first = str(_("Changed here; the meeting was made elsewhere, so change it there too"))
    else:
        first = str(_("Changed"))
    others = [step for step in told.get("failed", {}) if step != Step.MOVE]
    if not others:
        return first
    rest = _("Also left to do: %(reason)s") % {"reason": _hindrance(told, others[0])}
    return f"{first}. {rest}"


def _left_to_do(told: Mapping[str, Any]) -> list[str]:
    """Beside link and recording; of these, what the recording's word does not tell."""
    left = {
        Step.MOVE: _("The calendar could not be told: %(reason)s"),
        Step.REMOVE_RETIRED: _("The old meeting is still in the calendar: %(reason)s"),
    }
    of_recording = {
        Step.FIND: _("The meeting could not be looked up: %(reason)s"),
        Step.RECORD: _("Automatic recording could not be seen to: %(reason)s"),
    }
    is_told = _reason(told.get("recording_code"), told.get("recording_params"))
    found = [(said, _hindrance(told, step)) for step, said in left.items()]
    for step, said in of_recording.items():
        if (reason := _hindrance(told, step)) != is_told:
            found.insert(0, (said, reason))
    return [said % {"reason": reason} for said, reason in found if reason]


def recording(told: Mapping[str, Any]) -> str:
    """ "Recording setup failed: REASON" and the like, of what a change remembers."""
    reason = _reason(told.get("recording_code"), told.get("recording_params"))
    return str(RECORDING[told["recording"]]) % {"reason": reason or "?"}


def _hindrance(told: Mapping[str, Any], step: str | None = None) -> str:
    """Why a step failed, or the first of all that did; "" if it did not."""
    found = told if step is None else told.get("failed", {}).get(str(step), {})
    return _reason(found.get("code"), found.get("params"))


def who(code: str) -> str:
    return phrases.who(who_acts(ReasonCode(code)))


def _reason(code: str | None, params: Mapping[str, str] | None) -> str:
    return phrases.sentence(Reason(ReasonCode(code), params or {})) if code else ""
