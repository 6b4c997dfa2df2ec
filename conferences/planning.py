"""A conference as the engine needs it: its meetings and what is asked of them."""

from collections.abc import Sequence

from conferences.intakes import Intakes
from conferences.models import Conference
from conferences.models.meeting import PlannedMeeting
from conferences.operations import OPERATIONS
from conferences.store.plan import margins
from platforms.contract import MeetingRef
from platforms.reasons import ReasonCode
from syncing.operation import SyncPlan, Target
from syncing.outcomes import Reason


def plan_sync(conference: Conference, operations: Sequence[str]) -> SyncPlan:
    """One target a meeting: the conference's own, or one for each slot that is not cancelled."""
    targets = _targets(conference)
    intakes = Intakes.of(conference, targets)
    before, after = margins()
    return SyncPlan(
        platform=conference.platform,
        targets=targets,
        operations=tuple(OPERATIONS[name](conference, intakes) for name in operations),
        intakes=intakes.by_feed,
        before=before,
        after=after,
    )


def _targets(conference: Conference) -> tuple[Target, ...]:
    if not conference.use_time_slots:
        return (_target(conference, conference, _skip(conference, conference)),)
    slots = list(conference.time_slots.all())
    held = [slot for slot in slots if slot.cancelled_at is None]
    if not held:
        why = ReasonCode.MEETING_CANCELLED if slots else ReasonCode.NO_TIME_SLOTS
        return (_target(conference, conference, Reason(why)),)
    return tuple(_target(conference, slot, _skip(conference, slot)) for slot in held)


def _target(conference: Conference, meeting: PlannedMeeting, skip: Reason | None) -> Target:
    return Target(
        slot=meeting.slot,
        label=f"{meeting.starts_at:%Y-%m-%d %H:%M} UTC" if meeting.slot else "",
        ref=MeetingRef(
            organizer_email=conference.organizer_email or None,
            organizer_id=None,
            join_url=meeting.meeting_link,
            meeting_id=meeting.online_meeting_id,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            thread_id=meeting.chat_thread_id,
            post_id=meeting.chat_post_id,
            team_id=meeting.team_id,
        ),
        skip=skip,
    )


def _skip(conference: Conference, meeting: PlannedMeeting) -> Reason | None:
    """Why there is no use in asking the platform."""
    if not meeting.meeting_link and not meeting.online_meeting_id:
        return Reason(ReasonCode.NO_MEETING_LINKED)
    if not conference.organizer_email:
        return Reason(ReasonCode.NO_ORGANIZER)
    return None
