"""One access token per process, acquired by one thread while the others wait for it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    value: str
    renew_at: float  # on the monotonic clock


class TokenSource:
    """Single flight around ``acquire``, which asks the vendor and raises PlatformError."""

    def __init__(self, acquire: Callable[[], Token]) -> None:
        self._acquire = acquire
        self._lock = threading.Lock()
        self._token: Token | None = None

    def get(self) -> str:
        with self._lock:
            token = self._token
            if token is None or time.monotonic() >= token.renew_at:
                token = self._token = self._acquire()
            return token.value

    def renew(self, refused: str) -> str:
        """A token other than ``refused``; threads refused at the same time share one renewal."""
        with self._lock:
            if self._token is None or self._token.value == refused:
                self._token = self._acquire()
            return self._token.value
