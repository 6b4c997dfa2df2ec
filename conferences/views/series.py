"""Several time slots from a weekly pattern: shown first, then made."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.audit import record
from accounts.models import Act
from conferences.actions.meetings import plan_slot
from conferences.arranging.keeping import hold
from conferences.forms.series import SeriesForm
from conferences.models import Conference, ConferenceTimeSlot
from conferences.queries.series import Date, list_dates
from conferences.views.meetings import back_to
from conferences.views.requests import MemberRequest, get_taught, member_only, refuse_choice
from conferences.views.slots import made_just_now


@member_only
@require_http_methods(["GET", "POST"])
def new_series(request: MemberRequest, pk: int) -> HttpResponse:
    """``step`` is preview, change (back to the form) or make, with each ``day`` that is wanted."""
    conference, _access = get_taught(request, pk, to_act=True)
    if not conference.use_time_slots:
        return redirect("meeting", pk)
    context: dict[str, Any] = {"conference": conference}
    if request.method == "GET":
        return render(
            request, "conferences/series.html", context | {"form": SeriesForm(None, conference)}
        )
    if refused := refuse_choice(request, "step", "preview", "change", "make"):
        return refused
    step, form = request.POST.get("step"), SeriesForm(request.POST, conference)
    if not form.is_valid() or step == "change":
        status = 200 if form.is_valid() else 400
        form.focus_first_error()
        return render(request, "conferences/series.html", context | {"form": form}, status=status)
    context |= {"form": form, "chosen": None}
    if step == "make":
        context["chosen"] = chosen = set(request.POST.getlist("day"))
        with transaction.atomic():
            hold(conference)
            dates = list_dates(conference, form.found)
            wanted = [one for one in dates if one.key in chosen]
            times = [(one.starts_at, one.ends_at) for one in wanted]
            if times and (made := made_just_now(conference, times, request.user)):
                return redirect(back_to(made[0]))
            if slots := _plan(request, conference, wanted, form.cleaned_data):
                return redirect(back_to(slots[0]))
        context["has_none"] = True
    context["dates"] = list_dates(conference, form.found)
    status = 400 if step == "make" else 200
    return render(request, "conferences/series_preview.html", context, status=status)


def _plan(
    request: MemberRequest, conference: Conference, wanted: list[Date], typed: Mapping[str, Any]
) -> list[ConferenceTimeSlot]:
    same = {"by": request.user, "capacity": typed["capacity"], "link": typed.get("link")}
    made = [
        plan_slot(conference, one.starts_at, one.ends_at, **same)
        for one in wanted
        if one.can_be_made
    ]
    if made:
        pks = ", ".join(str(slot.pk) for slot in made)
        record(request, Act.PLANNED_SLOT, conference.log_name, count=len(made), slots=pks)
        told = ngettext("%(n)s time slot added.", "%(n)s time slots added.", len(made))
        messages.success(request, told % {"n": len(made)})
    return made
