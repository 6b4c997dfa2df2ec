"""What an instructor types about time slots, in the conference's time zone."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from conferences.forms.told import ToldForm
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.meeting import YEARS
from conferences.queries.moments import FORMATS
from conferences.queries.planning import by_link_only, makes_meetings
from conferences.rules import weekly

MOST_SEATS = 100_000
LINK_HELP = _(
    "Only if the meeting was made elsewhere, such as in Outlook. Empty: a Teams meeting is made."
)


class LinkField(forms.URLField):
    """Of a meeting that was made elsewhere."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Join link"),
            required=False,
            max_length=2000,
            assume_scheme="https",
            help_text=LINK_HELP,
        )

    def ask_for(self, platform: str) -> None:
        """This site makes none there."""
        self.required = True
        self.help_text = self.error_messages["required"] = by_link_only(platform)


class WallClockField(forms.CharField):
    """<input type="datetime-local">; as a moment in UTC. ``zone`` is set by its form.

    A value that nobody touched stays the moment that it was, also in the hour that comes twice.
    """

    zone = ZoneInfo("UTC")

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format=FORMATS[0])
        super().__init__(widget=widget, max_length=40, **options)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        was = self.initial
        if isinstance(was, datetime) and text == f"{was.astimezone(self.zone):{FORMATS[0]}}":
            return was
        for pattern in FORMATS:
            try:
                naive = datetime.strptime(text, pattern)  # noqa: DTZ007 (of the zone: below)
            except ValueError:
                continue
            return self._moment(naive)
        raise ValidationError(
            _("“%(text)s” is no date and time. Write it as in 2026-03-10T14:30."),
            params={"text": text},
        )

    def _moment(self, naive: datetime) -> datetime:
        if naive.year not in YEARS:
            raise ValidationError(
                _("The year must be from %(first)s to %(last)s."),
                params={"first": YEARS[0], "last": YEARS[-1]},
            )
        try:
            return weekly.on_the_clock(naive, self.zone)
        except weekly.MissingTimeError as error:
            raise ValidationError(missing(error, self.zone)) from error


class SeatsField(forms.IntegerField):
    """How many may book; empty where nobody has to."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            min_value=1,
            max_value=MOST_SEATS,
            help_text=_("Learners book a seat. Empty: everybody on the roster may come."),
            **options,
        )


class SlotForm(ToldForm):
    """One time slot; ``slot`` if it is there already, and ``seen`` what the form was filled from.
    ``is_confirmed``: it may overlap others.
    """

    starts_at = WallClockField(label=_("Start"))
    ends_at = WallClockField(label=_("End"))
    capacity = SeatsField(label=_("Seats"))
    link = LinkField()
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, conference: Conference, slot: ConferenceTimeSlot | None = None
    ) -> None:
        super().__init__(data)
        self.slot = slot
        self.seen = ""
        self.overlaps: list[ConferenceTimeSlot] = []  # to be confirmed
        for name in ("starts_at", "ends_at"):
            field = self.fields[name]
            assert isinstance(field, WallClockField)
            field.zone = ZoneInfo(conference.timezone)
            field.initial = getattr(slot, name, None)
        if slot is not None:
            # What was sent stays, until somebody is told that it is no longer so.
            self.seen = seen_of(slot) if data is None else data.get("seen", "")
            self.fields["capacity"].initial = slot.capacity
            del self.fields["link"]
        elif not makes_meetings(conference.platform):
            link = self.fields["link"]
            assert isinstance(link, LinkField)
            link.ask_for(conference.platform)

    def clean_capacity(self) -> int | None:
        capacity: int | None = self.cleaned_data["capacity"]
        booked = self.slot.booked if self.slot else 0
        if capacity is not None and capacity < booked:
            raise ValidationError(
                ngettext(
                    "%(booked)s seat is booked already, so there must be at least that many.",
                    "%(booked)s seats are booked already, so there must be at least that many.",
                    booked,
                )
                % {"booked": booked}
            )
        if capacity is None and booked:
            raise ValidationError(
                gettext("Seats are booked already. Give a number, so that they stay booked.")
            )
        return capacity

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts_at, ends_at = found.get("starts_at"), found.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", gettext("The end must be later than the start."))
        return found


def seen_of(slot: ConferenceTimeSlot) -> str:
    """Of all that the form writes: another one after every change of it."""
    return f"{slot.starts_at:%Y%m%dT%H%M%S%f} {slot.ends_at:%Y%m%dT%H%M%S%f} {slot.capacity or '-'}"


def missing(error: weekly.MissingTimeError, zone: ZoneInfo) -> str:
    told = gettext(
        "On %(day)s there is no %(time)s in %(zone)s: the clocks go forward over it. "
        "Choose another time or leave that day out."
    )
    words = {"day": named(error.moment.date()), "time": f"{error.moment:%H:%M}", "zone": zone.key}
    return told % words


def named(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
