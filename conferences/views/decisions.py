"""What a decision about a meeting needs, what it does, and what is said and written down of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import Act, User
from conferences.actions import meetings, recording_decisions
from conferences.forms.decisions import LinkForm, WhyForm
from conferences.forms.told import ToldForm
from conferences.models import ConferenceTimeSlot
from conferences.models.meeting import PlannedMeeting
from conferences.queries.decisions import Decision

FORMS: Mapping[Decision, type[ToldForm]] = {
    Decision.ATTACH: LinkForm,
    Decision.ACCEPT: WhyForm,
    Decision.OPT_OUT: WhyForm,
}
ACTS = {
    Decision.CANCEL: Act.CANCELLED_SLOT,
    Decision.RECREATE: Act.RECREATED_MEETING,
    Decision.MAKE: Act.MADE_MEETING,
    Decision.ATTACH: Act.ATTACHED_LINK,
    Decision.TRY_AGAIN: Act.TRIED_AGAIN,
    Decision.ACCEPT: Act.ACCEPTED_UNRECORDED,
    Decision.OPT_OUT: Act.OPTED_OUT,
    Decision.OPT_IN: Act.OPTED_IN,
}
SAID: Mapping[Decision, Promise] = {
    Decision.CANCEL: gettext_lazy("Cancelled. Those who come are told."),
    Decision.RECREATE: gettext_lazy("A new meeting is on its way; its link appears here."),
    Decision.MAKE: gettext_lazy("The meeting is on its way; its link appears here."),
    Decision.ATTACH: gettext_lazy("Attached. The meeting is being looked up."),
    Decision.TRY_AGAIN: gettext_lazy("Trying again."),
    Decision.ACCEPT: gettext_lazy("Accepted as it is; nobody is reminded of it any more."),
    Decision.OPT_OUT: gettext_lazy("Noted. Automatic recording is being switched off."),
    Decision.OPT_IN: gettext_lazy("Noted. Automatic recording is being switched on."),
}
CALENDAR_HEARS = gettext_lazy("Cancelled. The calendar and those concerned hear of it now.")
CANCEL_THERE = gettext_lazy("The meeting was made elsewhere: cancel it there too.")
CHANGE_THERE = gettext_lazy("The meeting was made elsewhere: change it there too.")
REPLACES = {Decision.RECREATE, Decision.ATTACH}  # sent twice they would do it twice


def said_of(decision: Decision, meeting: PlannedMeeting) -> str:
    """Once it is carried out."""
    if decision is Decision.CANCEL and meeting.may_have_event:
        return str(CALENDAR_HEARS)
    if decision is Decision.CANCEL and meeting.is_made_elsewhere:
        return f"{SAID[decision]} {CANCEL_THERE}"
    return str(SAID[decision])


def carry_out(
    decision: Decision, meeting: PlannedMeeting, by: User, typed: Mapping[str, Any]
) -> None:
    match decision:
        case Decision.CANCEL:
            assert isinstance(meeting, ConferenceTimeSlot), "it is offered for time slots"
            meetings.cancel_slot(meeting, by)
        case Decision.RECREATE:
            meetings.recreate_meeting(meeting, by)
        case Decision.MAKE:
            meetings.make_meeting(meeting, by)
        case Decision.ATTACH:
            meetings.attach_link(meeting, typed["link"], by)
        case Decision.TRY_AGAIN:
            meetings.try_again(meeting, by)
        case Decision.ACCEPT:
            recording_decisions.accept_as_it_is(meeting, by, typed["why"])
        case Decision.OPT_OUT:
            recording_decisions.opt_out(meeting, by, typed["why"])
        case Decision.OPT_IN:
            recording_decisions.opt_in(meeting, by)
