from axes.admin import AccessAttemptAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.administration import ListedRows
from accounts.models import AuditEntry, User

# Two that are never written, for the audit log has it; two to be registered with ListedRows.
for not_so in (AccessLog, AccessFailureLog, AccessAttempt, Group):
    admin.site.unregister(not_so)


@admin.register(Group)
class GroupsAdmin(ListedRows, GroupAdmin):
    pass


@admin.register(AccessAttempt)
class RefusedLoginsAdmin(ListedRows, AccessAttemptAdmin):  # type: ignore[misc]
    """To delete one ends the wait of whoever was locked out."""


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
