"""One step towards what the rows want: a call or two, and what came of them stored at once.

Every step may be taken again after a crash at any moment: the result is the same.
"""

import uuid
from dataclasses import replace
from functools import partial

from conferences.arranging.keeping import conference_of, keep, keep_recording, ref_of
from conferences.models import RetiredMeeting
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from conferences.rules.arranging import Step
from platforms.context import CallContext
from platforms.contract import NewMeeting, Platform
from platforms.errors import ConfigurationError, NotFoundError, PlatformError
from platforms.reasons import ReasonCode
from platforms.records import RemoteMeeting
from syncing.database import with_database
from syncing.registry import get_platform

REFUSED = {400, 403, 404}  # whoever answers so has made nothing


class Steps:
    """All steps of the meetings of one run. ``organizers``: looked up once each, by e-mail."""

    def __init__(self, platform_name: str, context: CallContext) -> None:
        self._platform_name, self.context = platform_name, context
        self.organizers: dict[str, str] = {}
        self.asked_to_record = 0  # how often the platform was told to switch it
        self._found: RemoteMeeting | None = None  # by the step before, with its setting

    @property
    def _platform(self) -> Platform:
        """Raises ConfigurationError where it is not to be had."""
        platform = get_platform(self._platform_name)
        platform.check_configured()
        return platform

    def take(self, step: Step, meeting: PlannedMeeting) -> None:
        """Raises PlatformError for whatever hindered it."""
        match step:
            case Step.CREATE:
                self._create(meeting)
            case Step.READ_LINK:
                self._read_link(meeting)
            case Step.MOVE:
                self._move(meeting)
            case Step.REMOVE:
                self._remove(meeting)
            case Step.FIND:
                self._find(meeting)
            case Step.RECORD:
                self._record(meeting)
            case Step.REMOVE_RETIRED:
                self._remove_retired(meeting)

    def records_itself(self, meeting: PlannedMeeting) -> bool:
        """Only a question, for a dry run; also of a meeting whose id is not known yet."""
        if meeting.online_meeting_id:
            found = RemoteMeeting(meeting.online_meeting_id, self._organizer_id(meeting), ())
        else:
            found = self._resolve(meeting)
        if found.records_itself is not None:
            return found.records_itself
        return self._platform.fetch_recording_setting(found, self.context)

    def _create(self, meeting: PlannedMeeting) -> None:
        is_first = meeting.transaction_id is None
        if is_first and not keep(
            meeting,
            "calendar_sequence",
            transaction_id=str(uuid.uuid4()),
            told_sequence=meeting.calendar_sequence,
        ):
            return
        try:
            event = self._platform.create_event(_told(meeting), self.context)
        except PlatformError as error:
            if is_first and error.status in REFUSED:
                keep(meeting, transaction_id=None)  # there is none to be found
            raise
        if not keep(meeting, meeting_id=event.event_id, meeting_link=event.join_url):
            return
        if event.join_url is None:
            self._read_late_link(meeting)

    def _read_late_link(self, meeting: PlannedMeeting) -> None:
        """Of an event made just now, or found again: its link may come a little later."""
        assert meeting.meeting_id, "it was kept just now"
        organizer = _organizer(meeting)
        event = self._platform.fetch_event(organizer, meeting.meeting_id, self.context)
        if event.join_url is None:
            raise self._platform.explain_no_meeting(organizer, self.context)
        keep(meeting, meeting_link=event.join_url)

    def _read_link(self, meeting: PlannedMeeting) -> None:
        """An event that never got a meeting is replaced by another one."""
        assert meeting.meeting_id, "the step is due for events"
        organizer = _organizer(meeting)
        try:
            event = self._platform.fetch_event(organizer, meeting.meeting_id, self.context)
        except NotFoundError as error:
            if error.reason is not ReasonCode.EVENT_GONE or not meeting.wants_meeting:
                raise
        else:
            if event.join_url:
                keep(meeting, meeting_link=event.join_url)
                return
            if not meeting.wants_meeting:
                raise self._platform.explain_no_meeting(organizer, self.context)
        # also of one that was not found: a 404 may pass, and two events would live
        self._platform.remove_event(organizer, meeting.meeting_id, self.context)
        keep(meeting, meeting_id=None, transaction_id=None)

    def _move(self, meeting: PlannedMeeting) -> None:
        assert meeting.meeting_id, "the step is due for events"
        told, sequence = _told(meeting), meeting.calendar_sequence
        self._platform.change_event(meeting.meeting_id, told, self.context)
        keep(meeting, told_sequence=sequence)

    def _remove(self, meeting: PlannedMeeting) -> None:
        assert meeting.meeting_id, "the step is due for events"
        sequence = meeting.calendar_sequence
        self._platform.remove_event(_organizer(meeting), meeting.meeting_id, self.context)
        keep(meeting, told_sequence=sequence)

    def _find(self, meeting: PlannedMeeting) -> None:
        found = self._resolve(meeting)
        kept = keep(
            meeting,
            online_meeting_id=found.meeting_id,
            chat_thread_id=found.thread_id,
            chat_post_id=found.post_id,
        )
        self._found = found if kept else None

    def _record(self, meeting: PlannedMeeting) -> None:
        """What is as it should be already is only noted."""
        found, self._found = self._found, None
        if found is None or found.meeting_id != meeting.online_meeting_id:
            found = RemoteMeeting(meeting.online_meeting_id, self._organizer_id(meeting), ())
        is_on = found.records_itself
        if is_on is None:
            is_on = self._platform.fetch_recording_setting(found, self.context)
        wanted = meeting.is_recording_wanted
        if is_on != wanted:
            self.asked_to_record += 1
            self._platform.set_recording(found, wanted, self.context)
            if wanted and not keep_recording(meeting, RecordingStatus.ENABLED):
                return
            if self._platform.fetch_recording_setting(found, self.context) != wanted:
                raise ConfigurationError(
                    "Teams took the setting and did not keep it.",
                    reason=ReasonCode.RECORDING_NOT_KEPT,
                )
        if wanted and meeting.auto_recording_status != RecordingStatus.VERIFIED:
            keep_recording(meeting, RecordingStatus.VERIFIED)
        elif not wanted:
            why = {"why": meeting.recording_why}
            code = ReasonCode.RECORDING_NOT_WANTED
            keep_recording(meeting, RecordingStatus.NOT_ATTEMPTED, code, why)

    def _remove_retired(self, meeting: PlannedMeeting) -> None:
        conference = conference_of(meeting)
        waiting = conference.retired_meetings.filter(slot=meeting.slot, removes_event=True)
        for retired in with_database(lambda: list(waiting)):
            rows = RetiredMeeting.objects.filter(pk=retired.pk)
            event_id, organizer = retired.meeting_id, retired.organizer_email
            if event_id is None and retired.transaction_id:  # asked for, and never heard of
                asked = replace(
                    _told(meeting),
                    organizer_email=organizer,
                    transaction_id=retired.transaction_id,
                )
                event_id = self._platform.create_event(asked, self.context).event_id
                with_database(partial(rows.update, meeting_id=event_id))
            if event_id:
                self._platform.remove_event(organizer, event_id, self.context)
            with_database(partial(rows.update, removes_event=False))

    def _resolve(self, meeting: PlannedMeeting) -> RemoteMeeting:
        """The meeting with its id; whoever organizes it is remembered."""
        email = _organizer(meeting)
        ref = ref_of(meeting, self.organizers.get(email))
        resolved = self._platform.resolve_meeting(ref, self.context)
        self.organizers[email] = resolved.meeting.organizer_id
        if resolved.id_failure is not None:
            raise resolved.id_failure
        return resolved.meeting

    def _organizer_id(self, meeting: PlannedMeeting) -> str:
        email = _organizer(meeting)
        if email not in self.organizers:
            self.organizers[email] = self._platform.find_organizer(email, self.context)
        return self.organizers[email]


def _organizer(meeting: PlannedMeeting) -> str:
    email = conference_of(meeting).organizer_email
    if not email:
        raise NotFoundError("No organizer is set.", reason=ReasonCode.NO_ORGANIZER)
    return email


def _told(meeting: PlannedMeeting) -> NewMeeting:
    return NewMeeting(
        organizer_email=_organizer(meeting),
        subject=conference_of(meeting).title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        transaction_id=meeting.transaction_id or "",
    )
