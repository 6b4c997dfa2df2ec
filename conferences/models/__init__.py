"""What the LMS plans, who belongs to it, and what came back from the platform."""

from conferences.models.attendance import AttendanceRecord, AttendanceSession, AttendanceSitting
from conferences.models.conference import Conference
from conferences.models.membership import Membership
from conferences.models.time_slot import ConferenceTimeSlot

__all__ = [
    "AttendanceRecord",
    "AttendanceSession",
    "AttendanceSitting",
    "Conference",
    "ConferenceTimeSlot",
    "Membership",
]
