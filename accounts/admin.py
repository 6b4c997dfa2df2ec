from axes.models import AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.administration import ListedRows
from accounts.models import AuditEntry, User

for never_written in (AccessLog, AccessFailureLog):  # the audit log has it
    admin.site.unregister(never_written)


@admin.register(User)
class AccountAdmin(ListedRows, UserAdmin):  # type: ignore[type-arg]
    list_display = ["email", "first_name", "last_name", "is_staff", "timezone"]
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("Conferences"), {"fields": ["directory_id", "timezone", "language"]}),
    )
    readonly_fields = ["last_login", "date_joined"]
    add_fieldsets = (
        (None, {"fields": ["username", "email", "usable_password", "password1", "password2"]}),
    )


@admin.register(AuditEntry)
class AuditEntryAdmin(ListedRows):
    """Who saw or changed what, for reading only."""

    list_display = ["at", "email", "address", "act", "subject", "details"]
    list_filter = ["act", "at"]
    search_fields = ["email", "=subject"]
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False
