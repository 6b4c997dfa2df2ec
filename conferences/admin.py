"""Conferences for administrators: planning by hand until there are pages for it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, ConferenceTimeSlot, Membership
from conferences.models.membership import Role

LINKS_WITHOUT_SCHEME: "Mapping[type[models.Field[Any, Any]], Mapping[str, Any]]" = {
    models.URLField: {"assume_scheme": "https"}
}


class TimeSlotInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ConferenceTimeSlot
    can_delete = False  # a slot is cancelled
    formfield_overrides = LINKS_WITHOUT_SCHEME
    extra = 0
    fields = (
        *("starts_at", "ends_at", "meeting_link", "online_meeting_id"),
        *("team_id", "cancelled_at"),
    )


class RosterFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """The organizer teaches: a pasted link must not open a colleague's meeting."""
        super().clean()
        if not self.management_form.is_valid():
            return
        organizer = self.instance.organizer_email.strip().lower()
        rows = [getattr(form, "cleaned_data", {}) for form in self.forms]  # none of a wrong one
        stays = [row for row in rows if not row.get("DELETE")]
        teaching = {
            row.get("email", "").lower() for row in stays if row.get("role") == Role.INSTRUCTOR
        }
        if organizer and organizer not in teaching:
            raise ValidationError(
                _("The organizer %(email)s is no instructor here. Add them, or name another."),
                params={"email": organizer},
            )


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    formset = RosterFormSet
    extra = 0
    fields = ("role", "name", "email", "user", "directory_id")
    autocomplete_fields = ("user",)


@admin.register(Conference)
class ConferenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "course_code", "platform", "starts_at", "organizer_email")
    list_filter = ("platform", "archived_at")
    search_fields = ("title", "course_code", "organizer_email")
    formfield_overrides = LINKS_WITHOUT_SCHEME
    inlines = (TimeSlotInline, MembershipInline)
