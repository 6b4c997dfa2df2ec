"""The vendor's OpenAPI slice: every route served, asked and answered as documented.

Every other test here also checks each answer that no fault has bent (see ``Asker.get``).
"""

import pytest
from jsonschema import ValidationError

from tests.sandbox.asking import Asker
from tests.sandbox.contract import Contract

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
