from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from accounts.models import User


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    list_display = ["email", "first_name", "last_name", "is_staff", "timezone"]
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("Conferences"), {"fields": ["directory_id", "timezone", "language"]}),
    )
    add_fieldsets = (
        (None, {"fields": ["username", "email", "usable_password", "password1", "password2"]}),
    )
