"""Calls that may belong to the meeting: look at them, accept them, take that back."""

from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.audit import record, record_look
from accounts.models import Act
from conferences.actions.guesses import accept_guess, take_back_guess
from conferences.models import AttendanceSession
from conferences.views.requests import MemberRequest, get_taught, member_only, refuse_choice


@member_only
@require_GET
def guess_list(request: MemberRequest, pk: int) -> HttpResponse:
    conference, access = get_taught(request, pk)
    sessions = Prefetch("sessions", AttendanceSession.objects.filter(vanished_at=None))
    guesses = conference.sittings.filter(is_guess=True).select_related("accepted_by")
    context = {
        "conference": conference,
        "guesses": guesses.prefetch_related(sessions),
        "may_act": access.may_act,
    }
    record_look(request, Act.LOOKED, conference.log_name, tab="guesses")
    return render(request, "conferences/guesses.html", context)


@member_only
@require_POST
@transaction.atomic  # a decision and its entry in the audit log, or neither
def decide_guess(request: MemberRequest, pk: int, sitting_pk: int) -> HttpResponse:
    """``decision`` is accept or take_back."""
    conference, _access = get_taught(request, pk, to_act=True)
    guess = conference.sittings.filter(is_guess=True, pk=sitting_pk).first()
    if guess is None:
        raise Http404
    if refused := refuse_choice(request, "decision", "accept", "take_back"):
        return refused
    if request.POST.get("decision") == "accept":
        accept_guess(guess, request.user)
        record(request, Act.ACCEPTED, conference.log_name, call=guess.pk)
    else:
        take_back_guess(guess)
        record(request, Act.TOOK_BACK, conference.log_name, call=guess.pk)
    return redirect("guess_list", pk)
