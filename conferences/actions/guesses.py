"""Calls that may belong to a meeting: an instructor says whether they do."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from conferences.models import AttendanceSitting
from conferences.store import attendance_records


def accept_guess(sitting: AttendanceSitting, by: User) -> None:
    """Its people count from now on, wherever no better source covers the time."""
    _decide(sitting, accepted_at=timezone.now(), accepted_by=by)


def take_back_guess(sitting: AttendanceSitting) -> None:
    """Its people no longer count; the source rows stay."""
    _decide(sitting, accepted_at=None, accepted_by=None)


def _decide(sitting: AttendanceSitting, **columns: object) -> None:
    with transaction.atomic():  # a decision and what follows from it, or neither
        AttendanceSitting.objects.filter(pk=sitting.pk, is_guess=True).update(**columns)
        attendance_records.rebuild(sitting.conference)
