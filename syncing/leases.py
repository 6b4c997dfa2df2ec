"""Who works on a run. All decisions are conditional UPDATEs on the database's own clock.

A worker holds a lease and renews it with every heartbeat and every save. Whoever finds an expired
one rings the bell; the worker that answers takes the run over with attempt + 1, and the old
attempt can write nothing any more.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerError

from syncing.models import SyncEvent, SyncRun
from syncing.models.event import Level
from syncing.outcomes import RunStatus

logger = logging.getLogger(__name__)

RING_AGAIN_AFTER = timedelta(seconds=10)


class LeaseLostError(Exception):
    """Another worker has taken the run over, or it was ended; this one stops writing."""


@dataclass(frozen=True, slots=True)
class Lease:
    run_id: int
    attempt: int

    def beat(self, **progress: Any) -> None:
        """Prove that we still hold the run, and store progress. Locks the row until commit."""
        held = SyncRun.objects.filter(
            pk=self.run_id, attempt=self.attempt, status=RunStatus.RUNNING
        ).update(lease_expires_at=_lease_end(), **progress)
        if not held:
            raise LeaseLostError(f"Run {self.run_id} is no longer attempt {self.attempt}'s.")


def claim(run_id: int, worker: str) -> Lease | None:
    """Take a run that waits or whose lease has expired. Of several takers exactly one gets it."""
    attempt = SyncRun.objects.filter(pk=run_id).values_list("attempt", flat=True).first()
    if attempt is None:
        return None
    taken = SyncRun.objects.filter(_takeable(), pk=run_id, attempt=attempt).update(
        status=RunStatus.RUNNING,
        attempt=attempt + 1,
        worker=worker,
        lease_expires_at=_lease_end(),
        started_at=Now(),
        waiting_until=None,
        parts_done=0,
        parts_planned=0,
    )
    return Lease(run_id, attempt + 1) if taken else None


def ring(run_id: int) -> bool:
    """Tell the workers, once in ten seconds at most, that a run waits or was left behind."""
    due = Q(rung_at=None) | Q(rung_at__lt=Now() - RING_AGAIN_AFTER)
    if not SyncRun.objects.filter(_takeable(), due, pk=run_id).update(rung_at=Now()):
        return False
    from syncing.tasks import run_sync  # the task module imports the engine, and it this module

    try:
        run_sync.delay(run_id)
    except (BrokerError, OSError) as error:
        logger.error("Run %s could not be put on the queue: %s", run_id, error)
        SyncEvent.objects.create(run_id=run_id, level=Level.WARNING, key="queue_unreachable")
        return False
    return True


def sweep() -> int:
    """Ring for every run that a person asked for and nobody works on. Returns how many."""
    waiting = SyncRun.objects.filter(_takeable()).values_list("pk", flat=True)
    return sum(ring(run_id) for run_id in list(waiting))


def _takeable() -> Q:
    return Q(status=RunStatus.QUEUED) | Q(status=RunStatus.RUNNING, lease_expires_at__lt=Now())


def _lease_end() -> Any:
    return Now() + timedelta(seconds=settings.SYNC_LEASE_SECONDS)
