"""Manage Time Slots: all of a conference's, a new one, and other times for one."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from accounts.audit import record, record_look
from accounts.models import Act, User
from conferences.actions.changes import NotPossibleError
from conferences.actions.meetings import move_slot, plan_slot
from conferences.arranging import orders
from conferences.arranging.keeping import hold
from conferences.forms.slots import SlotForm, seen_of
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.change import ChangeKind
from conferences.queries.slots import learners_told, list_slots, overlapping
from conferences.views.decisions import CHANGE_THERE
from conferences.views.meetings import back_to, refuse_now
from conferences.views.requests import MemberRequest, get_taught, member_only

JUST_NOW = timedelta(minutes=2)
Times = list[tuple[datetime, datetime]]


@member_only
@require_GET
def slot_list(request: MemberRequest, pk: int) -> HttpResponse:
    conference, access = get_taught(request, pk)
    if not conference.use_time_slots:
        return HttpResponseClientRefresh() if request.htmx else redirect("meeting", pk)
    orders.ring_left_behind(conference)
    context = {
        "conference": conference,
        "list": list_slots(conference, access, request.GET),
        "may_act": access.may_act,
    }
    template = "conferences/_slot_list.html" if request.htmx else "conferences/slots.html"
    record_look(request, Act.LOOKED, conference.log_name, tab="time slots")
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@member_only
@require_http_methods(["GET", "POST"])
def new_slot(request: MemberRequest, pk: int) -> HttpResponse:
    conference, _access = get_taught(request, pk, to_act=True)
    if not conference.use_time_slots:
        return redirect("meeting", pk)
    form = SlotForm(request.POST if request.method == "POST" else None, conference)
    if not form.is_valid():
        return _form_page(request, conference, form)
    with transaction.atomic():
        hold(conference)
        if made := made_just_now(conference, [_times(form)], request.user):
            return redirect(back_to(made[0]))
        if not _is_free(conference, form):
            return _form_page(request, conference, form)
        try:
            slot = plan_slot(
                conference,
                *_times(form),
                by=request.user,
                capacity=form.cleaned_data["capacity"],
                link=form.cleaned_data["link"] or None,
            )
        except ValidationError as error:
            form.refuse(error)
            return _form_page(request, conference, form)
        record(request, Act.PLANNED_SLOT, conference.log_name, slot=slot.pk)
    messages.success(request, _("Time slot added."))
    return redirect(back_to(slot))


@member_only
@require_http_methods(["GET", "POST"])
def edit_slot(request: MemberRequest, pk: int, slot_pk: int) -> HttpResponse:
    """``seen`` is what the page that was sent had been filled from."""
    conference, _access = get_taught(request, pk, to_act=True)
    slot = get_object_or_404(conference.time_slots, pk=slot_pk)
    if slot.is_cancelled:
        return refuse_now(request, slot, _("A cancelled time slot stays as it is."))
    form = SlotForm(request.POST if request.method == "POST" else None, conference, slot)
    if not form.is_valid():
        return _form_page(request, conference, form)
    with transaction.atomic():
        hold(conference)
        if not _is_unchanged(form, slot) or not _is_free(conference, form):
            return _form_page(request, conference, form)
        ended_at, capacity = slot.ends_at, form.cleaned_data["capacity"]
        try:
            is_moved = move_slot(slot, *_times(form), by=request.user, capacity=capacity)
        except NotPossibleError as error:
            return refuse_now(request, slot, str(error))
        except ValidationError as error:
            form.refuse(error)
            return _form_page(request, conference, form)
        record(request, Act.CHANGED_SLOT, conference.log_name, slot=slot.pk)
    messages.success(request, _moved(slot, ended_at) if is_moved else _("Saved."))
    return redirect(back_to(slot))


def _moved(slot: ConferenceTimeSlot, ended_at: datetime) -> str:
    """Of what was over, and is, nobody is told."""
    if slot.may_have_event:
        return _("Saved. The calendar hears of it now.")
    if max(slot.ends_at, ended_at) <= timezone.now():
        return _("Saved.")
    said = _("Saved. Those who come are told.")
    return f"{said} {CHANGE_THERE}" if slot.is_made_elsewhere else said


def _form_page(request: MemberRequest, conference: Conference, form: SlotForm) -> HttpResponse:
    context: dict[str, Any] = {"conference": conference, "form": form, "slot": form.slot}
    if form.slot:
        form.slot.conference = conference
        people, have_booked = learners_told(form.slot)
        context |= {"people": people, "have_booked": have_booked}
        context["back"] = back_to(form.slot)
    else:
        context["back"] = reverse("slots", args=[conference.pk])
    form.focus_first_error()
    status = 400 if form.errors else 200
    return render(request, "conferences/slot_form.html", context, status=status)


def _times(form: SlotForm) -> tuple[datetime, datetime]:
    return form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]


def _is_free(conference: Conference, form: SlotForm) -> bool:
    """Whether it can be made at this time; if not, the form says why, or asks."""
    starts_at, ends_at = _times(form)
    is_new = form.slot is None
    if is_new and not form.cleaned_data["link"] and starts_at <= timezone.now():
        told = _(
            "This is in the past. Choose another time, or give the join link of the meeting that "
            "was held."
        )
        form.add_error("starts_at", told)
        return False
    others = overlapping(conference, [(starts_at, ends_at)], but=form.slot)
    if any((one.starts_at, one.ends_at) == (starts_at, ends_at) for one in others):
        form.add_error("starts_at", _("There is a time slot at exactly this time already."))
        return False
    form.overlaps = [] if form.cleaned_data["is_confirmed"] else others
    return not form.overlaps


def _is_unchanged(form: SlotForm, slot: ConferenceTimeSlot) -> bool:
    slot.refresh_from_db()
    if form.seen in {"", seen_of(slot)}:
        return True
    form.seen = seen_of(slot)
    told = _("Somebody has changed this time slot meanwhile. Compare, and save again if you like.")
    form.add_error(None, told)
    return False


def made_just_now(conference: Conference, times: Times, by: User) -> list[ConferenceTimeSlot]:
    """All of ``times``, if the same person made them a moment ago: the form was sent twice."""
    same = {(one.starts_at, one.ends_at): one for one in overlapping(conference, times)}
    found = [same[one] for one in times if one in same]
    kinds = (ChangeKind.CREATED, ChangeKind.ATTACHED)
    theirs = conference.changes.filter(
        asked_by=by, kind__in=kinds, asked_at__gt=timezone.now() - JUST_NOW, slot__in=found
    )
    known = set(theirs.values_list("slot", flat=True))
    is_all = len(found) == len(times) and {one.pk for one in found} <= known
    return found if is_all else []
