from typing import Any

from axes.admin import AccessAttemptAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import AnonymousUser, Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.administration import ListedRows
from accounts.models import AuditEntry, User

# Two that are never written, for the audit log has it; two to be registered with ListedRows.
for not_so in (AccessLog, AccessFailureLog, AccessAttempt, Group):
    admin.site.unregister(not_so)


RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(Group)
class GroupsAdmin(ListedRows, GroupAdmin):
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if has_all_rights(request.user) else ("permissions",)


@admin.register(AccessAttempt)
class RefusedLoginsAdmin(ListedRows, AccessAttemptAdmin):  # type: ignore[misc]
    """To delete one ends the wait of whoever was locked out."""


@admin.register(User)
class AccountAdmin(ListedRows, UserAdmin):  # type: ignore[type-arg]
    """Only who has all rights gives some, and changes the account of somebody who has them."""

    list_display = ["email", "first_name", "last_name", "is_staff", "timezone"]
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("Conferences"), {"fields": ["directory_id", "timezone", "language"]}),
    )
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = (
        (None, {"fields": ["username", "email", "usable_password", "password1", "password2"]}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.readonly_fields, *(() if has_all_rights(request.user) else RIGHTS))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Also of the page that sets a password."""
        return super().has_change_permission(request, obj) and not is_above(obj, request.user)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_above(obj, request.user)


def has_all_rights(viewer: User | AnonymousUser) -> bool:
    return viewer.is_active and viewer.is_superuser


def is_above(account: User | None, viewer: User | AnonymousUser) -> bool:
    return account is not None and account.is_superuser and not has_all_rights(viewer)


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
