"""Finds a run's meetings: those that are planned now, and those that they had before."""

from platforms.contract import Resolved
from platforms.errors import PlatformError
from syncing.alternatives import is_missing
from syncing.journal import Journal
from syncing.models.event import Level
from syncing.operation import SyncPlan, Target
from syncing.reading import Found, MeetingFound, Reader
from syncing.subject import SyncSubject


class Finder:
    """``missing``: by slot, why none of its meetings could be found. ``look_ups``: requests."""

    def __init__(self, subject: SyncSubject, plan: SyncPlan, journal: Journal) -> None:
        self._subject, self._plan, self._journal = subject, plan, journal
        self._found: dict[Target, Resolved] = {}
        self._lost: dict[Target, PlatformError] = {}
        self.missing: dict[int | None, PlatformError] = {}
        self.look_ups: dict[int | None, int] = {}

    def start(self, reader: Reader) -> None:
        for target in self._asked:
            self._journal.plan_parts(len(target.also))
            for meeting in target.meetings:
                reader.find_meeting(meeting)

    def take(self, arrival: MeetingFound) -> None:
        target, error = arrival.target, arrival.error
        self._journal.requests += arrival.requests
        self._journal.part_done()
        self.look_ups[target.slot] = self.look_ups.get(target.slot, 0) + arrival.requests
        if arrival.resolved is not None:
            self._found[target] = arrival.resolved
            self._keep(target, arrival.resolved)
        elif error is not None:
            self._lost[target] = error
            self._tell(target, error)

    def end(self) -> None:
        for target in self._asked:
            if not any(meeting in self._found for meeting in target.meetings):
                self.missing[target.slot] = self._lost[target]

    @property
    def found(self) -> list[Found]:
        """In the order of the plan, what a target has now before what it had."""
        meetings = [meeting for target in self._asked for meeting in target.meetings]
        return [(one, self._found[one]) for one in meetings if one in self._found]

    @property
    def lost(self) -> list[tuple[Target, PlatformError]]:
        """What is to be told of targets of which another meeting was found."""
        return [
            (one, error)
            for one, error in self._lost.items()
            if one.slot not in self.missing and not self.is_gone(one, error)
        ]

    def is_gone(self, target: Target, error: PlatformError | None) -> bool:
        """Whether a meeting of before is not there any more, which is nobody's trouble.

        What was read of it stays, and the one that replaced it is what counts.
        """
        return target not in self._plan.targets and is_missing(error)

    @property
    def _asked(self) -> list[Target]:
        return [target for target in self._plan.targets if target.skip is None]

    def _keep(self, target: Target, resolved: Resolved) -> None:
        meeting, ref = resolved.meeting, target.ref
        if resolved.id_failure is not None:
            self._tell(target, resolved.id_failure)
            return
        told = (meeting.meeting_id, meeting.thread_id, meeting.post_id)
        is_watched = ref.watches_recording and meeting.records_itself is not None
        if is_watched or told != (ref.meeting_id, ref.thread_id, ref.post_id):
            self._journal.write(lambda: self._subject.keep_meeting(target, meeting))
        is_new = meeting.meeting_id and meeting.meeting_id != ref.meeting_id
        self._journal.event("meeting_id_kept" if is_new else "meeting_found")
        if is_watched and not meeting.records_itself:
            self._journal.event("recording_switched_off", Level.WARNING)

    def _tell(self, target: Target, error: PlatformError) -> None:
        if self.is_gone(target, error):
            self._journal.event("gone_before", source="meeting")
            return
        self._journal.event(
            "meeting_missing", Level.WARNING, code=error.reason, params=error.params
        )
