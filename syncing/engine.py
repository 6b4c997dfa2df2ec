"""Runs a sync: claims the run, has everything read and saved, concludes, passes the verdict.

Only the engine (this module and syncing.collecting) catches per feed, times, opens transactions
and keeps the lease.
"""

import logging
import os
import socket
import time

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from platforms.errors import FailureKind, PlatformError
from platforms.reasons import ReasonCode
from syncing.collecting import Collector
from syncing.database import DatabaseLostError, ensure_db_connection, with_database
from syncing.journal import Journal
from syncing.leases import LeaseLostError, claim
from syncing.models import SyncRun
from syncing.models.run import Phase
from syncing.operation import Operation, SyncPlan, Target
from syncing.outcomes import (
    DATABASE_LOST,
    Failure,
    FeedOutcome,
    Judgement,
    Message,
    OperationResult,
    Outcome,
    Reason,
    RunStatus,
    Verdict,
)
from syncing.registry import get_platform
from syncing.subject import SyncSubject
from syncing.verdict import conclude, judge

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
OUR_FAULT = Judgement(Verdict.FAILED, Message.FAILED, 0, reason=Reason(ReasonCode.INTERNAL_ERROR))


def run(run_id: int) -> bool:
    """Work on a run if it is free to take; False if somebody else has it or it has ended.

    False as well if somebody took it over meanwhile: the caller may wait for what comes of it.
    """
    ensure_db_connection()
    worker = f"{socket.gethostname()}:{os.getpid()}"
    lease = with_database(lambda: claim(run_id, worker))
    if lease is None:
        return False
    sync_run = SyncRun.objects.select_related("subject_type").get(pk=run_id)
    try:
        subject = sync_run.subject
    except ObjectDoesNotExist:
        logger.warning("Run %s is cancelled: what it was to sync has been deleted", run_id)
        SyncRun.objects.filter(pk=run_id).update(
            status=RunStatus.CANCELLED, lease_expires_at=None, finished_at=timezone.now()
        )
        return True
    journal = Journal(sync_run, lease, subject.log_name)
    try:
        if lease.attempt > MAX_ATTEMPTS:
            logger.error("%s, run %s was left %s times", subject.log_name, run_id, MAX_ATTEMPTS)
            journal.finish(OUR_FAULT)
        else:
            journal.finish(_work(sync_run, subject, journal))
    except LeaseLostError as lost:
        logger.warning("%s: %s", subject.log_name, lost)
        return False
    except (DatabaseLostError, OperationalError, InterfaceError):
        logger.exception("%s, run %s: the database is lost", subject.log_name, run_id)
        journal.finish(DATABASE_LOST)
    except Exception:
        logger.exception("%s, run %s: a fault of ours", subject.log_name, run_id)
        journal.finish(OUR_FAULT)
    return True


def _work(sync_run: SyncRun, subject: SyncSubject, journal: Journal) -> Judgement:
    """One attempt from the plan to the verdict."""
    plan = with_database(lambda: subject.sync_plan(sync_run.operations))
    journal.plan_parts(len(plan.targets) * (1 + len(plan.operations)))
    journal.phase(Phase.RESOLVING)
    journal.start(plan)
    collector = Collector(subject, plan, journal)
    unavailable: PlatformError | None = None
    try:
        platform = get_platform(plan.platform)
        platform.check_configured()
    except PlatformError as error:
        unavailable = error
    else:
        collector.collect(platform)
    journal.phase(Phase.FINISHING)
    results = []
    for operation in plan.operations:
        for target in plan.targets:
            result = _result_of(operation, target, collector, journal, unavailable)
            journal.part_done()
            journal.end_step(result)
            results.append(result)
    return judge(results, is_over=_is_over(plan))


def _result_of(
    operation: Operation,
    target: Target,
    collector: Collector,
    journal: Journal,
    unavailable: PlatformError | None,
) -> OperationResult:
    """What an operation came to; a fault of ours in one is no matter to the others."""
    try:
        return _conclude(operation, target, collector, journal, unavailable)
    except (DatabaseLostError, LeaseLostError, OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("%s: %s could not be concluded", journal.name, operation.name)
        failure = Failure(
            operation.name,
            FailureKind.INTERNAL,
            ReasonCode.INTERNAL_ERROR,
            f"{type(error).__name__} at the end.",
            "",
        )
        reason = Reason(ReasonCode.INTERNAL_ERROR)
        return OperationResult(
            operation.name, target.slot, Outcome.FAILED, reason=reason, failures=(failure,)
        )


def _conclude(
    operation: Operation,
    target: Target,
    collector: Collector,
    journal: Journal,
    unavailable: PlatformError | None,
) -> OperationResult:
    if target.skip is not None:
        return OperationResult(operation.name, target.slot, Outcome.SKIPPED, reason=target.skip)
    began = time.monotonic()
    feeds = collector.feeds_of(operation, target)
    if error := unavailable or collector.missing.get(target.slot):
        feeds = {feed: FeedOutcome(feed, tried=False, error=error) for feed in operation.feeds[:1]}
    counts = journal.write(lambda: operation.finish(target, feeds))
    zero = None if counts.items else with_database(lambda: operation.explain_zero(target, feeds))
    outcome, reason = conclude(list(feeds.values()), counts, zero)
    told = [f for f in feeds.values() if not f.replaced_by or outcome is Outcome.SKIPPED]
    return OperationResult(
        operation.name,
        target.slot,
        outcome,
        counts,
        reason,
        failures=tuple(f.failure for f in told if f.failure),
        source=",".join(f.feed for f in told if f.pages) or None,
        seconds=round(sum(f.seconds for f in feeds.values()) + time.monotonic() - began, 3),
        requests=sum(f.requests for f in feeds.values()) + collector.look_ups.get(target.slot, 0),
    )


def _is_over(plan: SyncPlan) -> bool:
    return plan.ends_at is not None and plan.ends_at <= timezone.now()
