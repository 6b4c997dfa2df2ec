"""A worker that starts rings for changes that an earlier one may have left."""

import logging
from typing import Any

from celery.signals import worker_ready
from django.db import DatabaseError

from conferences.arranging import orders

logger = logging.getLogger(__name__)


@worker_ready.connect
def ring_for_unfinished_changes(**_kwargs: Any) -> None:
    try:
        rung = orders.sweep()
    except DatabaseError:
        logger.exception("Worker start: unfinished changes could not be looked up")
    else:
        logger.info("Worker start: rang for %s unfinished changes", rung)
