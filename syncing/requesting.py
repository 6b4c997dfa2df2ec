"""What a person asks for: start a run, or join the one in progress."""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from syncing import leases
from syncing.database import ensure_db_connection, with_database
from syncing.models import SyncEvent, SyncRun
from syncing.models.run import Trigger
from syncing.outcomes import OPEN_STATUSES
from syncing.subject import SyncSubject

if TYPE_CHECKING:
    from accounts.models import User


COUNTED = timedelta(minutes=10)
Note = Callable[[SyncRun], object]  # writes who asked, in the same transaction as the run


class TooManyRunsError(Exception):
    """Somebody has started SYNC_RUNS_PER_PERSON runs within ten minutes; ``again``: from when."""

    def __init__(self, again: datetime) -> None:
        super().__init__(f"No more runs before {again:%H:%M} UTC.")
        self.minutes = max(1, ceil((again - timezone.now()).total_seconds() / 60))


def request_run(
    subject: SyncSubject,
    *,
    requested_by: "User | None",
    trigger: Trigger,
    operations: Sequence[str] = (),
    note: Note = lambda _run: None,
) -> tuple[SyncRun, bool]:
    """The subject's open run, and whether it is a new one. Raises ValueError for an unknown
    operation, DatabaseLostError if the database does not answer, TooManyRunsError for somebody
    who has started enough from pages; to join a run is always allowed.

    ``operations``: all if none are named, each once however often. ``note`` is called with the run
    also when it is joined, and again if the database was lost and it is not known what it kept.
    """
    known = subject.sync_operations()
    asked = list(dict.fromkeys(operations))
    if unknown := [name for name in asked if name not in known]:
        raise ValueError(
            f"Unknown operation {', '.join(unknown)}. Choose from: {', '.join(known)}."
        )
    ensure_db_connection()
    if trigger is Trigger.PAGE and requested_by is not None and open_run(subject) is None:
        _check_not_too_many(requested_by)
    wanted = SyncRun(
        subject_type=ContentType.objects.get_for_model(type(subject)),
        subject_id=subject.pk,
        operations=asked or list(known),
        requested_by=requested_by,
        trigger=trigger,
    )
    return with_database(lambda: _make_or_join(subject, copy(wanted), note))


def _make_or_join(subject: SyncSubject, run: SyncRun, note: Note) -> tuple[SyncRun, bool]:
    """Safe to repeat: a run that was kept without a word is joined."""
    for _ in range(3):  # a run may end between the refused insert and the look-up
        try:
            with transaction.atomic():
                run.save(force_insert=True)
                SyncEvent.objects.create(run=run, key="requested")
                type(subject)._default_manager.filter(pk=subject.pk).update(last_run=run)
                note(run)
            return run, True
        except IntegrityError:
            run.pk = None
            if joined := open_run(subject):
                note(joined)
                return joined, False
    raise RuntimeError(f"No run of {subject.log_name} could be made or joined.")


def request_sync(
    subject: SyncSubject,
    *,
    requested_by: "User | None",
    operations: Sequence[str] = (),
    note: Note = lambda _run: None,
) -> SyncRun:
    """As request_run, and let a worker know once the request's transaction is committed."""
    run, _ = request_run(
        subject,
        requested_by=requested_by,
        trigger=Trigger.PAGE,
        operations=operations,
        note=note,
    )
    transaction.on_commit(partial(leases.ring, run.pk))
    return run


def _check_not_too_many(person: "User") -> None:
    """Two clicks at the same moment may both be the last that is allowed: nobody is harmed."""
    runs = SyncRun.objects.filter(requested_by=person, trigger=Trigger.PAGE)
    latest = runs.order_by("-created_at").values_list("created_at", flat=True)
    counted = list(latest[: settings.SYNC_RUNS_PER_PERSON])
    if len(counted) < settings.SYNC_RUNS_PER_PERSON:
        return
    again = counted[-1] + COUNTED
    if again > timezone.now():
        raise TooManyRunsError(again)


def open_run(subject: SyncSubject) -> SyncRun | None:
    return runs_of(subject).filter(status__in=OPEN_STATUSES).first()


def runs_of(subject: SyncSubject) -> QuerySet[SyncRun]:
    """All runs of a subject, newest first."""
    return SyncRun.objects.filter(
        subject_type=ContentType.objects.get_for_model(type(subject)), subject_id=subject.pk
    )
