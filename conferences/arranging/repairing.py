"""Old meetings, made to record themselves: what the command and the administration share."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from conferences.arranging import orders
from conferences.arranging.arranger import Arranged, arrange, is_past_asking
from conferences.arranging.keeping import conference_of, is_over, state_of
from conferences.arranging.steps import Steps
from conferences.models import Conference, MeetingChange
from conferences.models.change import ChangeKind
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.notifications import administrators
from conferences.rules.arranging import Step, next_step
from platforms.context import WaitingBudget
from platforms.errors import PlatformError
from platforms.reasons import Actor, ReasonCode
from syncing.database import with_database
from syncing.outcomes import Reason

logger = logging.getLogger(__name__)

MOST_IN_VAIN = 3  # meetings in a row that the platform put off: the rest is left for another run


class Repair(StrEnum):
    FIXED = "fixed"
    ALREADY_FINE = "already_fine"
    WOULD_FIX = "would_fix"
    CANNOT = "cannot"
    PUT_OFF = "put_off"  # a fault that passes, or a pause: run it again


@dataclass(frozen=True, slots=True)
class Repaired:
    """What came of one meeting. ``steps``: what was done, or in a dry run would be."""

    meeting: PlannedMeeting
    result: Repair
    steps: tuple[Step, ...] = ()
    reason: Reason | None = None


@dataclass(slots=True)
class Repairs:
    """One run over many meetings. ``is_dry``: the platform is asked, and nothing is changed.

    ``patience``: seconds that one meeting may wait for the platform; None as long as a sync may.
    ``seconds_for_all``: after these nothing more is asked, and what is left is put off; None for
    as long as it takes.
    """

    is_dry: bool
    patience: float | None = None
    seconds_for_all: float | None = None
    steps: dict[str, Steps] = field(default_factory=dict)  # by platform
    requests: int = 0
    began: float = field(default_factory=time.monotonic)
    _in_vain: int = 0
    _last: Reason | None = None

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self.began, 3)

    def repair_all(self, meetings: Iterable[PlannedMeeting]) -> Iterator[Repaired]:
        """One after the other; what was done is stored at once, so that a run may be killed."""
        organizers = set()
        for meeting in meetings:
            try:
                with_database(meeting.refresh_from_db)
            except ObjectDoesNotExist:
                continue  # somebody has taken it out of the plan meanwhile
            organizers.add(conference_of(meeting).organizer_email)
            yield self._repair(meeting)
        if not self.is_dry:
            for organizer in sorted(organizers):
                with_database(lambda email=organizer: administrators.follow_causes(email))  # type: ignore[misc]

    def _repair(self, meeting: PlannedMeeting) -> Repaired:
        if is_decided(meeting):
            return Repaired(meeting, Repair.ALREADY_FINE)
        if self._in_vain >= MOST_IN_VAIN:
            return Repaired(meeting, Repair.PUT_OFF, reason=self._last)
        if not is_there_or_wanted(meeting):
            return Repaired(meeting, Repair.CANNOT, reason=Reason(ReasonCode.NO_MEETING_LINKED))
        steps = self._steps_for(conference_of(meeting).platform)
        before = steps.context.requests
        result = _examine(meeting, steps) if self.is_dry else _mend(meeting, steps)
        self.requests += steps.context.requests - before
        self._last = result.reason
        self._in_vain = self._in_vain + 1 if result.result is Repair.PUT_OFF else 0
        return result

    def _steps_for(self, platform: str) -> Steps:
        steps = self.steps.setdefault(platform, Steps(platform, orders.context()))
        patience = settings.SYNC_VENDOR_WAIT_SECONDS if self.patience is None else self.patience
        steps.context.budget = WaitingBudget(patience)  # each its own
        steps.context.deadline = time.monotonic() + settings.SYNC_RUN_SECONDS
        if self.seconds_for_all is not None:
            steps.context.deadline = self.began + self.seconds_for_all
        return steps


def meetings_to_repair(conferences: Iterable[Conference]) -> list[PlannedMeeting]:
    """All that are planned and not cancelled, by conference and time."""
    return [
        meeting
        for conference in conferences
        for meeting in conference.meetings()
        if not meeting.is_cancelled
    ]


def _mend(meeting: PlannedMeeting, steps: Steps) -> Repaired:
    status, asked = meeting.auto_recording_status, steps.asked_to_record
    arranged = arrange(meeting, steps, checks_recording=True)
    done: tuple[Step, ...] = tuple(step for step in arranged.done if step is not Step.RECORD)
    if steps.asked_to_record != asked or meeting.auto_recording_status != status:
        done = (*done, Step.RECORD)
    if done or arranged.failed:
        _remember(meeting, arranged)
    if arranged.failed:
        return _hindered(meeting, arranged.reason, done)
    return Repaired(meeting, Repair.FIXED if done else Repair.ALREADY_FINE, done)


def _examine(meeting: PlannedMeeting, steps: Steps) -> Repaired:
    """Only questions: what a repair would do."""
    would: list[Step] = []
    state = state_of(meeting)
    step = next_step(state, checks_recording=True)
    try:
        if step in {Step.CREATE, Step.READ_LINK}:
            return Repaired(meeting, Repair.WOULD_FIX, (step, Step.FIND, Step.RECORD))
        if meeting.is_event_stale:
            would.append(Step.MOVE)
        if not meeting.online_meeting_id:
            would.append(Step.FIND)
        if steps.records_itself(meeting) != meeting.is_recording_wanted:
            would.append(Step.RECORD)
        elif meeting.auto_recording_status != RecordingStatus.VERIFIED:
            would.append(Step.RECORD)  # to be noted
        if state.retired_events:
            would.append(Step.REMOVE_RETIRED)
    except PlatformError as error:
        return _hindered(meeting, Reason.of(error))
    return Repaired(meeting, Repair.WOULD_FIX if would else Repair.ALREADY_FINE, tuple(would))


def _hindered(
    meeting: PlannedMeeting, reason: Reason | None, steps: tuple[Step, ...] = ()
) -> Repaired:
    passes = reason is not None and reason.who is Actor.WAIT
    return Repaired(meeting, Repair.PUT_OFF if passes else Repair.CANNOT, steps, reason)


def _remember(meeting: PlannedMeeting, arranged: Arranged) -> None:
    """A line in the meeting's history, unless the last one says the same; until when the platform
    asked for a pause is kept up to date there.
    """
    told = orders.told(meeting, arranged)
    changes = conference_of(meeting).changes.filter(slot_id=meeting.slot)
    last = with_database(lambda: changes.exclude(finished_at=None).first())
    if last is not None and last.kind == ChangeKind.REPAIRED and _is_same(last.told, told):
        last.told = told
        with_database(lambda: last.save(update_fields=["told"]))
        return
    change = MeetingChange(
        conference=conference_of(meeting),
        slot_id=meeting.slot,
        kind=ChangeKind.REPAIRED,
        finished_at=timezone.now(),
        told=told,
    )
    with_database(change.save)


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return {**one, "retry_at": None} == {**other, "retry_at": None}


def is_decided(meeting: PlannedMeeting) -> bool:
    """An administrator has said how it is to be, and so it is; or it is over, and that is known."""
    is_accepted = meeting.auto_recording_status == RecordingStatus.ACCEPTED
    is_opted_out = not meeting.is_recording_wanted
    is_off = is_opted_out and meeting.auto_recording_status == RecordingStatus.NOT_ATTEMPTED
    return is_accepted or is_off or is_past_asking(meeting)


def is_there_or_wanted(meeting: PlannedMeeting) -> bool:
    """There is a meeting, or one is to be made."""
    is_there = bool(meeting.meeting_link or meeting.online_meeting_id)
    return is_there or (meeting.wants_meeting and not is_over(meeting))
