"""Django's administration, every page of which is in the audit log."""

from functools import wraps
from typing import Any

from django.contrib import admin
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
            answer: HttpResponseBase = shown(request, *args, **kwargs)
            if self.has_permission(request) and answer.status_code < 400:
                self._record(request, is_done=answer.status_code == 302)
            return answer

        return recorded

    def _record(self, request: HttpRequest, *, is_done: bool) -> None:
        query = request.META.get("QUERY_STRING", "")
        if request.method == "POST" and is_done:
            record(request, Act.CHANGED_IN_ADMIN, request.path, query=query)
        else:
            record_look(request, Act.LOOKED_IN_ADMIN, request.path, query=query)
