"""What the LMS plans, who belongs to it, and what came back from the platform."""

from conferences.models.attendance import AttendanceRecord, AttendanceSession, AttendanceSitting
from conferences.models.booking import Booking
from conferences.models.change import MeetingChange
from conferences.models.chat import ChatMessage, ChatThread
from conferences.models.conference import Conference
from conferences.models.files import DriveFile, FileLink, SharedFile
from conferences.models.membership import Membership
from conferences.models.notice import MeetingNotice, RecordingNotice, RecordingNoticeMail
from conferences.models.recordings import CallRecording, Recording
from conferences.models.retired_meeting import RetiredMeeting
from conferences.models.time_slot import ConferenceTimeSlot
from conferences.models.transcripts import Transcript, TranscriptCue

__all__ = [
    "AttendanceRecord",
    "AttendanceSession",
    "AttendanceSitting",
    "Booking",
    "CallRecording",
    "ChatMessage",
    "ChatThread",
    "Conference",
    "ConferenceTimeSlot",
    "DriveFile",
    "FileLink",
    "MeetingChange",
    "MeetingNotice",
    "Membership",
    "Recording",
    "RecordingNotice",
    "RecordingNoticeMail",
    "RetiredMeeting",
    "SharedFile",
    "Transcript",
    "TranscriptCue",
]
