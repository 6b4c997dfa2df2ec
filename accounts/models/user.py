"""People who log in."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


@cache
def timezones() -> frozenset[str]:
    """All names; to collect them a hundred folders are read."""
    return frozenset(available_timezones())


def zone_of(name: str) -> ZoneInfo:
    """UTC for a name that is stored and that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError for "Europe", a folder
        return ZoneInfo("UTC")


def validate_timezone(name: str) -> None:
    if name not in timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Use a name such as Europe/Berlin."),
            params={"name": name},
        )


class AccountManager(UserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """An account. The e-mail is the login, unique whatever its letter case."""

    email = models.EmailField(_("e-mail"))
    directory_id = models.CharField(
        _("directory id"),
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Object id of the person in the Microsoft Entra directory, if known."),
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_timezone]
    )
    language = models.CharField(_("language"), max_length=10, default="en")

    objects = AccountManager()  # type: ignore[misc]

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_email",
                violation_error_message=_(
                    "Another account has this e-mail address. Change that account, or type another "
                    "address."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email
