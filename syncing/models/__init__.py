"""What is remembered of runs."""

from syncing.models.event import SyncEvent
from syncing.models.run import SyncRun
from syncing.models.step import SyncStep

__all__ = ["SyncEvent", "SyncRun", "SyncStep"]
