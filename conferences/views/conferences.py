"""The list, and one conference."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.audit import record_look
from accounts.models import Act
from conferences.queries.access import get_conference
from conferences.queries.cards import meeting_strip
from conferences.queries.conferences import list_conferences
from conferences.queries.detail import instructor_page, learner_page
from conferences.views.requests import MemberRequest, member_only


@member_only
@require_GET
def conference_list(request: MemberRequest) -> HttpResponse:
    context = {"list": list_conferences(request.user, request.GET)}
    return render(request, "conferences/list.html", context)


@member_only
@require_GET
def conference_detail(request: MemberRequest, pk: int) -> HttpResponse:
    conference, access = get_conference(request.user, pk)
    if access.teaches:
        page = {**instructor_page(conference, request.GET), "may_act": access.may_act}
        page |= meeting_strip(conference, access)
        record_look(request, Act.LOOKED, conference.log_name, tab=page["tab"].key)
        return render(request, "conferences/detail.html", page)
    record_look(request, Act.LOOKED, conference.log_name, tab="own attendance")
    return render(request, "conferences/learner.html", learner_page(conference, request.user))
