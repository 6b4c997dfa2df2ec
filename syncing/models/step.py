"""What a run remembers of one operation for one meeting."""

from dataclasses import asdict, fields
from typing import Any

from django.db import models

from syncing import phrases
from syncing.models.run import SyncRun
from syncing.outcomes import Counts, OperationResult, Outcome, Reason


class SyncStep(models.Model):
    """``outcome`` is NULL until the operation has ended."""

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="steps")
    operation = models.CharField(max_length=40)
    slot = models.PositiveBigIntegerField(null=True)
    label = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, choices=[(o, o) for o in Outcome], null=True)  # noqa: DJ001
    reason_code = models.CharField(max_length=40, null=True)  # noqa: DJ001
    reason_params = models.JSONField(default=dict)
    retry_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=40, null=True)  # noqa: DJ001
    fetched = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    vanished = models.PositiveIntegerField(default=0)
    failures = models.JSONField(default=list)
    seconds = models.FloatField(default=0)
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.operation}: {self.outcome or 'not ended'}"

    @property
    def reason(self) -> Reason | None:
        if not self.reason_code:
            return None
        return Reason.stored(self.reason_code, self.reason_params, self.retry_at)

    @property
    def sentence(self) -> str:
        """The reason in words, in the reader's language; "" if there is none."""
        return phrases.sentence(self.reason) if self.reason else ""

    @property
    def counts(self) -> Counts:
        return Counts(**{one.name: getattr(self, one.name) for one in fields(Counts)})

    def remember(self, result: OperationResult) -> None:
        """Set all columns of the result; the caller saves."""
        self.outcome, self.source = result.outcome, result.source
        self.seconds, self.requests = result.seconds, result.requests
        for name, count in asdict(result.counts).items():
            setattr(self, name, count)
        if result.reason:
            self.reason_code = result.reason.code
            self.reason_params = dict(result.reason.params)
            self.retry_at = result.reason.retry_at
        self.failures = [
            {
                "feed": failure.feed,
                "kind": failure.kind,
                "code": failure.reason,
                "detail": failure.detail,
                "request_id": failure.request_id,
            }
            for failure in result.failures
        ]

    def as_json(self) -> dict[str, Any]:
        """The shape that commands and the JSON address of a run promise."""
        reason = self.reason
        return {
            "operation": self.operation,
            "slot": self.slot,
            "outcome": self.outcome,
            "reason": reason
            and {
                "code": reason.code,
                "message": self.sentence,
                "who": reason.who,
                "retry_at": reason.retry_at.isoformat() if reason.retry_at else None,
            },
            "source": self.source,
            **asdict(self.counts),
            "failures": self.failures,
        }
