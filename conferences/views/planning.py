"""Planning a conference, changing it, and putting it into the archive."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import record
from accounts.models import Act
from conferences.actions import changes, meetings
from conferences.actions.conferences import (
    Changed,
    ChangedMeanwhileError,
    archive_conference,
    change_conference,
    plan_conference,
)
from conferences.actions.switching import has_meeting
from conferences.forms.conferences import LINK, NEW, ConferenceForm
from conferences.forms.editing import EditConferenceForm
from conferences.forms.planning import NewConferenceForm
from conferences.models import Conference
from conferences.queries.access import Access, is_administrator
from conferences.queries.planning import differences, may_plan
from conferences.views.decisions import CHANGE_THERE
from conferences.views.requests import MemberRequest, get_taught, member_only, refuse_choice

FORM = "conferences/conference_form.html"


@member_only
@require_http_methods(["GET", "POST"])
def new_conference(request: MemberRequest) -> HttpResponse:
    """The same form sent twice leads to the same conference; with other words, to a question."""
    if not may_plan(request.user):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = NewConferenceForm(sent, request.user, may_name_anybody=is_administrator(request.user))
    if form.is_valid() and (conference := _plan(request, form)):
        return (
            redirect("slots", conference.pk) if conference.use_time_slots else redirect(conference)
        )
    form.focus_first_error()
    return render(request, FORM, {"form": form}, status=400 if form.errors else 200)


def _plan(request: MemberRequest, form: NewConferenceForm) -> Conference | None:
    """The conference, its meeting asked for and its entry in the audit log; None if refused."""
    try:
        with transaction.atomic():
            conference, is_new = plan_conference(
                form.planned,
                request.user,
                teaches=not is_administrator(request.user),
                token=form.cleaned_data["token"],
            )
            if is_new:
                _ask_for_meeting(request, form, conference)
                record(request, Act.PLANNED, conference.log_name)
            elif not form.is_of(conference):
                form.plan_another()
                return None
    except ValidationError as error:
        form.refuse(error)
        return None
    return conference


def _ask_for_meeting(request: MemberRequest, form: ConferenceForm, conference: Conference) -> None:
    try:
        if form.wanted_meeting == NEW:
            meetings.make_meeting(conference, request.user)
        elif form.wanted_meeting == LINK:
            meetings.attach_link(conference, form.cleaned_data["link"], request.user)
    except changes.NotPossibleError as error:
        raise ValidationError({"meeting": str(error)}) from error


@member_only
@require_http_methods(["GET", "POST"])
def edit_conference(request: MemberRequest, pk: int) -> HttpResponse:
    conference, access = get_taught(request, pk, to_act=True)
    sent = request.POST if request.method == "POST" else None
    form = EditConferenceForm(
        sent,
        request.user,
        conference,
        may_name_anybody=access is Access.ADMINISTRATOR,
    )
    context: dict[str, Any] = {"form": form, "conference": conference}
    if form.is_valid():
        try:
            _change(request, form, conference)
            return redirect(conference)
        except ChangedMeanwhileError:
            form.overwrite()
            context["changed"] = list(differences(conference, form.planned))
        except ValidationError as error:
            form.refuse(error)
            conference.refresh_from_db()
    form.focus_first_error()
    context["has_meeting"] = has_meeting(conference)
    is_refused = form.errors or "changed" in context
    return render(request, FORM, context, status=400 if is_refused else 200)


@transaction.atomic  # a change and its entry in the audit log, or neither
def _change(request: MemberRequest, form: EditConferenceForm, conference: Conference) -> None:
    changed = change_conference(
        conference,
        form.planned,
        request.user,
        seen=form.cleaned_data["version"],
        lets_organize=form.cleaned_data.get("lets_organize"),
    )
    if "meeting" in form.fields:
        _ask_for_meeting(request, form, conference)
    record(request, Act.CHANGED, conference.log_name)
    if changed.lets_organize:
        who = conference.organizer_email
        record(request, Act.ALLOWED_ORGANIZER, conference.log_name, organizer=who)
    messages.success(request, _said(changed, conference))


def _said(changed: Changed, conference: Conference) -> str:
    said = [_("Saved.")]
    if changed.slot and conference.use_time_slots:
        said.append(_("The meeting is the first time slot now, with its link and its recordings."))
    elif changed.slot:
        said.append(
            _("The meeting of the time slot is the conference's own now, at the slot's time.")
        )
    return " ".join([*said, *_said_of_meetings(changed)])


def _said_of_meetings(changed: Changed) -> Iterator[str]:
    """Who brings those up to date that were changed."""
    if ours := changed.told - changed.elsewhere:
        told = ngettext(
            "%(n)s meeting is being brought up to date in Teams.",
            "%(n)s meetings are being brought up to date in Teams.",
            ours,
        )
        yield told % {"n": ours}
    if changed.elsewhere and changed.is_moved:
        yield f"{_('Those who come are told.')} {CHANGE_THERE}"
    elif changed.elsewhere:
        told = ngettext(
            "%(n)s meeting was made elsewhere: its link stays as it is.",
            "%(n)s meetings were made elsewhere: their links stay as they are.",
            changed.elsewhere,
        )
        yield told % {"n": changed.elsewhere}


@member_only
@require_POST
@transaction.atomic  # a decision and its entry in the audit log, or neither
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    """``decision`` is archive or bring_back."""
    conference, _access = get_taught(request, pk, to_act=True)
    if refused := refuse_choice(request, "decision", "archive", "bring_back"):
        return refused
    is_archived = request.POST.get("decision") == "archive"
    if archive_conference(conference, is_archived):
        act = Act.ARCHIVED if is_archived else Act.BROUGHT_BACK
        record(request, act, conference.log_name)
    said = (
        _("In the archive: it is no longer in the list.") if is_archived else _("Back in the list.")
    )
    messages.success(request, said)
    return redirect(conference)
