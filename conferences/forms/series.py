"""A weekly pattern, as an instructor types it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conferences.forms.slots import LinkField, SeatsField, missing, named
from conferences.forms.told import ToldForm
from conferences.models import Conference
from conferences.models.meeting import YEARS
from conferences.queries.planning import makes_meetings
from conferences.rules import weekly

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class SeriesForm(ToldForm):
    """Several from a weekly pattern: ``found`` is what it makes."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}))
    ends = forms.TimeField(
        label=_("To"),
        widget=forms.TimeInput({"type": "time"}),
        help_text=_("Earlier than the start: on the next day."),
    )
    first = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"})
    )
    count = forms.IntegerField(
        label=_("Or number of dates"), required=False, min_value=1, max_value=weekly.MOST_AT_ONCE
    )
    capacity = SeatsField(label=_("Seats in each"))

    link = LinkField()

    def __init__(self, data: Any, conference: Conference) -> None:
        super().__init__(data)
        if makes_meetings(conference.platform):
            del self.fields["link"]
        else:
            link = self.fields["link"]
            assert isinstance(link, LinkField)
            link.ask_for(conference.platform)
            link.label = _("Join link of all dates")
        self.zone = ZoneInfo(conference.timezone)
        self.found: list[tuple[datetime, datetime]] = []

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for name in ("first", "until"):
            if found.get(name) and found[name].year not in YEARS:
                told = gettext("The year must be from %(first)s to %(last)s.")
                self.add_error(name, told % {"first": YEARS[0], "last": YEARS[-1]})
        has_end = "until" in found and "count" in found
        if has_end and bool(found["until"]) == (found["count"] is not None):
            self.add_error("until", gettext("Give either the last day or the number of dates."))
        if not self.errors:
            self._find_dates(found)
        return found

    def _find_dates(self, found: dict[str, Any]) -> None:
        names = ("weekdays", "starts", "ends", "first", "until", "count")
        pattern = weekly.Weekly(**{name: found[name] for name in names}, zone=self.zone)
        try:
            self.found = weekly.dates(pattern)
        except weekly.MissingTimeError as error:
            self.add_error("starts", missing(error, self.zone))
        except weekly.NoDatesError:
            self.add_error(
                "until", gettext("None of these weekdays lies between the first day and the last.")
            )
        except weekly.TooManyDatesError as error:
            told = gettext("That is more than %(most)s dates at once. Until %(day)s they fit.")
            words = {"most": weekly.MOST_AT_ONCE, "day": named(error.fits_until)}
            self.add_error("until", told % words)
