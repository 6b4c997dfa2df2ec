"""What the platform no longer lists is marked, never deleted."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone


def mark_vanished(rows: QuerySet[Any], listed: Collection[str]) -> None:
    """After a complete listing. Nothing is written if nothing vanished."""
    stored = rows.filter(vanished_at=None).values_list("pk", "source_id")
    gone = [pk for pk, source_id in stored if source_id not in listed]
    if gone:
        rows.model._default_manager.filter(pk__in=gone).update(vanished_at=timezone.now())
