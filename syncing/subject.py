"""What can be synced says how."""

from collections.abc import Sequence

from django.db import models

from platforms.records import RemoteMeeting
from syncing.operation import SyncPlan, Target


class SyncSubject(models.Model):
    """Abstract base of a conference (and later of a webinar account)."""

    last_run = models.ForeignKey(
        "syncing.SyncRun",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def log_name(self) -> str:
        """What operators grep for, such as "conference 46"."""
        return f"{self._meta.model_name} {self.pk}"

    def sync_operations(self) -> tuple[str, ...]:
        """Names of all operations that a run can have."""
        raise NotImplementedError(f"{type(self).__name__} does not say what can be synced.")

    def sync_plan(self, operations: Sequence[str]) -> SyncPlan:
        """What a run of these operations reads and where it saves."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it is synced.")

    def keep_meeting(self, target: Target, meeting: RemoteMeeting) -> None:
        """Store what the platform told: ids, and whether it records by itself if that was asked.

        Only where ``target`` is still what was looked for.
        """
        raise NotImplementedError(f"{type(self).__name__} has no meetings.")
