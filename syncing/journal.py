"""What a run tells while it works: its steps, its progress, its activity log, its verdict."""

import logging
import time
from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from syncing.database import with_database
from syncing.leases import Lease
from syncing.models import SyncEvent, SyncRun, SyncStep
from syncing.models.event import Level
from syncing.models.run import Phase
from syncing.operation import SyncPlan
from syncing.outcomes import Judgement, OperationResult, Outcome, RunStatus

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

_LEVELS = {
    Outcome.SUCCEEDED: Level.INFO,
    Outcome.NO_DATA: Level.INFO,
    Outcome.FAILED: Level.ERROR,
}


class Journal:
    """The only writer of a run's rows. Every write proves first that the lease is still held."""

    def __init__(self, run: SyncRun, lease: Lease, name: str) -> None:
        self._run, self._lease, self.name = run, lease, name
        self._last_beat = time.monotonic()
        self._progress: dict[str, Any] = {"parts_done": 0, "parts_planned": 0}
        self.requests = 0

    def write(self, work: Callable[[], Result]) -> Result:
        """``work`` in one short transaction that only the holder of the lease can commit."""

        def guarded() -> Result:
            with transaction.atomic():
                self._lease.beat(requests=self.requests, **self._progress)
                began = time.monotonic()
                result = work()
                if time.monotonic() - began >= settings.SYNC_HEARTBEAT_SECONDS:
                    self._lease.beat()  # long work has used its lease up: nobody saw it beat
                return result

        result = with_database(guarded)
        self._last_beat = time.monotonic()
        return result

    def beat_if_due(self) -> None:
        if time.monotonic() - self._last_beat >= settings.SYNC_HEARTBEAT_SECONDS:
            self.write(lambda: None)

    def start(self, plan: SyncPlan) -> None:
        """The steps of this attempt; those of an attempt that was taken over are replaced."""
        steps = [
            SyncStep(run=self._run, operation=operation.name, slot=target.slot, label=target.label)
            for operation in plan.operations
            for target in plan.targets
        ]

        def write() -> None:
            SyncStep.objects.filter(run=self._run).delete()
            SyncStep.objects.bulk_create(steps)

        self.write(write)
        first = self._lease.attempt == 1
        self.event("started" if first else "taken_over", attempt=self._lease.attempt)

    def phase(self, phase: Phase) -> None:
        self._progress["phase"] = phase

    def plan_parts(self, parts: int) -> None:
        self._progress["parts_planned"] += parts

    def part_done(self) -> None:
        self._progress["parts_done"] += 1

    def waiting(self, until: Any) -> None:
        self._progress["waiting_until"] = until
        if until is not None:
            self.event("waiting", Level.WARNING, until=until.isoformat())
        else:
            self.write(lambda: None)

    def event(self, key: str, level: Level = Level.INFO, **params: Any) -> None:
        """One line in the activity log, and the same in the server's log."""
        event = self._tell(key, level, **params)
        self.write(lambda: _insert(event))

    def _tell(self, key: str, level: Level = Level.INFO, **params: Any) -> SyncEvent:
        event = SyncEvent(run=self._run, key=key, level=level, params=params)
        logger.log(
            logging.getLevelNamesMapping()[level.upper()],
            "%s, run %s: %s",
            self.name,
            self._run.pk,
            event.text,
        )
        return event

    def end_step(self, result: OperationResult) -> None:
        def write() -> None:
            step = SyncStep.objects.get(run=self._run, operation=result.operation, slot=result.slot)
            step.remember(result)
            step.save()

        self.write(write)
        params: dict[str, Any] = {
            "operation": result.operation,
            "outcome": result.outcome,
            "items": result.counts.items,
        }
        if result.reason:
            params |= {"code": result.reason.code, "params": dict(result.reason.params)}
        key = "operation_explained" if result.reason else "operation_ended"
        self.event(key, _LEVELS.get(result.outcome, Level.WARNING), **params)

    def finish(self, judgement: Judgement) -> None:
        self.phase(Phase.DONE)
        run, finished = self._run, self._tell("finished")
        run.remember(judgement)

        def write() -> None:
            _insert(finished)  # with the verdict: whoever takes over in between would tell it again
            if judgement.reason:  # steps that a fault of the whole run left without an end
                SyncStep.objects.filter(run=run, outcome=None).update(
                    outcome=Outcome.FAILED, reason_code=judgement.reason.code
                )
            SyncRun.objects.filter(pk=run.pk).update(
                status=RunStatus.FINISHED,
                finished_at=timezone.now(),
                lease_expires_at=None,
                waiting_until=None,
                verdict=run.verdict,
                message_key=run.message_key,
                message_params=run.message_params,
                items=run.items,
            )

        self.write(write)
        logger.info("%s, run %s: %s", self.name, run.pk, run.message)


def _insert(event: SyncEvent) -> None:
    """Safe to repeat: a copy, which knows nothing of a try that was rolled back."""
    copy(event).save(force_insert=True)
