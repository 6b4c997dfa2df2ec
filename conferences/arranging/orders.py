"""Who works on which change. The row is the truth, the broker only a doorbell.

Of one meeting the changes are worked on one after the other; of several workers one gets each.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from kombu.exceptions import OperationalError as BrokerError

from conferences.arranging.arranger import Arranged, arrange, give_up
from conferences.arranging.heartbeat import beating
from conferences.arranging.keeping import conference_of, name_of
from conferences.arranging.steps import Steps
from conferences.models import Conference, MeetingChange
from conferences.models.change import ChangeKind
from conferences.models.meeting import PlannedMeeting
from conferences.notifications import administrators, participants
from conferences.rules.arranging import Step
from platforms.context import CallContext, WaitingBudget
from platforms.errors import PlatformError
from syncing.database import DatabaseLostError, ensure_db_connection, with_database

logger = logging.getLogger(__name__)

RING_AGAIN_AFTER = timedelta(seconds=10)
MOST_RUNG = 5  # by one look
MAX_ATTEMPTS = 5


class TakenOverError(Exception):
    """This worker stood still for longer than its lease, and another one has the change."""


def meeting_of(change: MeetingChange) -> PlannedMeeting:
    return change.slot or change.conference


def ring(change_id: int) -> bool:
    """Tell the workers, once in ten seconds at most, that a change waits or was left behind."""
    if not takeable().filter(_is_due(), pk=change_id).update(rung_at=Now()):
        return False
    from conferences.tasks import carry_out  # the task module imports this one

    try:
        carry_out.delay(change_id)
    except (BrokerError, OSError) as error:
        logger.error("Change %s could not be put on the queue: %s", change_id, error)
        return False
    return True


def ring_left_behind(conference: Conference) -> None:
    """Whoever looks at a conference rings for what was asked there and left behind."""
    waiting = takeable().filter(_is_due(), conference=conference)
    for pk in list(waiting.values_list("pk", flat=True)[:MOST_RUNG]):
        ring(pk)


def sweep() -> int:
    """Ring for every change that a person asked for and nobody works on. Returns how many."""
    return sum(ring(pk) for pk in list(takeable().values_list("pk", flat=True)))


def _is_due() -> Q:
    return Q(rung_at=None) | Q(rung_at__lt=Now() - RING_AGAIN_AFTER)


def takeable() -> QuerySet[MeetingChange]:
    """Open changes that nobody holds, the first of each meeting."""
    same = MeetingChange.objects.annotate(of=Coalesce("slot_id", 0)).filter(
        finished_at=None,
        conference=OuterRef("conference"),
        of=Coalesce(OuterRef("slot_id"), 0),
        pk__lt=OuterRef("pk"),
    )
    free = Q(held_until=None) | Q(held_until__lt=Now())
    return MeetingChange.objects.filter(~Exists(same), free, finished_at=None).order_by("id")


def carry_out(change_id: int) -> bool:
    """Work on a change if it is free to take; False if somebody else has it or it has ended."""
    ensure_db_connection()
    taken = takeable().filter(pk=change_id)
    if not with_database(lambda: taken.update(held_until=_hold(), attempt=F("attempt") + 1)):
        return False
    rows = MeetingChange.objects.select_related("conference", "slot__conference")
    change = with_database(lambda: rows.get(pk=change_id))
    meeting = meeting_of(change)
    try:
        if change.attempt > MAX_ATTEMPTS:
            raise RuntimeError(f"{name_of(meeting)}: left {MAX_ATTEMPTS} times")
        arranged = _work(change, meeting)
    except TakenOverError as error:
        logger.warning("%s: %s", name_of(meeting), error)
        return False
    except (DatabaseLostError, OperationalError, InterfaceError):
        raise  # whoever looks next takes it over
    except Exception as error:
        logger.exception("%s: change %s met a fault of ours", name_of(meeting), change_id)
        arranged = give_up(meeting, PlatformError(f"{type(error).__name__}"))
    finish(change, meeting, arranged)
    return True


def _work(change: MeetingChange, meeting: PlannedMeeting) -> Arranged:
    mine = MeetingChange.objects.filter(pk=change.pk, attempt=change.attempt, finished_at=None)

    def beat(until: datetime | None = None) -> None:
        held = until + _lease() if until else _hold()
        if not with_database(lambda: mine.update(held_until=held, waiting_until=until)):
            raise TakenOverError(f"change {change.pk} is no longer attempt {change.attempt}'s")

    def renew() -> None:
        """One call to a silent vendor takes longer than a lease; a pause holds a longer one."""
        with_database(lambda: mine.filter(waiting_until=None).update(held_until=_hold()))

    steps = Steps(conference_of(meeting).platform, context(on_wait=beat))
    checks = change.kind == ChangeKind.REPAIRED  # also what is thought to be right
    with beating(renew, settings.SYNC_HEARTBEAT_SECONDS):
        return arrange(meeting, steps, checks_recording=checks, beat=beat)


def finish(change: MeetingChange, meeting: PlannedMeeting, arranged: Arranged) -> None:
    """The change's last line, what people are to hear of it, and room for the next change."""
    conference = conference_of(meeting)

    def write() -> None:
        with transaction.atomic():
            mine = MeetingChange.objects.filter(attempt=change.attempt, finished_at=None)
            if mine.filter(pk=change.pk).update(
                finished_at=Now(), held_until=None, waiting_until=None, told=told(meeting, arranged)
            ):
                participants.note(change, meeting)
                administrators.follow_causes(conference.organizer_email)

    with_database(write)
    following = takeable().filter(conference=change.conference_id)
    for pk in with_database(lambda: list(following.values_list("pk", flat=True))):
        ring(pk)
    post(conference.pk)


def told(meeting: PlannedMeeting, arranged: Arranged) -> dict[str, Any]:
    """What a change remembers, for conferences.phrases."""
    words: dict[str, Any] = {
        "has_link": meeting.meeting_link is not None,
        "has_event": meeting.meeting_id is not None or Step.REMOVE_RETIRED in arranged.done,
        "is_cancelled": meeting.is_cancelled,
        "recording": meeting.auto_recording_status,
        "recording_code": meeting.recording_code,
        "recording_params": meeting.recording_params,
        "steps": [str(step) for step in arranged.done],
    }
    if arranged.failed:
        words["failed"] = {
            str(step): {"code": str(error.reason), "params": dict(error.params)}
            for step, error in arranged.failed.items()
        }
    if reason := arranged.reason:
        words |= {"code": str(reason.code), "params": dict(reason.params)}
        words["retry_at"] = reason.retry_at.isoformat() if reason.retry_at else None
    return words


def post(conference_id: int) -> None:
    """Have a worker send what people are to hear; what the broker loses, the sweep sends."""
    from conferences.tasks import send_mail

    try:
        send_mail.delay(conference_id)
    except (BrokerError, OSError) as error:
        logger.error("conference %s: mail could not be put on the queue: %s", conference_id, error)


def context(on_wait: Any = lambda until: None) -> CallContext:
    """The limits of one run: how long it may wait for the vendor, and take in all."""
    return CallContext(
        WaitingBudget(settings.SYNC_VENDOR_WAIT_SECONDS),
        time.monotonic() + settings.SYNC_RUN_SECONDS,
        on_wait=on_wait,
    )


def _hold() -> Any:
    return Now() + _lease()


def _lease() -> timedelta:
    return timedelta(seconds=settings.SYNC_LEASE_SECONDS)
