"""What the LMS plans, who belongs to it, and what came back from the platform."""

from conferences.models.attendance import AttendanceRecord, AttendanceSession, AttendanceSitting
from conferences.models.chat import ChatMessage, ChatThread
from conferences.models.conference import Conference
from conferences.models.files import DriveFile, FileLink, SharedFile
from conferences.models.membership import Membership
from conferences.models.recordings import CallRecording, Recording
from conferences.models.time_slot import ConferenceTimeSlot
from conferences.models.transcripts import Transcript, TranscriptCue

__all__ = [
    "AttendanceRecord",
    "AttendanceSession",
    "AttendanceSitting",
    "CallRecording",
    "ChatMessage",
    "ChatThread",
    "Conference",
    "ConferenceTimeSlot",
    "DriveFile",
    "FileLink",
    "Membership",
    "Recording",
    "SharedFile",
    "Transcript",
    "TranscriptCue",
]
