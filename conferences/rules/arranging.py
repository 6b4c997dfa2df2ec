"""What of a planned meeting the platform is still to be told. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """In the order in which they are taken."""

    CREATE = "create"  # make the event, or find the one made before
    READ_LINK = "read_link"  # of an event that had no meeting
    MOVE = "move"  # tell the event its times and title
    REMOVE = "remove"  # the event of a cancelled meeting
    FIND = "find"  # the online meeting's id, from the link
    RECORD = "record"  # ask for automatic recording, and read it back
    REMOVE_RETIRED = "remove_retired"  # events of meetings that were made anew


@dataclass(frozen=True, slots=True)
class MeetingState:
    """``is_served``: its platform can be asked here; a link of another one is only kept.
    ``was_asked_for``: an event was asked for once; whether it was made may be unknown.

    ``is_stale``: the event does not say what the plan says. ``is_recording_settled``: it is as
    it should be, as far as we know, or nobody wants anything of it; ``is_recording_decided``: so
    an administrator said, and nobody looks again.
    """

    is_cancelled: bool = False
    is_served: bool = True
    is_over: bool = False
    wants_meeting: bool = False
    was_asked_for: bool = False
    has_event: bool = False
    has_link: bool = False
    has_id: bool = False
    is_stale: bool = False
    is_recording_settled: bool = False
    is_recording_decided: bool = False
    retired_events: int = 0


def next_step(
    meeting: MeetingState, failed: Collection[Step] = (), *, checks_recording: bool = False
) -> Step | None:
    """The first step that is due and can be taken; None when all is done that can be.

    ``checks_recording``: look at the setting even where it is thought to be right.
    """
    for step in Step:
        is_new = step is Step.READ_LINK and Step.CREATE in failed  # it was read just now
        if step not in failed and not is_new and _is_due(step, meeting, checks_recording):
            return step
    return None


def _is_due(step: Step, meeting: MeetingState, checks_recording: bool) -> bool:
    if meeting.is_cancelled:
        return _is_due_of_cancelled(step, meeting)
    match step:
        case Step.CREATE:
            is_missing = not meeting.has_event and not meeting.has_link
            return meeting.wants_meeting and is_missing and not meeting.is_over
        case Step.READ_LINK:
            return meeting.has_event and not meeting.has_link
        case Step.MOVE:
            return meeting.has_event and meeting.has_link and meeting.is_stale
        case Step.FIND:
            return meeting.is_served and meeting.has_link and not meeting.has_id
        case Step.RECORD:
            looks = checks_recording and not meeting.is_recording_decided
            is_due = looks or not meeting.is_recording_settled
            return meeting.is_served and meeting.has_id and is_due
        case Step.REMOVE_RETIRED:  # once there is another one; a pasted link may be mistyped
            is_there = meeting.has_link if meeting.wants_meeting else meeting.has_id
            return is_there and meeting.retired_events > 0
        case _:
            return False


def _is_due_of_cancelled(step: Step, meeting: MeetingState) -> bool:
    """An event whose making was never answered has to be found before it can be removed."""
    match step:
        case Step.CREATE:
            is_unknown = meeting.was_asked_for and not meeting.has_event
            return meeting.wants_meeting and is_unknown and meeting.is_stale
        case Step.REMOVE:
            return meeting.has_event and meeting.is_stale
        case Step.REMOVE_RETIRED:
            return meeting.retired_events > 0
        case _:
            return False
