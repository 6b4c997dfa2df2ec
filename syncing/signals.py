"""A worker that starts rings for what an earlier one may have left; one that stands still in the
middle of a transaction is cut off.
"""

import logging
from typing import Any

from celery.signals import worker_ready
from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from syncing import leases

logger = logging.getLogger(__name__)


@worker_ready.connect
def ring_for_unfinished_runs(**_kwargs: Any) -> None:
    try:
        rung = leases.sweep()
    except DatabaseError:
        logger.exception("Worker start: unfinished runs could not be looked up")
    else:
        logger.info("Worker start: rang for %s unfinished runs", rung)


@receiver(connection_created)
def limit_idle_transactions(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """A frozen worker would keep its run's row locked, and whoever looks at the run waiting."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET idle_in_transaction_session_timeout = %s", [settings.SYNC_LEASE_SECONDS * 1000]
            )
