"""Conferences for administrators: planning by hand until there are pages for it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db import models

from conferences.models import Conference, ConferenceTimeSlot, Membership

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


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
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
