"""What the platform no longer lists is marked, never deleted."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from conferences.store.plan import follow_plan, read_for_these
from syncing.operation import Target


def after_listing(
    rows: QuerySet[Any], targets: Collection[Target], listed: Collection[str]
) -> None:
    """After a complete listing for ``targets``: what is gone, and what today's plan still has.

    Nothing is written if nothing changed.
    """
    asked = read_for_these(rows, targets).filter(vanished_at=None)
    stored = asked.values_list("pk", "source_id")
    gone = [pk for pk, source_id in stored if source_id not in listed]
    if gone:
        rows.filter(pk__in=gone).update(vanished_at=timezone.now())
    for target in targets:
        follow_plan(rows, target, "starts_at", "ends_at")
