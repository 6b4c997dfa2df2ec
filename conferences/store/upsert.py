"""Insert what is new, update what differs, leave the rest alone: three statements a page."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def upsert(
    existing: QuerySet[Row], rows: Sequence[Row], key: str, columns: Sequence[str]
) -> dict[str, list[Row]]:
    """Store ``rows`` beside ``existing`` (their siblings), told apart by the ``key`` column.

    Of two rows with one key the later counts. Returns the stored rows as "created", "updated" and
    "unchanged", all with primary keys.
    """
    wanted = {getattr(row, key): row for row in rows}
    stored = {getattr(row, key): row for row in existing.filter(**{f"{key}__in": list(wanted)})}
    result: dict[str, list[Row]] = {"created": [], "updated": [], "unchanged": []}
    for name in sorted(wanted):
        row, old = wanted[name], stored.get(name)
        if old is None:
            result["created"].append(row)
        elif changed(old, row, columns):
            result["updated"].append(old)
        else:
            result["unchanged"].append(old)
    existing.model._default_manager.bulk_create(result["created"])
    update(result["updated"], columns)
    return result


def update(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Write ``columns`` of stored rows in one statement."""
    if rows:
        rows[0]._meta.model._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["pk"], update_fields=columns
        )


def changed(old: Any, new: Any, columns: Sequence[str]) -> bool:
    """Copy ``columns`` from new to old; whether any of them differed."""
    differ = [name for name in columns if getattr(old, name) != getattr(new, name)]
    for name in differ:
        setattr(old, name, getattr(new, name))
    return bool(differ)
