"""What Graph's refusals mean: status, codes and message in; a PlatformError out.

https://learn.microsoft.com/graph/errors
"""

import re
from collections.abc import Iterator
from typing import Any

from platforms.answers import Answer
from platforms.errors import (
    AuthError,
    BadResponseError,
    NotFoundError,
    PermissionRefusedError,
    PlatformError,
    TransientError,
)
from platforms.reasons import ReasonCode
from platforms.redact import redact
from teams_integration.parse.values import child

# Only its words tell a missing application access policy; Microsoft has used several.
_NO_ACCESS_POLICY = re.compile(
    r"application access policy"
    r"|\bapp(lication)?\b.* is not authorized to .*\bon behalf of user\b"
    r"|application is not allowed to perform operations on the user\b",
    re.IGNORECASE | re.DOTALL,
)

# The tenant's switches for transcripts, which override every permission.
_SWITCHES = {
    "GraphAccessToTranscriptsDisabled": ReasonCode.TRANSCRIPTS_SWITCHED_OFF,
    "SpeakerAttributionNotAllowed": ReasonCode.SPEAKERS_SWITCHED_OFF,
}


def error_of(
    answer: Answer, permission: str, refused_as: ReasonCode | None = None
) -> PlatformError:
    """The error for an answer of 400 or more. ``permission`` is what the call needs at least;
    ``refused_as``: what a refusal means if it cannot be the permission, which is granted.
    """
    codes, message = _words_of(answer)
    described = f"HTTP {answer.status} {' / '.join(codes)}: {redact(message, 300)}"
    about: dict[str, Any] = {"status": answer.status, "request_id": answer.request_id}
    match answer.status:
        case 401:
            return AuthError(described, **about)
        case 403 if reason := _refusal(codes, message, permission):
            return PermissionRefusedError(described, reason=reason, **about)
        case 403 if refused_as:
            return PermissionRefusedError(described, reason=refused_as, **about)
        case 402 | 403:
            return PermissionRefusedError(described, params={"permission": permission}, **about)
        case 404 | 410:
            return NotFoundError(described, **about)
        case status if status >= 500:
            return TransientError(described, **about)
        case _:
            return BadResponseError(described, **about)


def is_locked(error: TransientError) -> bool:
    """What was tried again in vain has a reason of its own if it is locked: a file, mostly."""
    return error.status == 423


def _refusal(codes: list[str], message: str, permission: str) -> ReasonCode | None:
    """Why a 403, if more is known than that the permission is missing."""
    for code in codes:
        if code in _SWITCHES:
            return _SWITCHES[code]
    if "accessDenied" in codes and permission.startswith("Files."):
        return ReasonCode.DRIVE_REFUSED  # the same words for a missing role and a closed site
    if _NO_ACCESS_POLICY.search(message):
        return ReasonCode.ACCESS_POLICY_MISSING
    if message.startswith("3003"):  # the user in the path is not this meeting's organizer
        return ReasonCode.ORGANIZER_DIFFERS
    return None


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


def existing_event(answer: Answer) -> str | None:
    """Of a refusal because the transaction id was used: the event that has it, if it is told."""
    codes, _message = _words_of(answer)
    if "ErrorDuplicateTransactionId" not in codes:
        return None
    found = child(answer.json_object(), "error").get("@event.existingEventId")
    return found if isinstance(found, str) and found else None
