"""Microsoft Teams as the sync engine sees it."""

from collections.abc import Iterator

from platforms.context import CallContext
from platforms.contract import (
    CalendarEvent,
    Feed,
    FeedPage,
    Known,
    MeetingRef,
    NewMeeting,
    Resolved,
    Window,
)
from platforms.errors import PlatformError
from platforms.rates import Gate, RateGate, SharedRateGate
from platforms.records import RemoteMeeting
from teams_integration.client import GraphClient
from teams_integration.config import TeamsConfig
from teams_integration.services import (
    attendance_reports,
    calendar,
    call_records,
    chats,
    drives,
    online_meetings,
    recordings,
    transcripts,
    users,
)


class TeamsPlatform:
    """One per process: its token, connections and pacing are shared by all threads."""

    def __init__(self, config: TeamsConfig | None = None) -> None:
        self._config = config or TeamsConfig.from_settings()
        self._graph = GraphClient.connect(self._config, self._gate())

    def _gate(self) -> Gate:
        url = self._config.rate_gate_url
        return SharedRateGate(url, self._config.tenant_id) if url else RateGate()

    def check_configured(self) -> None:
        self._config.check()

    def resolve_meeting(self, ref: MeetingRef, context: CallContext) -> Resolved:
        return online_meetings.resolve(self._graph, ref, context)

    def find_organizer(self, email: str, context: CallContext) -> str:
        return users.fetch_user(self._graph, email, context).directory_id

    def create_event(self, new: NewMeeting, context: CallContext) -> CalendarEvent:
        return calendar.create(self._graph, new, context)

    def fetch_event(
        self, organizer_email: str, event_id: str, context: CallContext
    ) -> CalendarEvent:
        return calendar.fetch(self._graph, organizer_email, event_id, context)

    def explain_no_meeting(self, organizer_email: str, context: CallContext) -> PlatformError:
        return calendar.explain_no_meeting(self._graph, organizer_email, context)

    def change_event(self, event_id: str, now: NewMeeting, context: CallContext) -> None:
        calendar.change(self._graph, event_id, now, context)

    def remove_event(self, organizer_email: str, event_id: str, context: CallContext) -> None:
        calendar.remove(self._graph, organizer_email, event_id, context)

    def fetch_recording_setting(self, meeting: RemoteMeeting, context: CallContext) -> bool:
        return online_meetings.records_itself(self._graph, meeting, context)

    def set_recording(self, meeting: RemoteMeeting, on: bool, context: CallContext) -> None:
        online_meetings.set_recording(self._graph, meeting, on, context)

    def read(
        self,
        feed: Feed,
        meeting: RemoteMeeting,
        window: Window,
        known: Known,
        context: CallContext,
    ) -> Iterator[FeedPage]:
        graph, config = self._graph, self._config
        match feed:
            case Feed.ATTENDANCE_REPORTS:
                return attendance_reports.read(graph, meeting, window, context)
            case Feed.CALL_RECORDS:
                return call_records.read(graph, meeting, window, context, config.call_record_rate)
            case Feed.RECORDINGS:
                return recordings.read(graph, meeting, window, context)
            case Feed.DRIVE:
                return drives.read_recordings(graph, meeting, window, known, context)
            case Feed.CHAT:
                return chats.read(graph, meeting, window, known, context, config.chat_rate)
            case Feed.SHARED_FILES:
                return drives.read_shared(graph, meeting, known, context)
            case Feed.TRANSCRIPTS:
                return transcripts.read(graph, meeting, window, known, context)
