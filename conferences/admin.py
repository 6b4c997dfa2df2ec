"""Conferences in the administration: their fields, their slots to read, their roster."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.administration import PersonSelect
from conferences import admin_notices  # noqa: F401 (registers itself)
from conferences.actions.bookings import give_all_back
from conferences.actions.import_rows import more_than_once
from conferences.admin_meetings import MeetingsAdmin
from conferences.models import Conference, ConferenceTimeSlot, Membership
from conferences.models.membership import Role, address_key

LINKS_WITHOUT_SCHEME: "Mapping[type[models.Field[Any, Any]], Mapping[str, Any]]" = {
    models.URLField: {"assume_scheme": "https"}
}


class TimeSlotFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        """What a worker stores meanwhile stays."""
        if commit:
            obj.save(update_fields=["team_id"])
        return obj


class TimeSlotInline(admin.TabularInline):  # type: ignore[type-arg]
    """For reading, but for a channel's team; the rest is planned under Manage Time Slots."""

    model = ConferenceTimeSlot
    formset = TimeSlotFormSet
    can_delete = False
    extra = 0
    fields = (
        *("starts_at", "ends_at", "meeting_link", "online_meeting_id"),
        *("team_id", "cancelled_at"),
    )
    readonly_fields = tuple(name for name in fields if name != "team_id")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        options["show_hidden_initial"] = True
        return super().formfield_for_dbfield(db_field, request, **options)


class RosterFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        super().clean()
        if not self.management_form.is_valid():
            return
        rows = [form for form in self.forms if getattr(form, "cleaned_data", {})]  # right ones
        stays = [form for form in rows if not form.cleaned_data.get("DELETE")]
        people = [(address_key(form.cleaned_data.get("email", "")), form) for form in stays]
        self._check_addresses(people)
        others = teaching(self.instance, but=[form.instance.pk for form in self.forms])
        here = {email for email, form in people if form.cleaned_data.get("role") == Role.INSTRUCTOR}
        check_organizer(self.instance, self.instance.organizer_email, others | here)

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        """Whoever leaves gives their seats back."""
        if commit:
            give_all_back(obj)
        super().delete_existing(obj, commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        if commit and form.instance.role == Role.INSTRUCTOR:
            give_all_back(obj)
        return super().save_existing(form, obj, commit)

    def _check_addresses(self, people: "list[tuple[str, ModelForm[Membership]]]") -> None:
        """Each is one person's, also while the rows are saved one after the other."""
        if again := more_than_once(email for email, _form in people):
            raise ValidationError(
                _("Two rows have the e-mail address %(email)s. Keep one of them."),
                params={"email": again[0]},
            )
        stored = Membership.objects.filter(conference=self.instance.pk)
        holders = {address_key(member.email): member.pk for member in stored}
        for email, form in people:
            if holders.get(email, form.instance.pk) != form.instance.pk:
                raise ValidationError(
                    _(
                        "Somebody else has the e-mail address %(email)s here. Change or remove "
                        "that row first, and save."
                    ),
                    params={"email": email},
                )


class ConferenceForm(ModelForm):  # type: ignore[type-arg]
    """``shows_roster``: its rows decide who teaches; else those that are stored do."""

    shows_roster: ClassVar[bool] = True

    def clean(self) -> None:
        super().clean()
        if not self.shows_roster:
            typed = self.cleaned_data.get("organizer_email", self.instance.organizer_email)
            check_organizer(self.instance, typed, teaching(self.instance))


def check_organizer(conference: Conference, email: str, instructors: set[str]) -> None:
    """The organizer teaches: a pasted link must not open a colleague's meeting."""
    organizer = address_key(email.strip())
    if organizer and organizer not in instructors and not is_allowed(conference, organizer):
        raise ValidationError(
            _("The organizer %(email)s is no instructor here. Add them, or name another."),
            params={"email": organizer},
        )


def is_allowed(conference: Conference, organizer: str) -> bool:
    """Whether an administrator let this organizer not teach; another one has to, or to be let."""
    allowed = Conference.objects.filter(pk=conference.pk, organizer_allowed_by__isnull=False)
    return allowed.filter(organizer_email__iexact=organizer).exists()


def teaching(conference: Conference, but: Sequence[int | None] = ()) -> set[str]:
    """E-mail addresses of the instructors that are stored, but for some rows."""
    stored = Membership.objects.filter(conference=conference.pk, role=Role.INSTRUCTOR)
    return {address_key(member.email) for member in stored if member.pk not in but}


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    formset = RosterFormSet
    extra = 0
    fields = ("role", "name", "email", "user", "directory_id")
    autocomplete_fields = ("user",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "user":
            options["widget"] = PersonSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(Conference)
class ConferenceAdmin(MeetingsAdmin):
    form = ConferenceForm
    list_display = ("title", "course_code", "platform", "starts_at", "organizer_email")
    list_filter = ("platform", "auto_recording_status", "archived_at")
    search_fields = ("title", "course_code", "organizer_email")
    formfield_overrides = LINKS_WITHOUT_SCHEME
    inlines = (TimeSlotInline, MembershipInline)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **options)
        shown = self.get_inline_instances(request, obj)
        form.shows_roster = any(isinstance(one, MembershipInline) for one in shown)
        return form
