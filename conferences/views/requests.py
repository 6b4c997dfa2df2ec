"""A request whose user has logged in, and the conference that it may be about."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from conferences.models import Conference
from conferences.queries.access import Access, get_conference

Arguments = ParamSpec("Arguments")


class MemberRequest(HttpRequest):
    """What @member_only and the middleware leave for a view."""

    user: User
    htmx: HtmxDetails


def member_only(
    view: Callable[Concatenate[MemberRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """As login_required, for pages that ask for parts of themselves: when the session has ended,
    a fragment's request reloads the page instead of putting the login form into it, and a form
    leads back to its page, because its own address answers to POST only.
    """

    @wraps(view)
    def wrapped(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        member = cast("MemberRequest", request)
        if request.user.is_authenticated:
            return view(member, *args, **kwargs)
        if member.htmx:
            return HttpResponseClientRefresh()
        if request.method == "POST" and "pk" in kwargs:
            return redirect_to_login(reverse("conference_detail", args=[kwargs["pk"]]))
        return redirect_to_login(request.get_full_path())

    return wrapped


def get_taught(
    request: MemberRequest, pk: int, *, to_act: bool = False
) -> tuple[Conference, Access]:
    """The conference, for somebody who teaches there, and ``to_act`` may change something.

    Raises Http404 for strangers, PermissionDenied for everybody else.
    """
    conference, access = get_conference(request.user, pk)
    if not (access.may_act if to_act else access.teaches):
        raise PermissionDenied
    return conference, access


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def refuse(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """``message`` on a page, or as JSON for clients that ask for it."""
    if wants_json(request):
        return JsonResponse({"error": message}, status=status)
    return render(request, "conferences/refused.html", {"message": message}, status=status)


def refuse_choice(request: HttpRequest, name: str, *choices: str) -> HttpResponse | None:
    """The answer to a form whose ``name`` is none of ``choices``; None if it is one."""
    value = request.POST.get(name, "")
    if value in choices:
        return None
    told = _("%(name)s=“%(value)s” is not to be had. Choose from: %(choices)s.")
    words = {"name": name, "value": value[:80], "choices": ", ".join(choices)}
    return refuse(request, told % words, status=400)
