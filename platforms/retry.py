"""Pure decisions about trying again: failure, attempt and policy in; seconds or None out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

# Seconds: thirty days. Who asks for more means "not soon", and the end of the calendar cannot even
# be told in every time zone.
LONGEST_HINT = 30 * 24 * 3600.0


class RetryKind(StrEnum):
    RATE_LIMIT = "rate_limit"
    NETWORK_ERROR = "network_error"
    AUTH_ERROR = "auth_error"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """``attempts`` counts the first try; delays are seconds; ``jitter`` is a share of the delay."""

    attempts: int
    first_delay: float
    cap: float
    factor: float = 2.0
    jitter: float = 0.25


DEFAULT_POLICIES: Mapping[RetryKind, RetryPolicy] = {
    RetryKind.RATE_LIMIT: RetryPolicy(attempts=5, first_delay=60, cap=300),
    RetryKind.NETWORK_ERROR: RetryPolicy(attempts=3, first_delay=2, cap=30),
    RetryKind.AUTH_ERROR: RetryPolicy(attempts=2, first_delay=5, cap=15),
    RetryKind.SERVER_ERROR: RetryPolicy(attempts=3, first_delay=5, cap=60),
    RetryKind.TIMEOUT: RetryPolicy(attempts=2, first_delay=10, cap=30),
    RetryKind.DEFAULT: RetryPolicy(attempts=3, first_delay=1, cap=60),
}


def kind_of_status(status: int) -> RetryKind | None:
    """The policy that a status falls under; None if trying again cannot help."""
    if status == 429:
        return RetryKind.RATE_LIMIT
    if status in {408, 423} or 500 <= status <= 599:
        return RetryKind.SERVER_ERROR
    return None


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds from a Retry-After header: whole or decimal seconds, an HTTP date or an ISO instant.

    At most LONGEST_HINT. None when the header is absent or says nothing a reader could use.
    """
    if not value:
        return None
    word = value.strip()
    if re.fullmatch(r"\d+(\.\d+)?", word):
        return min(LONGEST_HINT, float(word))
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(word)
        except (ValueError, OverflowError):  # a year of twenty digits
            continue
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return min(LONGEST_HINT, max(0.0, (moment - now).total_seconds()))
    return None


def seconds_before_next_try(
    policy: RetryPolicy, attempt: int, retry_after: float | None, chance: float
) -> float | None:
    """How long to wait after the failed ``attempt`` (from 1), or None to give up.

    ``chance`` is a random number in [0, 1). The vendor's own hint is never undercut; our own
    back-off stays within the cap, jitter included.
    """
    if attempt >= policy.attempts:
        return None
    if retry_after is not None:
        return retry_after
    delay = min(policy.cap, policy.first_delay * policy.factor ** (attempt - 1))
    return min(policy.cap, delay * (1 + policy.jitter * (2 * chance - 1)))
