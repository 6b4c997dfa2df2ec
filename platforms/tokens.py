"""One access token per process, acquired by one thread while the others wait for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from platforms.context import CallContext

LOOK_UP_SECONDS = 0.2  # how often a thread that waits for another's sign-in looks at its own run


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    value: str
    renew_at: float  # on the monotonic clock


class TokenSource:
    """Single flight around ``acquire``, which asks the vendor and raises PlatformError.

    Whoever comes meanwhile waits for its end, but not longer than its own run lasts.
    """

    def __init__(self, acquire: Callable[[CallContext], Token]) -> None:
        self._acquire = acquire
        self._lock = threading.Lock()
        self._token: Token | None = None

    def get(self, context: CallContext) -> str:
        with self._alone(context):
            token = self._token
            if token is None or time.monotonic() >= token.renew_at:
                token = self._token = self._acquire(context)
            return token.value

    def renew(self, refused: str, context: CallContext) -> str:
        """A token other than ``refused``; threads refused at the same time share one renewal."""
        with self._alone(context):
            if self._token is None or self._token.value == refused:
                self._token = self._acquire(context)
            return self._token.value

    @contextmanager
    def _alone(self, context: CallContext) -> Iterator[None]:
        while not self._lock.acquire(timeout=LOOK_UP_SECONDS):
            context.check()
        try:
            yield
        finally:
            self._lock.release()
