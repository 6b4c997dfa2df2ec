"""The roster: who belongs to a conference, one by one and from a file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import record, record_look
from accounts.models import Act
from conferences.actions.roster import RosterError, add_member, change_role, remove_member
from conferences.actions.roster_file import RosterChangedError, import_roster, plan_import
from conferences.forms.roster import FileForm, MemberForm, SeenForm
from conferences.models import Conference, Membership
from conferences.models.membership import Role
from conferences.queries.access import Access, get_conference, visible_to
from conferences.queries.roster import list_members
from conferences.views.requests import MemberRequest, get_taught, member_only, refuse_choice

PAGE, FILE = "conferences/roster.html", "conferences/roster_file.html"
SHOWN = ":50"  # rows of a preview, of each kind


@member_only
@require_http_methods(["GET", "POST"])
def roster(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody, page by page; a form adds one more."""
    is_form = request.method == "POST"
    conference, access = get_taught(request, pk, to_act=is_form)
    form = MemberForm(request.POST if is_form else None)
    if form.is_valid():
        try:
            return _add(request, form, conference)
        except RosterError as error:
            form.refuse(ValidationError({"email": str(error)}))
    form.focus_first_error()
    record_look(request, Act.LOOKED, conference.log_name, tab="roster")
    page = _page(request, conference, access, form)
    return render(request, PAGE, page, status=400 if form.errors else 200)


def _page(
    request: MemberRequest, conference: Conference, access: Access, form: MemberForm
) -> dict[str, Any]:
    return {
        "conference": conference,
        "roster": list_members(conference, request.GET),
        "form": form,
        "roles": Role.choices,
        "may_act": access.may_act,
    }


@transaction.atomic  # a change and its entry in the audit log, or neither
def _add(request: MemberRequest, form: MemberForm, conference: Conference) -> HttpResponse:
    member = add_member(conference, form.cleaned_data)
    record(request, Act.ADDED_MEMBER, conference.log_name, member=member.email, role=member.role)
    messages.success(request, _("%(name)s is on the roster now.") % {"name": member.name})
    return redirect("roster", conference.pk)


@member_only
@require_POST
def roster_member(request: MemberRequest, pk: int, member_pk: int) -> HttpResponse:
    """``decision`` is instructor, learner or remove."""
    conference, _access = get_taught(request, pk, to_act=True)
    member = get_object_or_404(conference.roster.select_related("conference"), pk=member_pk)
    if refused := refuse_choice(request, "decision", *Role.values, "remove"):
        return refused
    try:
        _decide(request, member, request.POST.get("decision", ""))
    except RosterError as error:
        messages.warning(request, str(error))
    return _back(request, pk)


def _back(request: MemberRequest, pk: int) -> HttpResponse:
    """To the same page of the roster, unless they have just left it themselves."""
    if not visible_to(request.user).filter(pk=pk).exists():
        return redirect("conference_list")
    if not get_conference(request.user, pk)[1].teaches:
        return redirect("conference_detail", pk)
    return redirect(f"{reverse('roster', args=[pk])}?{request.GET.urlencode()}".rstrip("?"))


@transaction.atomic  # a change and its entry in the audit log, or neither
def _decide(request: MemberRequest, member: Membership, decision: str) -> None:
    name, email, log_name = member.name, member.email, member.conference.log_name
    if decision != "remove":
        if change_role(member, Role(decision)):
            record(request, Act.CHANGED_MEMBER, log_name, member=email, role=decision)
            words = {"name": name, "role": member.get_role_display()}
            messages.success(request, _("%(name)s: %(role)s from now on.") % words)
        return
    seats = remove_member(member)
    record(request, Act.REMOVED_MEMBER, log_name, member=email)
    said = _("%(name)s is no longer on the roster.") % {"name": name}
    if seats:
        free = ngettext("%(n)s seat is free again.", "%(n)s seats are free again.", seats)
        said += " " + free % {"n": seats}
    messages.success(request, said)


@member_only
@require_http_methods(["GET", "POST"])
def roster_file(request: MemberRequest, pk: int) -> HttpResponse:
    """A file is looked at first; ``confirm`` takes over what was shown, or nothing."""
    conference, _access = get_taught(request, pk, to_act=True)
    context: dict[str, Any] = {"conference": conference, "shown": SHOWN}
    if "confirm" in request.POST:
        seen = SeenForm(request.POST)
        if seen.is_valid():
            try:
                return _import(request, conference, seen)
            except RosterChangedError:
                context["changed"] = True
                context |= _preview(request, conference, seen.cleaned_data["text"])
                return render(request, FILE, context)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        context |= _preview(request, conference, form.cleaned_data["file"])
    form.focus_first_error()
    return render(request, FILE, {**context, "form": form}, status=400 if form.errors else 200)


def _preview(request: MemberRequest, conference: Conference, text: str) -> dict[str, Any]:
    """It says what is stored of those whom the file names."""
    record_look(request, Act.LOOKED, conference.log_name, tab="roster file")
    return {"plan": plan_import(conference, text), "text": text, "form": FileForm()}


@transaction.atomic  # a change and its entry in the audit log, or neither
def _import(request: MemberRequest, conference: Conference, seen: SeenForm) -> HttpResponse:
    plan = import_roster(conference, seen.cleaned_data["text"], seen.cleaned_data["digest"])
    added, changed = len(plan.added), len(plan.changed)
    record(request, Act.IMPORTED_ROSTER, conference.log_name, added=added, changed=changed)
    said = _("Imported: %(added)s added, %(changed)s changed. Nobody was removed.")
    messages.success(request, said % {"added": added, "changed": changed})
    return redirect("roster", conference.pk)
