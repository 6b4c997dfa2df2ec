"""Meetings in the administration: what calendars know is changed on the site's own pages, nothing
that has a meeting is deleted, and old meetings are repaired after a look at what that would do.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.administration import ListedRows, is_key
from conferences import repair_phrases
from conferences.actions.changes import request_change
from conferences.actions.switching import has_meeting
from conferences.arranging.repairing import (
    Repair,
    Repairs,
    is_decided,
    is_there_or_wanted,
    meetings_to_repair,
)
from conferences.models import Conference
from conferences.models.change import ChangeKind
from conferences.models.conference import Platform
from conferences.models.meeting import PlannedMeeting

MOST_AT_ONCE = 20  # meetings, each of which the platform is asked about while somebody waits
# Typed for a new conference only: later a change has its consequences, or is a worker's.
FIRST = (
    *("title", "platform", "organizer_email", "use_time_slots", "starts_at", "ends_at"),
    *("meeting_id", "online_meeting_id", "meeting_link"),
)
STILL = ("description", "course_code", "timezone", "team_id", "archived_at")


class MeetingsAdmin(ListedRows):
    """Of conferences; ``auto_recording_status`` is what the platform said, nobody's to type."""

    actions = ("repair_recording", "delete_selected")
    fields = (*FIRST, *STILL, "auto_recording_status")
    # Somebody waits for the page: pauses of one meeting, and everything, in seconds. A call that
    # began in time is awaited still.
    patience, seconds_for_all = 5.0, 20.0

    # -- what is changed by hand ---------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        of_platform = ("auto_recording_status",)
        return of_platform if obj is None else (*FIRST, *of_platform)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """With what the page showed: only what is another word by now was typed."""
        if db_field.name in STILL:
            options["show_hidden_initial"] = True
        return super().formfield_for_dbfield(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data)
        else:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A new conference's meeting is looked up, and its recording seen to, as anywhere."""
        super().save_related(request, form, formsets, change)
        conference: Conference = form.instance
        if not change and not conference.use_time_slots and has_meeting(conference):
            request_change(conference, ChangeKind.ATTACHED, request.user)  # type: ignore[arg-type]

    # -- deleting --------------------------------------------------------------------------------

    @admin.action(
        description=gettext_lazy("Delete selected %(verbose_name_plural)s"), permissions=["delete"]
    )
    @transaction.atomic
    def delete_selected(
        self, request: HttpRequest, queryset: "models.QuerySet[Conference]"
    ) -> HttpResponse | None:
        return delete_selected(self, request, queryset)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        rows = Conference.objects.filter(pk__in=[one.pk for one in objs]).order_by("pk")
        if transaction.get_connection().in_atomic_block:  # nobody plans a meeting until it is gone
            rows = rows.select_for_update(of=("self",))
        stay = [
            format_html('<a href="{}">{}</a>', one.get_absolute_url(), one)
            for one in still_in_calendars(rows)
        ]
        *found, protected = super().get_deleted_objects(objs, request)
        return *found, [*protected, *stay]

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
            meetings = list(filter(_may_help, meetings))
            if not meetings:
                return self._back(request, _("There is nothing that a repair could do."))
            for meeting in meetings:
                request_change(meeting, ChangeKind.REPAIRED, request.user)  # type: ignore[arg-type]
            said = ngettext(
                "%(count)s meeting is being repaired; its history tells what came of it.",
                "%(count)s meetings are being repaired; their histories tell what came of it.",
                len(meetings),
            )
            return self._back(request, said % {"count": len(meetings)}, messages.SUCCESS)
        repairs = Repairs(True, self.patience, self.seconds_for_all)
        results = list(repairs.repair_all(meetings))
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
            "has_put_off": any(one.result is Repair.PUT_OFF for one in results),
        }
        return TemplateResponse(request, "admin/conferences/repair.html", context)

    def _chosen(self, request: HttpRequest) -> "list[Conference]":
        ids = [pk for pk in request.GET.get("ids", "").split(",") if is_key(pk)]
        rows = self.get_queryset(request).filter(pk__in=ids, platform=Platform.TEAMS)
        return list(rows.prefetch_related("time_slots").order_by("pk"))

    def _back(self, request: HttpRequest, said: str, level: int = messages.WARNING) -> HttpResponse:
        self.message_user(request, said, level)
        return HttpResponseRedirect(reverse("admin:conferences_conference_changelist"))


def still_in_calendars(conferences: "models.QuerySet[Conference]") -> list[Conference]:
    """Those that have, or had, a meeting whose event or link would be left behind."""
    return [
        one
        for one in conferences.prefetch_related("time_slots", "retired_meetings")
        if any(map(_is_left, (one, *one.time_slots.all())))
        or any(retired.removes_event for retired in one.retired_meetings.all())
    ]


def _is_left(meeting: PlannedMeeting) -> bool:
    """What was cancelled is known by its ids still; its event may have gone."""
    return meeting.is_event_stale if meeting.is_cancelled else has_meeting(meeting)


def _may_help(meeting: PlannedMeeting) -> bool:
    """Nobody decided otherwise, and there is a meeting, or one is to be made."""
    return is_there_or_wanted(meeting) and not is_decided(meeting)
