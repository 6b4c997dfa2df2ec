"""What became of a meeting, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences.models import MeetingChange
from conferences.models.change import ChangeKind
from conferences.models.meeting import RecordingStatus
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
    RecordingStatus.PENDING: _("Recording not set up yet"),
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


def change(made: MeetingChange) -> str:
    """One line of a meeting's history, or what is being done now."""
    if made.is_open:
        return str(UNDER_WAY.get(made.kind, made.get_kind_display()))
    told = made.told
    hindered = _reason(told.get("code"), told.get("params"))
    match made.kind:
        case ChangeKind.ACCEPTED:
            return _("Accepted without automatic recording: %(why)s") % {"why": told.get("why", "")}
        case ChangeKind.CANCELLED if not hindered:
            return str(_("Cancelled; the meeting is no longer in the calendar"))
        case ChangeKind.CANCELLED:
            return _("Cancelled here, but not in the calendar: %(reason)s") % {"reason": hindered}
        case ChangeKind.MOVED if not hindered:
            return str(_("Changed; the calendar knows, and the link stays the same"))
        case ChangeKind.MOVED:
            return _("Changed here, but not in the calendar: %(reason)s") % {"reason": hindered}
        case ChangeKind.OPTED_OUT if not hindered:
            return str(_("Not recorded from now on"))
        case ChangeKind.OPTED_OUT:
            return _("Automatic recording could not be switched off: %(reason)s") % {
                "reason": hindered
            }
    if not told.get("has_link"):
        return _("There is no meeting link yet: %(reason)s") % {"reason": hindered or "?"}
    first = WITH_LINK[made.kind][0 if made.slot_id else 1]
    return f"{first} ({recording(told)})"


def recording(told: Mapping[str, Any]) -> str:
    """ "Recording setup failed: REASON" and the like, of what a change remembers."""
    reason = _reason(told.get("recording_code"), told.get("recording_params"))
    return str(RECORDING[told["recording"]]) % {"reason": reason or "?"}


def who(code: str) -> str:
    return phrases.who(who_acts(ReasonCode(code)))


def _reason(code: str | None, params: Mapping[str, str] | None) -> str:
    return phrases.sentence(Reason(ReasonCode(code), params or {})) if code else ""
