"""A conference as the engine needs it: its meetings and what is asked of them."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone

from conferences.arranging.keeping import ref_of
from conferences.intakes import Intakes
from conferences.models import Conference, RetiredMeeting
from conferences.models.meeting import PlannedMeeting
from conferences.operations import OPERATIONS
from conferences.store.meetings import WATCHED
from conferences.store.plan import margins, retired_by_slot
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
    retired = retired_by_slot(conference)
    if not conference.use_time_slots:
        return (_target(conference, conference, retired[None]),)
    slots = list(conference.time_slots.all())
    held = [slot for slot in slots if slot.cancelled_at is None]
    if not held:
        why = ReasonCode.MEETING_CANCELLED if slots else ReasonCode.NO_TIME_SLOTS
        return (Target(None, "", _own(conference), Reason(why)),)
    return tuple(_target(conference, slot, retired[slot.pk]) for slot in held)


def _target(
    conference: Conference, meeting: PlannedMeeting, retired: Sequence[RetiredMeeting]
) -> Target:
    """What it has now comes first, then what it had before, newest first; each once."""
    own, skip = _own(meeting), _skip(conference, meeting)
    before = [_before(one, own) for one in reversed(retired) if one.read_through]
    each: dict[object, MeetingRef] = {}
    for ref in before if skip else [own, *before]:
        each.setdefault(_identity(ref), ref)
    refs = tuple(each.values())
    label = f"{meeting.starts_at:%Y-%m-%d %H:%M} UTC" if meeting.slot else ""
    if not refs:
        return Target(meeting.slot, label, own, skip)
    return Target(meeting.slot, label, refs[0], also=refs[1:])


def _own(meeting: PlannedMeeting) -> MeetingRef:
    is_to_come = meeting.ends_at > timezone.now()
    watches = is_to_come and meeting.auto_recording_status in WATCHED
    return replace(ref_of(meeting, None), watches_recording=watches)


def _before(retired: RetiredMeeting, now: MeetingRef) -> MeetingRef:
    """It is read for the times of what replaced it."""
    return MeetingRef(
        organizer_email=retired.organizer_email or None,
        organizer_id=None,
        join_url=retired.meeting_link,
        meeting_id=retired.online_meeting_id,
        starts_at=now.starts_at,
        ends_at=now.ends_at,
        thread_id=retired.chat_thread_id,
        post_id=retired.chat_post_id,
        team_id=retired.team_id,
    )


def _identity(ref: MeetingRef) -> tuple[str, str | None]:
    return (ref.organizer_email or "").lower(), ref.join_url or ref.meeting_id


def _skip(conference: Conference, meeting: PlannedMeeting) -> Reason | None:
    """Why there is no use in asking the platform."""
    if not meeting.meeting_link and not meeting.online_meeting_id:
        return Reason(ReasonCode.NO_MEETING_LINKED)
    if not conference.organizer_email:
        return Reason(ReasonCode.NO_ORGANIZER)
    return None
