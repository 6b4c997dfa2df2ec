"""The vendor's OpenAPI slice: every route served, asked and answered as documented.

Every other test here also checks each answer that no fault has bent (see ``Asker.get``).
"""

from base64 import urlsafe_b64encode

import pytest
from jsonschema import ValidationError

from tests.sandbox.asking import Asker
from tests.sandbox.contract import Contract
from tests.sandbox.planning import ASKED, MARA
from tests.sandbox.test_channels import channel_path

CALLS = "/communications/callRecords"
USER = "/users/{user-id}"
MEETING = USER + "/onlineMeetings/{onlineMeeting-id}"
REPORT = MEETING + "/attendanceReports/{meetingAttendanceReport-id}"
CALL = CALLS + "/{callRecord-id}"
SERVED = {
    USER,
    USER + "/onlineMeetings",
    MEETING,
    MEETING + "/attendanceReports",
    REPORT,
    REPORT + "/attendanceRecords",
    CALLS,
    CALL,
    CALL + "/organizer_v2",
    CALL + "/participants_v2",
    CALL + "/sessions",
    CALL + "/sessions/{session-id}/segments",
}

CHAT, CHANNEL = "/chats/{chat-id}", "/teams/{team-id}/channels/{channel-id}"
ONEDRIVE, DRIVE = USER + "/drive", "/drives/{drive-id}"
SHARE = "/shares/{sharedDriveItem-id}/driveItem"
CALENDAR = USER + "/calendar"
CALENDAR_SERVED = {
    CALENDAR,
    *(
        prefix + rest
        for prefix in (CALENDAR + "/events", USER + "/events")
        for rest in ("", "/{event-id}", "/{event-id}/cancel")
    ),
    MEETING,
}
ALL = USER + "/onlineMeetings/getAllRecordings"
CONTENT_SERVED = {
    MEETING + "/recordings",
    MEETING + "/recordings/{callRecording-id}",
    MEETING + "/recordings/{callRecording-id}/content",
    ALL,
    ALL + "(meetingOrganizerUserId='{meetingOrganizerUserId}')",
    ALL + "(meetingOrganizerUserId='{meetingOrganizerUserId}',startDateTime={startDateTime},"
    "endDateTime={endDateTime})",
    MEETING + "/transcripts",
    MEETING + "/transcripts/{callTranscript-id}",
    MEETING + "/transcripts/{callTranscript-id}/content",
    CHAT,
    CHAT + "/messages",
    CHAT + "/messages/{chatMessage-id}",
    CHAT + "/messages/{chatMessage-id}/hostedContents/{chatMessageHostedContent-id}/$value",
    CHANNEL + "/messages",
    CHANNEL + "/messages/{chatMessage-id}",
    CHANNEL + "/messages/{chatMessage-id}/replies",
    CHANNEL + "/filesFolder",
    ONEDRIVE,
    ONEDRIVE + "/items/{driveItem-id}",
    ONEDRIVE + "/items/{driveItem-id}/content",
    ONEDRIVE + "/root/search(q='{q}')",
    ONEDRIVE + "/root:/{item-path}",
    ONEDRIVE + "/root:/{item-path}:/children",
    ONEDRIVE + "/special/{driveItem-id}",
    ONEDRIVE + "/special/{driveItem-id}/children",
    DRIVE,
    DRIVE + "/root",
    DRIVE + "/items/{driveItem-id}",
    DRIVE + "/items/{driveItem-id}/children",
    DRIVE + "/items/{driveItem-id}/content",
    DRIVE + "/root/search(q='{q}')",
    DRIVE + "/root:/{item-path}",
    DRIVE + "/root:/{item-path}:/children",
    DRIVE + "/special/{driveItem-id}",
    SHARE,
    SHARE + "/content",
}


@pytest.fixture
def strict(contract: Contract | None) -> Contract:
    if contract is None:
        pytest.skip("VENDOR_OPENAPI_DIR is not set")
    return contract


def test_every_served_route_is_in_the_slice_and_valid(asker: Asker, strict: Contract) -> None:
    strict.checked.clear()
    meeting = asker.meeting_path(46)  # the user, the lookup
    asker.get(meeting)
    report_id = asker.reports(46)[0]["id"]
    asker.get(f"{meeting}/attendanceReports/{report_id}", expand="attendanceRecords")
    asker.records(46, report=1)
    for record in asker.calls("2026-11-20T04:00:00Z", "2026-11-20T08:00:00Z"):
        path = f"{CALLS}/{record['id']}"
        asker.get(path, expand="sessions($expand=segments),participants_v2")
        for relation in ("organizer_v2", "participants_v2"):
            asker.get(f"{path}/{relation}")
        for stay in asker.get(f"{path}/sessions").json()["value"]:
            asker.get(f"{path}/sessions/{stay['id']}/segments")
    assert strict.checked == SERVED


def test_every_route_of_content_is_in_the_slice_and_valid(asker: Asker, strict: Contract) -> None:
    asker.control("POST", "tenant", {"add_roles": ["Files.ReadWrite.All"]})
    asker.login()
    meeting, chat, channel = asker.meeting_path(46), asker.thread_path(46), channel_path(asker)
    user = meeting.removeprefix("/users/").partition("/")[0]
    figure = next(one for one in asker.messages(46) if "hostedContents" in one["body"]["content"])
    root = asker.get(asker.meeting_path(93)).json()["chatInfo"]["messageId"]
    drive = asker.get(f"/users/{user}/drive").json()["id"]
    folder = "root:/Microsoft%20Teams%20Chat%20Files"
    file = asker.get(f"/drives/{drive}/{folder}/reading-list.pdf").json()
    link = urlsafe_b64encode(file["webUrl"].encode()).decode().rstrip("=")
    span = ",startDateTime=2026-11-20T00:00:00Z,endDateTime=2026-11-21T00:00:00Z"
    get_all = f"/users/{user}/onlineMeetings/getAllRecordings"
    strict.checked.clear()
    asker.get(get_all, filter=f"MeetingOrganizer/User/Id eq '{user}'")
    asker.get(f"{get_all}(meetingOrganizerUserId='{user}')")
    asker.get(f"{get_all}(meetingOrganizerUserId='{user}'{span})")
    for artifact in ("recordings", "transcripts"):
        (one,) = asker.get(f"{meeting}/{artifact}").json()["value"]
        asker.get(f"{meeting}/{artifact}/{one['id']}")
        asker.get(f"{meeting}/{artifact}/{one['id']}/content", headers={"Accept": "text/vtt"})
    asker.get(chat)
    asker.get(f"{chat}/messages", top="50", orderby="createdDateTime desc")
    asker.get(f"{chat}/messages/{figure['id']}")
    asker.get(f"{chat}/messages/{figure['id']}/hostedContents/figure/$value")
    for path in ("messages", f"messages/{root}", f"messages/{root}/replies", "filesFolder"):
        asker.get(f"{channel}/{path}")
    for prefix in (f"/users/{user}/drive", f"/drives/{drive}"):
        asker.get(prefix)
        for path in (
            f"items/{file['id']}",
            f"items/{file['id']}/content",
            "root/search(q='meeting')",
            f"{folder}/reading-list.pdf",
            f"{folder}:/children",
            "special/recordings",
        ):
            assert asker.get(f"{prefix}/{path}").status_code in (200, 302)
    asker.get(f"/users/{user}/drive/special/recordings/children")
    asker.get(f"/drives/{drive}/root")
    asker.get(f"/drives/{drive}/items/{file['parentReference']['id']}/children")
    asker.get(f"/shares/u!{link}/driveItem")
    asker.get(f"/shares/u!{link}/driveItem/content")
    assert strict.checked == CONTENT_SERVED


def test_every_route_of_calendars_is_in_the_slice_and_valid(asker: Asker, strict: Contract) -> None:
    user = asker.user_id(MARA)
    meeting = asker.meeting_path(46)
    strict.checked.clear()
    asker.get(f"/users/{user}/calendar")
    for collection in ("calendar/events", "events"):
        path = f"/users/{user}/{collection}"
        for last in ("cancel", "delete"):
            event = asker.send("POST", path, ASKED).json()
            one = f"{path}/{event['id']}"
            assert asker.get(one, select="id,onlineMeeting").ok
            assert asker.send("PATCH", one, {"subject": "Moved", "end": ASKED["end"]}).ok
            if last == "cancel":
                assert asker.send("POST", f"{one}/cancel", {"comment": "No."}).ok
            else:
                assert asker.send("DELETE", one).ok
    assert asker.send("PATCH", meeting, {"recordAutomatically": True}).ok
    assert asker.send("DELETE", meeting).ok
    assert strict.checked == CALENDAR_SERVED


def test_refusals_are_valid_too(asker: Asker, strict: Contract) -> None:
    assert asker.get(f"{CALLS}/none").status_code == 404
    assert asker.get(CALLS, headers={"Authorization": ""}).status_code == 401
    asker.control("POST", "faults", {"path": ".", "status": 429})
    assert asker.get(CALLS).status_code == 429


def test_the_check_itself_can_fail(asker: Asker, strict: Contract) -> None:
    asker.control("POST", "faults", {"path": "users", "json": {"id": 7}})
    with pytest.raises(ValidationError):
        asker.get("/users/x")
    asker.control("POST", "reset", {})
    odd = asker.http.get(f"{asker.graph}/users/x?colour=red")
    odd.status_code = 401  # of a 400 the query is not checked
    with pytest.raises(AssertionError, match="not a parameter"):
        strict.check(odd)
    with pytest.raises(AssertionError, match="not in the slice"):
        asker.get("/users/x/unheardOf")
