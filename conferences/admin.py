"""Conferences for administrators: planning by hand until there are pages for it."""

from django.contrib import admin

from conferences.models import Conference, ConferenceTimeSlot, Membership


class TimeSlotInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ConferenceTimeSlot
    extra = 0
    fields = ("starts_at", "ends_at", "meeting_link", "online_meeting_id", "cancelled_at")


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
    inlines = (TimeSlotInline, MembershipInline)
