"""A lease that goes on being renewed while a worker waits for an answer."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connections

from syncing.database import DatabaseLostError

logger = logging.getLogger(__name__)


@contextmanager
def beating(renew: Callable[[], object], seconds: float) -> Iterator[None]:
    """Until the block ends, call ``renew`` so often, from a thread with a connection of its own.

    One that the database does not take is the last: the lease ends, and the block's own next
    write finds out.
    """
    is_over = threading.Event()

    def beat() -> None:
        try:
            while not is_over.wait(seconds):
                renew()
        except (DatabaseLostError, DatabaseError) as error:
            logger.warning("A lease could not be renewed: %s", type(error).__name__)
        finally:
            connections.close_all()

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
