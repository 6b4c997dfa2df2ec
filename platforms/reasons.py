"""Why there is nothing, or less than hoped for, and who can do something about it.

A closed list: docs/sync.md explains every code, syncing/phrases.py has its sentence.
"""

from enum import StrEnum


class Actor(StrEnum):
    """Who can act on a reason."""

    WAIT = "wait"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"
    DEVELOPER = "developer"
    NOBODY = "nobody"  # there is nothing to be done


class ReasonCode(StrEnum):
    # nothing there, and nothing wrong
    NOT_HELD_YET = "not_held_yet"
    NOT_THERE_YET = "not_there_yet"
    NOBODY_ATTENDED = "nobody_attended"
    NOTHING_KEPT = "nothing_kept"
    OUT_OF_REACH = "out_of_reach"
    HELD_ANOTHER_TIME = "held_another_time"
    GUESSES_WAITING = "guesses_waiting"
    RECORDINGS_NOT_THERE_YET = "recordings_not_there_yet"
    NOT_RECORDED = "not_recorded"
    RECORDING_GONE = "recording_gone"
    RECORDING_GUESSES_WAITING = "recording_guesses_waiting"
    NOT_TRANSCRIBED = "not_transcribed"
    NOBODY_WROTE = "nobody_wrote"
    NO_FILES_SHARED = "no_files_shared"
    FILES_GONE = "files_gone"
    COUNTED_BEFORE = "counted_before"
    # could not be tried
    NO_MEETING_LINKED = "no_meeting_linked"
    NO_TIME_SLOTS = "no_time_slots"
    NO_ORGANIZER = "no_organizer"
    ORGANIZER_UNKNOWN = "organizer_unknown"
    ORGANIZER_DIFFERS = "organizer_differs"
    MEETING_NOT_FOUND = "meeting_not_found"
    MEETING_CANCELLED = "meeting_cancelled"
    NOT_CONFIGURED = "not_configured"
    PLATFORM_UNAVAILABLE = "platform_unavailable"
    # a meeting to be made, moved or recorded
    CALENDAR_CLOSED = "calendar_closed"
    CALENDAR_WITHOUT_TEAMS = "calendar_without_teams"
    NO_TEAMS_LICENCE = "no_teams_licence"
    NO_MAILBOX = "no_mailbox"
    EVENT_GONE = "event_gone"
    RECORDING_REFUSED = "recording_refused"
    RECORDING_NOT_KEPT = "recording_not_kept"
    RECORDING_SWITCHED_OFF = "recording_switched_off"
    RECORDING_NOT_WANTED = "recording_not_wanted"
    RECORDING_MISSING = "recording_missing"
    # tried, and it went wrong
    PERMISSION_MISSING = "permission_missing"
    ACCESS_POLICY_MISSING = "access_policy_missing"
    DRIVE_REFUSED = "drive_refused"
    LOCKED = "locked"
    TRANSCRIPT_GONE = "transcript_gone"
    TRANSCRIPTS_SWITCHED_OFF = "transcripts_switched_off"
    SPEAKERS_SWITCHED_OFF = "speakers_switched_off"
    CHAT_UNKNOWN = "chat_unknown"
    TEAM_UNKNOWN = "team_unknown"
    CREDENTIALS_REFUSED = "credentials_refused"
    THROTTLED = "throttled"
    UNREACHABLE = "unreachable"
    PLATFORM_FAULT = "platform_fault"
    BAD_RESPONSE = "bad_response"
    FOREIGN_LINK = "foreign_link"
    NOT_AVAILABLE = "not_available"
    TIME_UP = "time_up"
    INTERNAL_ERROR = "internal_error"
    DATABASE_LOST = "database_lost"


_WAIT = {
    ReasonCode.NOT_HELD_YET,
    ReasonCode.NOT_THERE_YET,
    ReasonCode.RECORDINGS_NOT_THERE_YET,
    ReasonCode.LOCKED,
    ReasonCode.THROTTLED,
    ReasonCode.UNREACHABLE,
    ReasonCode.PLATFORM_FAULT,
    ReasonCode.TIME_UP,
    ReasonCode.DATABASE_LOST,
}
_ADMINISTRATOR = {
    ReasonCode.NOTHING_KEPT,
    ReasonCode.OUT_OF_REACH,
    ReasonCode.ORGANIZER_DIFFERS,
    ReasonCode.NOT_CONFIGURED,
    ReasonCode.PLATFORM_UNAVAILABLE,
    ReasonCode.PERMISSION_MISSING,
    ReasonCode.ACCESS_POLICY_MISSING,
    ReasonCode.CREDENTIALS_REFUSED,
    ReasonCode.DRIVE_REFUSED,
    ReasonCode.TRANSCRIPTS_SWITCHED_OFF,
    ReasonCode.SPEAKERS_SWITCHED_OFF,
    ReasonCode.TEAM_UNKNOWN,
    ReasonCode.CALENDAR_CLOSED,
    ReasonCode.CALENDAR_WITHOUT_TEAMS,
    ReasonCode.NO_TEAMS_LICENCE,
    ReasonCode.NO_MAILBOX,
    ReasonCode.RECORDING_REFUSED,
    ReasonCode.RECORDING_NOT_KEPT,
}
_NOBODY = {
    ReasonCode.RECORDING_NOT_WANTED,
    ReasonCode.NOBODY_WROTE,
    ReasonCode.NO_FILES_SHARED,
    ReasonCode.FILES_GONE,
    ReasonCode.COUNTED_BEFORE,
    ReasonCode.RECORDING_GONE,
    ReasonCode.TRANSCRIPT_GONE,
}
_DEVELOPER = {ReasonCode.BAD_RESPONSE, ReasonCode.FOREIGN_LINK, ReasonCode.INTERNAL_ERROR}


def who_acts(code: ReasonCode) -> Actor:
    """The one person a sentence about ``code`` turns to; the instructor where nobody else can."""
    if code in _WAIT:
        return Actor.WAIT
    if code in _ADMINISTRATOR:
        return Actor.ADMINISTRATOR
    if code in _DEVELOPER:
        return Actor.DEVELOPER
    if code in _NOBODY:
        return Actor.NOBODY
    return Actor.INSTRUCTOR
