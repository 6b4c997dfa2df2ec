"""Thin: a task takes an id and is safe to run twice."""

from celery import shared_task

from conferences.arranging import orders
from conferences.notifications import administrators, participants


@shared_task
def carry_out(change_id: int) -> None:
    orders.carry_out(change_id)


@shared_task
def send_mail(conference_id: int) -> int:
    return participants.send_due(conference_id)


@shared_task
def tell_administrators() -> int:
    return administrators.send_due()


@shared_task
def sweep_changes() -> int:
    """Rings again for what a person asked for and the broker lost, and for mail that is owed."""
    rung = orders.sweep()
    administrators.follow_causes()
    for conference_id in participants.conferences_with_due():
        orders.post(conference_id)
    if administrators.has_due():
        tell_administrators.delay()
    return rung
