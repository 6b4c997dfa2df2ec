"""One planned meeting, of a time slot or of a conference: its page, and what is asked of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audit import record, record_look
from accounts.models import Act
from conferences.actions import changes
from conferences.arranging import orders
from conferences.forms.told import ToldForm
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.meeting import PlannedMeeting
from conferences.notifications.participants import waiting
from conferences.queries.access import Access
from conferences.queries.cards import announced, card_of
from conferences.queries.decisions import OF_ADMINISTRATORS, OF_MAKERS, WORDS, Decision, possible
from conferences.queries.planning import by_link_only, makes_meetings
from conferences.queries.slots import learners_told, page_of
from conferences.views.decisions import ACTS, FORMS, REPLACES, carry_out, said_of
from conferences.views.requests import (
    MemberRequest,
    get_taught,
    member_only,
    refuse,
    refuse_choice,
    wants_json,
)

STRIP = "conferences/_meeting_strip.html"  # names nobody
FRAGMENTS = {"meeting-live": "conferences/_meeting_live.html", "meeting-strip": STRIP}


@member_only
@require_http_methods(["GET", "POST"])
def slot_page(request: MemberRequest, pk: int, slot_pk: int) -> HttpResponse:
    conference, access = get_taught(request, pk, to_act=request.method == "POST")
    slot = get_object_or_404(conference.time_slots, pk=slot_pk)
    slot.conference = conference
    return _answer(request, conference, slot, access)


@member_only
@require_http_methods(["GET", "POST"])
def meeting_page(request: MemberRequest, pk: int) -> HttpResponse:
    """Of a conference without time slots."""
    conference, access = get_taught(request, pk, to_act=request.method == "POST")
    if conference.use_time_slots:
        return redirect("slots", pk)
    return _answer(request, conference, conference, access)


def back_to(meeting: PlannedMeeting) -> str:
    """Where the meeting stands among the others."""
    if isinstance(meeting, ConferenceTimeSlot):
        address = reverse("slots", args=[meeting.conference_id])
        return f"{address}?page={page_of(meeting)}#slot-{meeting.pk}"
    return reverse("meeting", args=[meeting.pk])


def refuse_now(request: MemberRequest, meeting: PlannedMeeting, message: str) -> HttpResponse:
    """What is not possible as things are: in words, where the meeting stands."""
    if wants_json(request) or request.htmx:
        return refuse(request, message, status=409)
    messages.warning(request, message)
    return redirect(back_to(meeting))


def _answer(
    request: MemberRequest, conference: Conference, meeting: PlannedMeeting, access: Access
) -> HttpResponse:
    if request.method == "POST":
        return _decide(request, conference, meeting, access)
    orders.ring_left_behind(conference)
    asked = request.GET.get("decision", "")
    if asked in list(Decision) and not request.htmx:
        decision = Decision(asked)
        if decision not in _possible(conference, meeting, access):
            return refuse_now(request, meeting, _not_now(decision, conference))
        return _show(request, conference, meeting, access, decision)
    return _show(request, conference, meeting, access)


def _show(
    request: MemberRequest,
    conference: Conference,
    meeting: PlannedMeeting,
    access: Access,
    asked: Decision | None = None,
    form: ToldForm | None = None,
) -> HttpResponse:
    """With ``asked``, the question that comes before a decision; its ``form`` if it was sent."""
    card = card_of(meeting, conference, access)
    context: dict[str, Any] = {
        "conference": conference,
        "card": card,
        "is_live": card.under_way is not None,
        "announced": announced([card]),
        "may_act": access.may_act,
        "access": access,
    }
    if asked:
        people, have_booked = learners_told(meeting)
        is_sent = form is not None
        if form:
            form.focus_first_error()
        form = form or FORMS.get(asked, ToldForm)()
        context |= {"asked": asked, "form": form, "people": people, "have_booked": have_booked}
        context |= {"words": WORDS[asked], "back": back_to(meeting)}
        template = "conferences/decision.html"
        return render(request, template, context, status=400 if is_sent else 200)
    template = FRAGMENTS.get((request.htmx and request.htmx.target) or "", "")
    context["is_fragment"] = bool(template)
    if template != STRIP:
        record_look(request, Act.LOOKED, conference.log_name, tab="meeting")
    context["waiting"] = waiting(conference)
    answer = render(request, template or "conferences/meeting.html", context)
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    return answer


def _decide(
    request: MemberRequest, conference: Conference, meeting: PlannedMeeting, access: Access
) -> HttpResponse:
    """``decision``, and what it needs; ``seen`` is the plan's number on the page that was sent."""
    if refused := refuse_choice(request, "decision", *Decision):
        return refused
    decision = Decision(request.POST.get("decision", ""))
    if decision in OF_ADMINISTRATORS and access is not Access.ADMINISTRATOR:
        raise PermissionDenied
    form = FORMS.get(decision, ToldForm)(request.POST)
    if not form.is_valid():
        return _show(request, conference, meeting, access, decision, form)
    with transaction.atomic():  # a decision and its entry in the audit log, or neither
        if decision in REPLACES and not _is_as_seen(meeting, request.POST.get("seen", "")):
            return refuse_now(request, meeting, _("That was done already, once."))
        if decision not in _possible(conference, meeting, access):
            return refuse_now(request, meeting, _not_now(decision, conference))
        try:
            carry_out(decision, meeting, request.user, form.cleaned_data)
        except changes.NotPossibleError as error:
            return refuse_now(request, meeting, str(error))
        except ValidationError as error:
            form.refuse(error)
            return _show(request, conference, meeting, access, decision, form)
        record(request, ACTS[decision], conference.log_name, slot=meeting.slot or "")
    messages.success(request, said_of(decision, meeting))
    return redirect(back_to(meeting))


def _possible(
    conference: Conference, meeting: PlannedMeeting, access: Access
) -> frozenset[Decision]:
    is_under_way = changes.open_change(meeting) is not None
    return possible(meeting, access, timezone.now(), is_under_way=is_under_way)


def _is_as_seen(meeting: PlannedMeeting, seen: str) -> bool:
    """Within a transaction; the row is held until its end."""
    changes.lock(meeting)
    return seen in {"", str(meeting.calendar_sequence)}


def _not_now(decision: Decision, conference: Conference) -> str:
    if decision in OF_MAKERS and not makes_meetings(conference.platform):
        return by_link_only(conference.platform)
    return _("That is not possible any more. This is how it stands now.")
