"""Thin: a task takes an id and is safe to run twice."""

from celery import shared_task

from conferences.arranging import orders
from conferences.notifications import participants


@shared_task
def carry_out(change_id: int) -> None:
    orders.carry_out(change_id)


@shared_task
def send_mail(conference_id: int) -> int:
    return participants.send_due(conference_id)


@shared_task
def sweep_changes() -> int:
    """Rings again for what a person asked for and the broker lost."""
    return orders.sweep()
