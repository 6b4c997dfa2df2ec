"""The roster: who belongs to a conference, with or without a login."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference


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
            models.UniqueConstraint("conference", Lower("email"), name="one_membership_per_email")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"
