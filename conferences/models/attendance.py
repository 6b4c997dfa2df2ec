"""Who was there: rows as the platform gave them, and one merged record a person.

Sittings and sessions are the source; records can be rebuilt from them at any time.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.membership import Membership
from conferences.models.time_slot import ConferenceTimeSlot
from conferences.rules.attendance import LONGEST_KEY


class Source(models.TextChoices):
    """The feed that a sitting came from."""

    ATTENDANCE_REPORTS = "attendance_reports", _("attendance report")
    CALL_RECORDS = "call_records", _("call record")


class Identification(models.TextChoices):
    """How sure it is who a person is."""

    DIRECTORY_ID = "directory_id", _("directory")
    EMAIL = "email", _("e-mail")
    NAME = "name", _("name only")


class AttendanceSitting(models.Model):
    """One time the meeting was held: an attendance report or a call record."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="sittings")
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.SET_NULL, null=True, related_name="sittings"
    )
    source = models.CharField(max_length=20, choices=Source)
    source_id = models.CharField(max_length=500)
    read_through = models.CharField(max_length=2000)  # the meeting's link, or its id
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_complete = models.BooleanField(default=False)  # it was read to its end once
    is_guess = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    vanished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "source", "source_id"], name="one_row_per_sitting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"


class AttendanceRecord(models.Model):
    """One person's merged sessions. ``attended`` is the length of their union."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="attendance")
    person_key = models.CharField(max_length=LONGEST_KEY)
    name = models.CharField(_("name"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), null=True)  # noqa: DJ001
    directory_id = models.CharField(max_length=64, null=True)  # noqa: DJ001
    identified_by = models.CharField(max_length=20, choices=Identification)
    attended = models.DurationField(_("total time"))
    session_count = models.PositiveIntegerField(_("sessions"))
    first_joined_at = models.DateTimeField()
    last_left_at = models.DateTimeField()
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="attendance"
    )
    match_rule = models.CharField(max_length=20, choices=Identification, null=True)  # noqa: DJ001
    vanished_at = models.DateTimeField(null=True)  # the platform no longer lists them

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "person_key"], name="one_row_per_person")
        ]
        indexes = [models.Index(fields=["conference", "name", "id"], name="participants_by_name")]

    def __str__(self) -> str:
        return f"{self.name or self.email or self.person_key}: {self.attended}"


class AttendanceSession(models.Model):
    """One join and leave, as the platform gave it. ``is_counted`` is set by the merge."""

    sitting = models.ForeignKey(
        AttendanceSitting, on_delete=models.CASCADE, related_name="sessions"
    )
    source_id = models.CharField(max_length=520)  # an entry and a number
    entry_id = models.CharField(max_length=500)
    directory_id = models.CharField(max_length=64, null=True)  # noqa: DJ001
    email = models.EmailField(null=True)  # noqa: DJ001
    label = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=40, blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField()
    vanished_at = models.DateTimeField(null=True)
    record = models.ForeignKey(
        AttendanceRecord, on_delete=models.SET_NULL, null=True, related_name="sessions"
    )
    is_counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "source_id"], name="one_row_per_session")
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.joined_at:%H:%M:%S}–{self.left_at:%H:%M:%S}"
