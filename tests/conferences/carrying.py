"""Changes of meetings, carried out as workers do."""

from datetime import UTC, datetime, timedelta

from conferences.arranging import orders


def tomorrow(hours: int = 0) -> datetime:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return now + timedelta(days=1, hours=hours)


def carry_out_all() -> None:
    while waiting := list(orders.takeable()):
        for change in waiting:
            assert orders.carry_out(change.pk)
