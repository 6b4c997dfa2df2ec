"""What Graph's refusals mean: status, codes and message in; a PlatformError out.

https://learn.microsoft.com/graph/errors
"""

import re
from collections.abc import Iterator
from typing import Any

from platforms.errors import (
    AuthError,
    BadResponseError,
    NotFoundError,
    PermissionRefusedError,
    PlatformError,
    TransientError,
)
from platforms.http import Answer
from platforms.reasons import ReasonCode
from platforms.redact import redact

# Only its words tell a missing application access policy; Microsoft has used several.
_NO_ACCESS_POLICY = re.compile(
    r"application access policy"
    r"|\bapp(lication)?\b.* is not authorized to .*\bon behalf of user\b"
    r"|application is not allowed to perform operations on the user\b",
    re.IGNORECASE | re.DOTALL,
)


def error_of(answer: Answer, permission: str) -> PlatformError:
    """The error for an answer of 400 or more. ``permission`` is what the call needs at least."""
    codes, message = _words_of(answer)
    described = f"HTTP {answer.status} {' / '.join(codes)}: {redact(message, 300)}"
    about: dict[str, Any] = {"status": answer.status, "request_id": answer.request_id}
    match answer.status:
        case 401:
            return AuthError(described, **about)
        case 402:
            return PermissionRefusedError(described, params={"permission": permission}, **about)
        case 403 if _NO_ACCESS_POLICY.search(message):
            return PermissionRefusedError(
                described, reason=ReasonCode.ACCESS_POLICY_MISSING, **about
            )
        case 403 if message.startswith("3003"):
            # The user in the path is not this meeting's organizer.
            return PermissionRefusedError(described, reason=ReasonCode.ORGANIZER_DIFFERS, **about)
        case 403:
            return PermissionRefusedError(described, params={"permission": permission}, **about)
        case 404 | 410:
            return NotFoundError(described, **about)
        case status if status >= 500:
            return TransientError(described, **about)
        case _:
            return BadResponseError(described, **about)


def _words_of(answer: Answer) -> tuple[list[str], str]:
    """All error codes from the outermost to the innermost, and the message; "" for nonsense."""
    try:
        error = answer.json_object().get("error")
    except BadResponseError:
        return [], answer.body.decode("utf-8", "replace")
    if not isinstance(error, dict):
        return [], str(error)
    return list(_codes(error)), str(error.get("message") or "")


def _codes(error: dict[str, Any]) -> Iterator[str]:
    """``innerError`` may be spelled innererror, and may nest."""
    level: object = error
    for _depth in range(5):
        if not isinstance(level, dict):
            return
        if code := level.get("code"):
            yield str(code)
        level = level.get("innerError") or level.get("innererror")
