"""Thin: a task takes an id and is safe to run twice."""

from celery import shared_task

from syncing import engine, leases


@shared_task
def run_sync(run_id: int) -> None:
    engine.run(run_id)


@shared_task
def sweep_runs() -> int:
    return leases.sweep()
