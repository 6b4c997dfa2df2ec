"""What holds for one organizer: account, mailbox, calendar, meetings, OneDrive."""

from datetime import UTC, datetime

from platforms.errors import BadResponseError, NotFoundError, PermissionRefusedError
from platforms.reasons import ReasonCode
from teams_integration.diagnosis import OK, Found, State
from teams_integration.inspections import organizer_remedies as remedies
from teams_integration.inspections.asked import Asked, missing, unknown
from teams_integration.services import calendar, tenant


def in_directory(asked: Asked) -> Found:
    try:
        asked.directory_id  # noqa: B018  asks the directory
    except NotFoundError as error:
        return missing(remedies.NOT_IN_DIRECTORY, error)
    return OK


def has_mailbox(asked: Asked) -> Found:
    try:
        asked.calendar  # noqa: B018  asks Exchange
    except NotFoundError as error:
        return missing(remedies.NO_MAILBOX, error)
    except PermissionRefusedError as error:
        return missing(remedies.CALENDAR_CLOSED, error)
    return OK


def offers_teams(asked: Asked) -> Found:
    offered = calendar.offers_teams(asked.calendar)
    return OK if offered else Found(State.MISSING, remedies.WITHOUT_TEAMS)


def has_access_policy(asked: Asked) -> Found:
    """With the policy the lookup is made, and finds nothing. As the permission is granted, a
    refusal is the policy's, whatever its words, unless it is about the organizer of the meeting.
    """
    try:
        tenant.look_up_no_meeting(asked.graph, asked.directory_id, asked.context())
    except NotFoundError:
        return OK
    except PermissionRefusedError as error:
        if error.reason is ReasonCode.ORGANIZER_DIFFERS:
            return OK
        return missing(remedies.NO_POLICY, error)
    except BadResponseError as error:
        return unknown(remedies.POLICY_NOT_PROVEN, error)
    return OK


def tells_transcripts(asked: Asked) -> Found:
    now, context = datetime.now(UTC), asked.context()
    try:
        tenant.list_no_transcripts(asked.graph, asked.directory_id, now, context)
    except (NotFoundError, PermissionRefusedError, BadResponseError) as error:
        if error.reason is ReasonCode.TRANSCRIPTS_SWITCHED_OFF:
            return missing(remedies.TRANSCRIPTS_OFF, error)
        return unknown(remedies.TRANSCRIPTS_NOT_PROVEN, error)
    return OK


def has_onedrive(asked: Asked) -> Found:
    try:
        tenant.fetch_drive(asked.graph, asked.directory_id, asked.context())
    except NotFoundError as error:
        return missing(remedies.NO_ONEDRIVE, error)
    except PermissionRefusedError as error:
        return missing(remedies.ONEDRIVE_CLOSED, error)
    return OK
