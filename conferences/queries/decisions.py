"""What somebody may ask of a meeting as it is now: which buttons are shown, and which are heard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences.arranging.keeping import SETTLED, conference_of
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.queries.access import Access
from conferences.queries.planning import makes_meetings
from platforms.reasons import ReasonCode


class Decision(StrEnum):
    """Values of ``decision`` in addresses and forms."""

    CANCEL = "cancel"
    RECREATE = "recreate"
    MAKE = "make"
    ATTACH = "attach"
    TRY_AGAIN = "try_again"
    ACCEPT = "accept"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"


@dataclass(frozen=True)
class Words:
    """On the way to the question, above it, and on the button that answers it."""

    label: Promise
    heading: Promise
    button: Promise


WORDS: Mapping[Decision, Words] = {
    Decision.MAKE: Words(_("Make a meeting"), _("Make a Teams meeting?"), _("Make the meeting")),
    Decision.RECREATE: Words(_("Recreate"), _("Recreate the meeting?"), _("Recreate the meeting")),
    Decision.CANCEL: Words(_("Cancel"), _("Cancel this time slot?"), _("Cancel the time slot")),
    Decision.ATTACH: Words(
        _("Attach another link"), _("Attach another join link"), _("Attach the link")
    ),
    Decision.ACCEPT: Words(
        _("Accept as it is"), _("Accept it without automatic recording?"), _("Accept as it is")
    ),
    Decision.OPT_OUT: Words(
        _("Do not record"), _("Do not record this meeting?"), _("Do not record")
    ),
    Decision.OPT_IN: Words(
        _("Record after all"), _("Record this meeting after all?"), _("Record after all")
    ),
    Decision.TRY_AGAIN: Words(_("Try again"), _("Try again?"), _("Try again")),
}
ASKED_FIRST = (Decision.MAKE, Decision.RECREATE, Decision.CANCEL)
RARELY_ASKED = (Decision.ATTACH, Decision.ACCEPT, Decision.OPT_OUT, Decision.OPT_IN)
OF_MAKERS = {Decision.MAKE, Decision.RECREATE}  # where this site makes meetings
OF_ADMINISTRATORS = {Decision.ACCEPT, Decision.OPT_OUT, Decision.OPT_IN}


def possible(
    meeting: PlannedMeeting, access: Access, now: datetime, *, is_under_way: bool
) -> frozenset[Decision]:
    """While a change is carried out, only what joins or follows it."""
    if not access.may_act:
        return frozenset()
    found = _of_the_plan(meeting, now, is_under_way)
    if access is Access.ADMINISTRATOR and not meeting.is_cancelled:
        found |= _of_recording(meeting, now)
    return frozenset(found)


def _of_the_plan(meeting: PlannedMeeting, now: datetime, is_under_way: bool) -> set[Decision]:
    found = {Decision.TRY_AGAIN} if _can_be_tried(meeting, now, is_under_way) else set()
    if meeting.is_cancelled:
        return found
    has_meeting = bool(meeting.meeting_link or meeting.meeting_id)
    can_be_made = makes_meetings(conference_of(meeting).platform)
    if meeting.ends_at > now:
        if meeting.slot:
            found.add(Decision.CANCEL)
        if has_meeting and can_be_made and not is_under_way:
            found.add(Decision.RECREATE)
        if not has_meeting and can_be_made and not meeting.wants_meeting:
            found.add(Decision.MAKE)
    if not is_under_way:
        found.add(Decision.ATTACH)
    return found


def _can_be_tried(meeting: PlannedMeeting, now: datetime, is_under_way: bool) -> bool:
    if is_under_way or meeting.problem_code:
        return True
    if meeting.is_cancelled or not meeting.meeting_link or meeting.ends_at <= now:
        return False
    is_unwanted = meeting.recording_code == ReasonCode.RECORDING_NOT_WANTED
    return meeting.auto_recording_status not in SETTLED and not is_unwanted


def _of_recording(meeting: PlannedMeeting, now: datetime) -> set[Decision]:
    if not meeting.is_recording_wanted:
        return {Decision.OPT_IN}
    if meeting.auto_recording_status == RecordingStatus.ACCEPTED:
        return {Decision.OPT_IN}
    found = set()
    if meeting.auto_recording_status != RecordingStatus.VERIFIED:
        found.add(Decision.ACCEPT)
    if meeting.ends_at > now:
        found.add(Decision.OPT_OUT)
    return found
