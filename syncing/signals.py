"""A worker that starts rings for what an earlier one may have left."""

import logging
from typing import Any

from celery.signals import worker_ready
from django.db import DatabaseError

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
