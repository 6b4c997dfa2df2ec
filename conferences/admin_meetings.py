"""Meetings in the administration: what is changed by hand is told to the platform as well, and
old meetings are repaired after a look at what that would do.
"""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.administration import ListedRows, is_key
from conferences import repair_phrases
from conferences.actions.changes import request_change, tell_event
from conferences.arranging.repairing import Repair, Repairs, meetings_to_repair
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.change import ChangeKind
from conferences.models.conference import Platform
from conferences.models.meeting import PlannedMeeting

MOST_AT_ONCE = 20  # meetings, each of which the platform is asked about while somebody waits
PATIENCE = 5.0  # seconds that a page waits for the platform
TIMES = {"starts_at", "ends_at"}
Times = tuple[datetime, datetime]


class MeetingsAdmin(ListedRows):
    """Of conferences; ``auto_recording_status`` is what the platform said, nobody's to type."""

    actions = ("repair_recording",)
    readonly_fields = ("auto_recording_status",)

    # -- what is changed by hand ---------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        is_moved = change and not obj.use_time_slots and TIMES & set(form.changed_data)
        if is_moved:
            tell_event(obj)
        super().save_model(request, obj, form, change)
        if is_moved:
            request_change(obj, ChangeKind.MOVED, request.user, was=_times_before(form))  # type: ignore[arg-type]

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm,  # type: ignore[type-arg]
        formset: BaseInlineFormSet,  # type: ignore[type-arg]
        change: bool,
    ) -> None:
        told: list[tuple[PlannedMeeting, ChangeKind, Times | None]] = []
        if formset.model is ConferenceTimeSlot:
            for row in formset.forms:
                if kind := _kind_of_change(row):
                    tell_event(row.instance)
                    was = _times_before(row) if kind is ChangeKind.MOVED else None
                    told.append((row.instance, kind, was))
        super().save_formset(request, form, formset, change)
        for meeting, kind, was in told:
            request_change(meeting, kind, request.user, was=was)  # type: ignore[arg-type]

    # -- repairs ---------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.repair_view)
        own = [path("repair/", view, name="conferences_conference_repair")]
        return [*own, *super().get_urls()]

    @admin.action(description=gettext_lazy("Repair automatic recording …"), permissions=["change"])
    def repair_recording(
        self, request: HttpRequest, queryset: "models.QuerySet[Conference]"
    ) -> HttpResponse:
        chosen = ",".join(str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True))
        address = reverse("admin:conferences_conference_repair")
        return HttpResponseRedirect(f"{address}?ids={chosen}")

    def repair_view(self, request: HttpRequest) -> HttpResponse:
        """GET asks the platform and changes nothing; POST has workers repair what was shown."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        meetings = meetings_to_repair(self._chosen(request))
        if not meetings:
            return self._back(request, _("None of the chosen conferences has a Teams meeting."))
        if len(meetings) > MOST_AT_ONCE:
            told = _(
                "%(count)s meetings are too many for a page. Choose fewer conferences, or run: "
                "manage.py fix_teams_recording --all --dry-run"
            )
            return self._back(request, told % {"count": len(meetings)})
        if request.method == "POST":
            for meeting in meetings:
                request_change(meeting, ChangeKind.REPAIRED, request.user)  # type: ignore[arg-type]
            said = ngettext(
                "%(count)s meeting is being repaired; its history tells what came of it.",
                "%(count)s meetings are being repaired; their histories tell what came of it.",
                len(meetings),
            )
            return self._back(request, said % {"count": len(meetings)}, messages.SUCCESS)
        results = list(Repairs(is_dry=True, patience=PATIENCE).repair_all(meetings))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Repair automatic recording"),
            "opts": self.model._meta,
            "rows": [
                {
                    "repaired": one,
                    "result": repair_phrases.result(one),
                    "why": repair_phrases.why(one),
                    "ways_out": repair_phrases.ways_out(one),
                }
                for one in results
            ],
            "has_work": any(one.result is Repair.WOULD_FIX for one in results),
        }
        return TemplateResponse(request, "admin/conferences/repair.html", context)

    def _chosen(self, request: HttpRequest) -> "list[Conference]":
        ids = [pk for pk in request.GET.get("ids", "").split(",") if is_key(pk)]
        rows = self.get_queryset(request).filter(pk__in=ids, platform=Platform.TEAMS)
        return list(rows.prefetch_related("time_slots").order_by("pk"))

    def _back(self, request: HttpRequest, said: str, level: int = messages.WARNING) -> HttpResponse:
        self.message_user(request, said, level)
        return HttpResponseRedirect(reverse("admin:conferences_conference_changelist"))


def _kind_of_change(row: Any) -> ChangeKind | None:
    """Of a time slot that was there before."""
    changed = set(row.changed_data)
    if row.instance.pk is None or not row.is_valid():
        return None
    if "cancelled_at" in changed and row.instance.cancelled_at is not None:
        return ChangeKind.CANCELLED
    return ChangeKind.MOVED if TIMES & changed else None


def _times_before(form: Any) -> Times:
    return form.initial["starts_at"], form.initial["ends_at"]
