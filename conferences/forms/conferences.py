"""What somebody types of a conference, whether it is new or there already."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import timezones
from conferences.actions.conferences import FIELDS, ONESELF_ONLY
from conferences.forms.slots import WallClockField
from conferences.forms.told import ToldForm
from conferences.models.conference import Platform
from conferences.queries.planning import by_link_only, makes_meetings

REGIONS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"),
    *("Indian", "Pacific"),
)
NEW, LINK, LATER = "new", "link", "later"
MEETINGS = (
    (NEW, _("Make a new Teams meeting, which records itself")),
    (LINK, _("Attach a meeting that exists, by its join link")),
    (LATER, _("Later")),
)
ONE, SEVERAL = "one", "several"
LONGEST_DESCRIPTION = 20_000


def zone_choices(also: str) -> list[Any]:
    """Places of the world by region, UTC, and ``also`` what is chosen already."""
    known = sorted(name for name in timezones() if name.partition("/")[0] in REGIONS)
    alone = dict.fromkeys(["UTC", *([also] if also not in known else [])])
    by_region = [
        (region, [(name, _readable(name)) for name in known if name.startswith(f"{region}/")])
        for region in REGIONS
    ]
    return [*((name, name) for name in alone), *by_region]


def _readable(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", " – ")


class ConferenceForm(ToldForm):
    """What a conference that is new and one that is changed have in common."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Give it a title.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea({"rows": 3}),
    )
    course_code = forms.CharField(label=_("Course"), required=False, max_length=50)
    platform = forms.ChoiceField(
        label=_("Platform"),
        choices=Platform.choices,
        error_messages={"required": _("Choose a platform.")},
    )
    organizer_email = forms.EmailField(
        label=_("Organizer"),
        error_messages={
            "required": _("Choose who organizes it: the meeting is made in their calendar."),
            "invalid_choice": ONESELF_ONLY,
        },
        help_text=_("The meeting is made in their calendar."),
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        error_messages={
            "required": _("Choose a time zone."),
            "invalid_choice": _("“%(value)s” is no time zone. Choose one from the list."),
        },
        help_text=_("Start and end are times there."),
    )
    starts_at = WallClockField(
        label=_("Start"), error_messages={"required": _("Say when it starts.")}
    )
    ends_at = WallClockField(label=_("End"), error_messages={"required": _("Say when it ends.")})
    use_time_slots = forms.ChoiceField(
        label=_("Held in"),
        choices=((ONE, _("One meeting")), (SEVERAL, _("Time slots, each with its own meeting"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it has time slots.")},
    )
    meeting = forms.ChoiceField(
        label=_("Meeting"),
        choices=MEETINGS,
        widget=forms.RadioSelect,
        required=False,
    )
    link = forms.URLField(
        label=_("Join link"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text=_("As it stands in the invitation, such as https://teams.microsoft.com/…"),
        error_messages={"invalid": _("This is no link. Copy all of it from the invitation.")},
    )

    def __init__(
        self, data: Any, by: User, *, may_name_anybody: bool, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.by = by
        self.zone = self._chosen_zone()
        zone_field = self.fields["timezone"]
        assert isinstance(zone_field, forms.ChoiceField)
        zone_field.choices = zone_choices(str(initial["timezone"]))
        for name in ("starts_at", "ends_at"):
            field = self.fields[name]
            assert isinstance(field, WallClockField)
            field.zone, field.initial = self.zone, initial.get(name)
        if not may_name_anybody:
            self._restrict_organizer()

    def _restrict_organizer(self) -> None:
        """Of somebody who may not name anybody."""
        del self.fields["organizer_email"]

    def _chosen_zone(self) -> ZoneInfo:
        """In which the times are read: of the form, as far as it is one."""
        asked = self.data.get("timezone") if self.is_bound else None
        name = asked if asked in timezones() else str(self.initial["timezone"])
        return ZoneInfo(name if name in timezones() else "UTC")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts_at, ends_at = found.get("starts_at"), found.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", gettext("The end must be later than the start."))
        found["use_time_slots"] = found.get("use_time_slots") == SEVERAL
        if found["use_time_slots"] or found.get("meeting") != LINK:
            self.errors.pop("link", None)  # whatever stands in a field that is not shown
        if "meeting" in self.fields and not found["use_time_slots"]:
            self._check_meeting(found)
        return found

    def _check_meeting(self, found: dict[str, Any]) -> None:
        wanted, starts_at = found.get("meeting"), found.get("starts_at")
        if wanted == LINK and not found.get("link") and "link" not in self.errors:
            self.add_error("link", gettext("Paste the join link, or choose another way."))
        platform = found.get("platform")
        if wanted == NEW and platform and not makes_meetings(platform):
            self.add_error("meeting", by_link_only(platform))
        elif wanted == NEW and starts_at and starts_at <= timezone.now():
            said = gettext("No meeting can be made for a time that is over. Correct the start.")
            self.add_error("meeting", said)

    @property
    def planned(self) -> dict[str, Any]:
        """For conferences.actions.conferences."""
        own = {"organizer_email": self.by.email}
        return {name: self.cleaned_data.get(name, own.get(name)) for name in FIELDS}

    @property
    def wanted_meeting(self) -> str:
        """NEW, LINK or LATER."""
        if self.cleaned_data["use_time_slots"]:
            return LATER
        return self.cleaned_data.get("meeting") or LATER
