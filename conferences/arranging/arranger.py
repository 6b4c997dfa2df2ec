"""Takes a meeting step by step to what its row says, and notes what hinders it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from conferences.arranging.keeping import is_over, keep, keep_recording, name_of, state_of
from conferences.arranging.steps import Steps
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.rules.arranging import Step, next_step
from platforms.errors import NotFoundError, PlatformError
from platforms.redact import redact
from syncing.database import with_database
from syncing.outcomes import Reason

logger = logging.getLogger(__name__)

MOST_STEPS = 30  # far more than a meeting can need, even if somebody changes it meanwhile
NEVER_RECORDED = {RecordingStatus.PENDING, RecordingStatus.NOT_ATTEMPTED, RecordingStatus.FAILED}
SEEN_ON = {RecordingStatus.ENABLED, RecordingStatus.VERIFIED, RecordingStatus.DRIFTED}  # once


@dataclass(slots=True)
class Arranged:
    """What was done, and why the rest was not, in the order of happening."""

    done: list[Step] = field(default_factory=list)
    failed: dict[Step, PlatformError] = field(default_factory=dict)

    @property
    def reason(self) -> Reason | None:
        """The first thing that hindered it: the others follow from it, or can be tried later."""
        first = next(iter(self.failed.values()), None)
        return Reason.of(first) if first else None


def arrange(
    meeting: PlannedMeeting,
    steps: Steps,
    *,
    checks_recording: bool = False,
    beat: Callable[[], None] = lambda: None,
) -> Arranged:
    """All steps that are due; ``meeting`` is as it is stored afterwards.

    ``beat`` is called before every step. Only faults of the platform are caught.
    """
    arranged = Arranged()
    for _ in range(MOST_STEPS):
        beat()
        with_database(meeting.refresh_from_db)
        is_known = Step.RECORD in arranged.done or is_past_asking(meeting)
        checks = checks_recording and not is_known
        step = next_step(state_of(meeting), arranged.failed, checks_recording=checks)
        if step is None:
            _note_problem(meeting, arranged)
            return arranged
        was = meeting.auto_recording_status
        try:
            steps.take(step, meeting)
        except PlatformError as error:
            logger.warning("%s: %s failed: %s", name_of(meeting), step, redact(error.detail))
            arranged.failed[step] = error
            _note_recording(meeting, step, error, was)
        else:
            logger.info("%s: %s is done", name_of(meeting), step)
            arranged.done.append(step)
    raise RuntimeError(f"{name_of(meeting)} does not come to an end: {arranged.done[-3:]}")


def give_up(meeting: PlannedMeeting, error: PlatformError) -> Arranged:
    """A fault of ours stopped it: nothing more is known, and that is told."""
    arranged = Arranged(failed={Step.FIND: error})
    with_database(meeting.refresh_from_db)
    _note_recording(meeting, Step.FIND, error, meeting.auto_recording_status)
    _note_problem(meeting, arranged)
    return arranged


def is_past_asking(meeting: PlannedMeeting) -> bool:
    """It is over and was known to record itself; what the platform says by now changes nothing."""
    return is_over(meeting) and meeting.auto_recording_status == RecordingStatus.VERIFIED


def _note_recording(meeting: PlannedMeeting, step: Step, error: PlatformError, was: str) -> None:
    """Failed, if it was tried; what was known before is not lost over a call that said nothing,
    nor after the end: platforms forget their meetings.
    """
    status = RecordingStatus(meeting.auto_recording_status)
    if not meeting.is_recording_wanted or status is RecordingStatus.ACCEPTED:
        return
    if step is Step.RECORD:
        if is_over(meeting) and was in SEEN_ON:
            return
        says_nothing = status in {RecordingStatus.VERIFIED, RecordingStatus.DRIFTED}
        if not says_nothing or isinstance(error, NotFoundError):
            keep_recording(meeting, RecordingStatus.FAILED, error.reason, error.params)
    elif step in {Step.CREATE, Step.READ_LINK, Step.FIND} and status in NEVER_RECORDED:
        keep_recording(meeting, RecordingStatus.NOT_ATTEMPTED, error.reason, error.params)


def _note_problem(meeting: PlannedMeeting, arranged: Arranged) -> None:
    error = next(iter(arranged.failed.values()), None)
    columns = {
        "problem_code": error.reason if error else None,
        "problem_params": error.params if error else {},
        "problem_request_id": error.request_id[:100] if error else "",
    }
    if any(getattr(meeting, name) != value for name, value in columns.items()):
        keep(meeting, **columns)
