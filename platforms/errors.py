"""How a platform can fail. The exception's type says what recovery is possible."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from platforms.reasons import ReasonCode
from platforms.redact import storable


class FailureKind(StrEnum):
    TRANSIENT = "transient"
    THROTTLED = "throttled"
    AUTH = "auth"
    PERMISSION = "permission"
    NOT_FOUND = "not_found"
    NOT_READY = "not_ready"
    BAD_RESPONSE = "bad_response"
    CONFIG = "config"
    INTERNAL = "internal"


class PlatformError(Exception):
    """A call that did not give what was asked for.

    ``detail`` is for the history and the log: the vendor's own words, never a secret.
    ``params`` fill the sentence of ``reason`` (syncing/phrases.py), such as permission=….
    """

    kind: ClassVar[FailureKind] = FailureKind.INTERNAL
    default_reason: ClassVar[ReasonCode] = ReasonCode.INTERNAL_ERROR

    def __init__(
        self,
        detail: str,
        *,
        reason: ReasonCode | None = None,
        params: Mapping[str, str] | None = None,
        status: int | None = None,
        request_id: str = "",
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = storable(detail)
        self.reason = reason or self.default_reason
        self.params = {name: storable(value) for name, value in (params or {}).items()}
        self.status = status
        self.request_id = storable(request_id)
        self.retry_at = retry_at

    def because(self, reason: ReasonCode, **params: str) -> Self:
        """The same error told with another reason, and with these params beside its own."""
        told = copy(self)
        told.reason = reason
        told.params = {**self.params, **{name: storable(value) for name, value in params.items()}}
        return told


class TransientError(PlatformError):
    """The network or the vendor failed, as often as the retry policy allows."""

    kind = FailureKind.TRANSIENT
    default_reason = ReasonCode.PLATFORM_FAULT


class ThrottledError(PlatformError):
    """The vendor asks for a longer pause than this run may wait; ``retry_at`` says until when."""

    kind = FailureKind.THROTTLED
    default_reason = ReasonCode.THROTTLED


class AuthError(PlatformError):
    """The application's credentials or its token were refused, also after one renewal."""

    kind = FailureKind.AUTH
    default_reason = ReasonCode.CREDENTIALS_REFUSED


class PermissionRefusedError(PlatformError):
    kind = FailureKind.PERMISSION
    default_reason = ReasonCode.PERMISSION_MISSING


class NotFoundError(PlatformError):
    """Not there, or not for the user in the path; what that means depends on what was asked."""

    kind = FailureKind.NOT_FOUND
    default_reason = ReasonCode.NOT_AVAILABLE


class BadResponseError(PlatformError):
    """An answer that no reader of the vendor's documentation would expect."""

    kind = FailureKind.BAD_RESPONSE
    default_reason = ReasonCode.BAD_RESPONSE


class ConfigurationError(PlatformError):
    """Settings or tenant set-up are missing; trying again changes nothing."""

    kind = FailureKind.CONFIG
    default_reason = ReasonCode.NOT_CONFIGURED


class StoppedError(PlatformError):
    """The run ended or lost its lease while this call was under way; nobody reads its result."""

    kind = FailureKind.TRANSIENT
    default_reason = ReasonCode.TIME_UP
