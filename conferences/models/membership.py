"""The roster: who belongs to a conference, with or without a login."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference


def address_key(email: str) -> str:
    """The same for one person's address, whatever its letter case: each letter by itself, as
    PostgreSQL's lower() reads it ("İ" is an "i").
    """
    return "".join(letter.lower()[0] for letter in email)


class Role(models.TextChoices):
    INSTRUCTOR = "instructor", _("instructor")
    LEARNER = "learner", _("learner")


class Membership(models.Model):
    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="roster")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships",
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    directory_id = models.CharField(_("directory id"), max_length=64, null=True, blank=True)  # noqa: DJ001
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.LEARNER)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "conference",
                Lower("email"),
                name="one_membership_per_email",
                violation_error_message=_(
                    "Somebody else has this e-mail address here. Change that row first, or type "
                    "another address."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"
