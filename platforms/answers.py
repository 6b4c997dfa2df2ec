"""What comes back through the door to the network: an answer, or a failure below HTTP."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from platforms.errors import BadResponseError
from platforms.retry import RetryKind


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def request_id(self) -> str:
        """The vendor's id of this call, to quote in a support case."""
        return self.headers.get("request-id") or self.headers.get("x-ms-request-id") or ""

    def json_object(self) -> dict[str, Any]:
        """The body as a JSON object; BadResponseError for anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise BadResponseError(
                f"Expected JSON, got {self.headers.get('Content-Type', 'no content type')}.",
                status=self.status,
                request_id=self.request_id,
            ) from error
        if not isinstance(value, dict):
            raise BadResponseError(
                f"Expected a JSON object, got {type(value).__name__}.",
                status=self.status,
                request_id=self.request_id,
            )
        return value


class NetworkFailure(Exception):
    """One try failed below HTTP; ``kind`` chooses the retry policy."""

    def __init__(self, kind: RetryKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
