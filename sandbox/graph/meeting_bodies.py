"""What a client may change of an online meeting (graph-api §2). Pure."""

from typing import Any

from sandbox.graph.bodies import Json, flag, known, one_of, text, unreadable
from sandbox.graph.errors import GraphError, bad_request
from sandbox.graph.odata import instant

FLAGS = (
    "allowAttendeeToEnableCamera", "allowAttendeeToEnableMic", "allowBreakoutRooms",
    "allowCopyingAndSharingMeetingContent", "allowParticipantsToChangeName",
    "allowPowerPointSharing", "allowRecording", "allowTeamworkReactions", "allowTranscription",
    "allowWhiteboard", "isEntryExitAnnounced",
)  # fmt: skip
_FIXED = (
    "id", "joinWebUrl", "joinMeetingIdSettings", "chatInfo", "creationDateTime", "expiryDateTime",
    "meetingType", "audioConferencing", "joinInformation", "videoTeleconferenceId", "isBroadcast",
    "externalId",
)  # fmt: skip
_NOT_PLAYED = (
    "allowedLobbyAdmitters", "allowLiveShare", "allowMeetingChat", "isEndToEndEncryptionEnabled",
    "lobbyBypassSettings", "meetingSpokenLanguageTag", "sensitivityLabelAssignment",
    "shareMeetingChatHistoryDefault", "watermarkProtection", "broadcastSettings",
)  # fmt: skip
_PRESENTERS = one_of("everyone", "organization", "roleIsPresenter", "organizer")


def read_meeting(body: Json) -> dict[str, Any]:
    """Property → value. 400 for what is fixed, half a time, or an end before the start."""
    changeable = {
        *FLAGS, "recordAutomatically", "subject", "startDateTime", "endDateTime", "participants",
        "allowedPresenters",
    }  # fmt: skip
    wanted = known(body, {*changeable, *_FIXED, *_NOT_PLAYED}, "onlineMeeting")
    if fixed := sorted(wanted.keys() & set(_FIXED)):
        raise bad_request(f"'{fixed[0]}' cannot be updated.")
    if other := sorted(wanted.keys() & set(_NOT_PLAYED)):
        raise GraphError(400, "NotSupported", f"The sandbox does not play '{other[0]}'.")
    if ("startDateTime" in wanted) != ("endDateTime" in wanted):
        raise bad_request("startDateTime and endDateTime must be updated together.")
    read = {name: _read(name, value) for name, value in wanted.items()}
    if "startDateTime" in read and read["endDateTime"] <= read["startDateTime"]:
        raise bad_request("The meeting must end after it starts.")
    return read


def _read(name: str, value: object) -> Any:
    if name in FLAGS or name == "recordAutomatically":
        return flag(value)
    if name.endswith("DateTime"):
        return instant(text(value))
    if name == "participants":
        return _attendees(value)
    return _PRESENTERS(value) if name == "allowedPresenters" else text(value)


def _attendees(value: object) -> list[Json]:
    """Always the full list; the organizer is fixed."""
    found = known(value, ("attendees", "organizer"), "meetingParticipants")
    if "organizer" in found:
        raise bad_request("The organizer cannot be updated.")
    attendees = found.get("attendees", [])
    if not isinstance(attendees, list):
        raise unreadable("A collection of 'microsoft.graph.meetingParticipantInfo' was expected.")
    return [known(one, ("identity", "upn", "role"), "meetingParticipantInfo") for one in attendees]
