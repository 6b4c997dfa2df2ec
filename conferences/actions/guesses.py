"""Calls and videos that may belong to a meeting: an instructor says whether they do."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from conferences.models import AttendanceSitting, DriveFile
from conferences.store import attendance_records, recordings


def accept_guess(sitting: AttendanceSitting, by: User) -> None:
    """Its people count from now on, wherever no better source covers the time."""
    _decide(sitting, accepted_at=timezone.now(), accepted_by=by)


def take_back_guess(sitting: AttendanceSitting) -> None:
    """Its people no longer count; the source rows stay."""
    _decide(sitting, accepted_at=None, accepted_by=None)


def accept_file(file: DriveFile, by: User) -> None:
    """It is a recording of the meeting from now on."""
    _decide_file(file, accepted_at=timezone.now(), accepted_by=by)


def take_back_file(file: DriveFile) -> None:
    """It is a recording only if another route names it; the file's row stays."""
    _decide_file(file, accepted_at=None, accepted_by=None)


def _decide(sitting: AttendanceSitting, **columns: object) -> None:
    with transaction.atomic():  # a decision and what follows from it, or neither
        AttendanceSitting.objects.filter(pk=sitting.pk, is_guess=True).update(**columns)
        attendance_records.rebuild(sitting.conference)


def _decide_file(file: DriveFile, **columns: object) -> None:
    with transaction.atomic():
        DriveFile.objects.filter(pk=file.pk, is_in_folder=True).update(**columns)
        recordings.rebuild(file.conference)
