"""Django's administration, every page of which is in the audit log."""

from functools import wraps
from typing import Any
from urllib.parse import unquote_plus

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from accounts.audit import record, record_look
from accounts.forms import AdministrationLoginForm
from accounts.models import Act


class Administration(admin.AdminSite):
    login_form = AdministrationLoginForm

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        shown = super().admin_view(view, cacheable)
        if cacheable:
            return shown  # nobody's data

        @wraps(shown)
        def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                answer: HttpResponseBase = shown(request, *args, **kwargs)
                self._record(request, answer)
                return answer
            with transaction.atomic():  # what is changed and its entry, or neither
                answer = shown(request, *args, **kwargs)
                self._record(request, answer)
            return answer

        return recorded

    def _record(self, request: HttpRequest, answer: HttpResponseBase) -> None:
        if not self.has_permission(request) or answer.status_code >= 400:
            return
        query = " ".join(unquote_plus(request.META.get("QUERY_STRING", "")).split())
        if request.method != "POST":
            record_look(request, Act.LOOKED_IN_ADMIN, request.path, query=query)
            return
        is_done = answer.status_code == 302 or _closes_a_popup(answer)
        act = Act.CHANGED_IN_ADMIN if is_done else Act.LOOKED_IN_ADMIN
        record(request, act, request.path, query=query)


def _closes_a_popup(answer: HttpResponseBase) -> bool:
    """What was done in a small window is answered by a page that closes it."""
    return "popup_response.html" in str(getattr(answer, "template_name", ""))
