"""Notices of causes why recording cannot be switched on, for administrators."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.administration import ListedRows
from conferences import phrases
from conferences.arranging.keeping import conference_of
from conferences.models import RecordingNotice
from conferences.models.meeting import PlannedMeeting
from conferences.notifications.administrators import resolve, sentence_of
from conferences.notifications.causes import find_causes, meetings_with

SHOWN_IN_LIST, SHOWN = 3, 200  # meetings of one cause


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("open")), ("resolved", _("resolved"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[RecordingNotice]
    ) -> QuerySet[RecordingNotice]:
        if self.value() in {"open", "resolved"}:
            return queryset.filter(resolved_at__isnull=self.value() == "open")
        return queryset


class NoticeList(ChangeList):
    """Each notice with the meetings that have its cause now, found for all of them at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        add_meetings(list(self.result_list), SHOWN_IN_LIST)


@admin.register(RecordingNotice)
class RecordingNoticeAdmin(ListedRows):
    """For reading and for resolving; rows come and go with the meetings."""

    list_display = ("reason", "of", "meetings", "state", "opened_at", "seen_at")
    list_display_links = ("reason",)
    list_filter = (StateFilter,)
    list_select_related = ("resolved_by",)
    search_fields = ("organizer",)
    actions = ("resolve_by_hand",)
    fields = readonly_fields = (
        *("reason", "acts", "of", "meetings", "opened_at", "seen_at", "mailed_at"),
        *("resolved_at", "resolved_by"),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NoticeList

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup == StateFilter.parameter_name or super().lookup_allowed(
            lookup, value, request
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        notice = super().get_object(request, object_id, from_field)
        if notice is not None:
            add_meetings([notice], SHOWN)
        return notice

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    @admin.action(description=_("Resolve by hand"), permissions=["change"])
    def resolve_by_hand(self, request: HttpRequest, chosen: QuerySet[RecordingNotice]) -> None:
        number = resolve(chosen, request.user)  # type: ignore[arg-type]
        told = ngettext(
            "%(number)s notice is resolved. It opens again if another attempt meets the cause.",
            "%(number)s notices are resolved. They open again if another attempt meets the cause.",
            number,
        ) % {"number": number}
        self.message_user(request, told, messages.SUCCESS if number else messages.WARNING)

    @admin.display(description=_("reason"))
    def reason(self, notice: RecordingNotice) -> str:
        return sentence_of(notice)

    @admin.display(description=_("who acts"))
    def acts(self, notice: RecordingNotice) -> str:
        return phrases.who(notice.code)

    @admin.display(description=_("organizer"), ordering="organizer")
    def of(self, notice: RecordingNotice) -> str:
        return notice.organizer or str(_("all organizers"))

    @admin.display(description=_("meetings"))
    def meetings(self, notice: RecordingNotice) -> str:
        shown, number = getattr(notice, "concerned", ([], 0))
        if not shown:
            return str(_("none now"))
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', ((address_of(one), name_of(one)) for one in shown)
        )
        if (more := number - len(shown)) <= 0:
            return links
        return format_html("{} {}", links, _("and %(number)s more") % {"number": more})

    @admin.display(description=_("state"), ordering="resolved_at")
    def state(self, notice: RecordingNotice) -> str:
        if notice.resolved_at is None:
            return str(_("open"))
        if notice.resolved_by is None:
            return str(_("resolved"))
        return _("resolved by %(person)s") % {"person": notice.resolved_by}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: RecordingNotice | None = None
    ) -> bool:
        return False


def add_meetings(notices: list[Any], limit: int) -> None:
    """To each its ``concerned``: some meetings that have the cause now, and how many there are."""
    still_open = [notice for notice in notices if notice.resolved_at is None]
    if not still_open:
        return
    numbers = find_causes()
    found = meetings_with([notice.cause for notice in still_open], limit)
    for notice in still_open:
        cause = numbers.get(notice.cause)
        notice.concerned = found[notice.cause], cause.meetings if cause else 0


def address_of(meeting: PlannedMeeting) -> str:
    return conference_of(meeting).get_absolute_url()


def name_of(meeting: PlannedMeeting) -> str:
    return f"{conference_of(meeting).title} ({localtime(meeting.starts_at):%Y-%m-%d %H:%M})"
