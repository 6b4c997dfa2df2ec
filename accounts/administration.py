"""What pages of the administration share: no word in an address or a form is a fault of ours."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import DataError, models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from platforms.redact import storable

LONGEST_SEARCH = 200
LOOKUPS = {"exact", "id__exact", "in", "isnull", "gte", "lt", "year", "month", "day"}


class ListedRows(admin.ModelAdmin):  # type: ignore[type-arg]
    """Filters as the page itself offers them; an action on rows that are none does nothing."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        name, _, way = lookup.partition("__")
        offered = {self.date_hierarchy, *self.get_list_filter(request)}
        return name in offered and way in LOOKUPS and super().lookup_allowed(lookup, value, request)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError, DataError) as error:
            raise IncorrectLookupParameters(error) from error

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        term = storable(search_term)[:LONGEST_SEARCH]
        return super().get_search_results(request, queryset, term)

    def response_action(  # type: ignore[override]  # (the stubs are of a later Django)
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> HttpResponse | None:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if all(map(is_key, chosen)):
            return super().response_action(request, queryset)
        said = _("Nothing was done, for one of the chosen rows is none. Choose them anew.")
        self.message_user(request, said, messages.ERROR)
        return None


class PersonSelect(AutocompleteSelect):
    """Shows nobody for what cannot be an account's key, instead of asking the database for it."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if is_key(one)], attrs)


def is_key(value: object) -> bool:
    text = str(value)
    return len(text) < 19 and text.isdecimal()  # of 64 bit
