"""Attendance reports: fact 3."""

from typing import Any

import pytest

from tests.sandbox.asking import Asker


def error(answer: object) -> dict[str, object]:
    return dict(answer.json()["error"])  # type: ignore[attr-defined]


def test_fact_3_one_report_per_sitting_newest_first(asker: Asker) -> None:
    late, main = asker.reports(46)
    assert (main["meetingStartDateTime"], main["meetingEndDateTime"]) == (
        "2026-11-20T07:00:00Z",
        "2026-11-20T08:00:00Z",
    )
    assert (late["meetingStartDateTime"], late["meetingEndDateTime"]) == (
        "2026-11-20T08:04:00Z",
        "2026-11-20T08:07:00Z",
    )
    assert (main["totalParticipantCount"], late["totalParticipantCount"]) == (12, 1)


def test_fact_3_the_list_never_holds_records(asker: Asker) -> None:
    assert [report["attendanceRecords"] for report in asker.reports(46)] == [[], []]


def test_fact_3_only_the_newest_50_are_listed(asker: Asker) -> None:
    for minute in range(55):
        times = [f"2026-11-20T09:{minute:02d}:00Z", f"2026-11-20T09:{minute:02d}:30Z"]
        line = {"email": "noor.haddad@example.edu", "intervals": [times]}
        wish = {"op": "add_report", "conference": 46, "records": [line]}
        asker.control("POST", "world", wish)
    starts = [report["meetingStartDateTime"] for report in asker.reports(46)]
    assert starts == [f"2026-11-20T09:{minute:02d}:00Z" for minute in range(54, 4, -1)]


def test_fact_3_expand_and_the_records_route_agree(asker: Asker) -> None:
    path = asker.meeting_path(46) + "/attendanceReports"
    report_id = asker.reports(46)[1]["id"]
    expanded = asker.get(f"{path}/{report_id}", expand="attendanceRecords").json()
    assert expanded["attendanceRecords"] == asker.records(46, report=1)
    assert "attendanceRecords" not in asker.get(f"{path}/{report_id}").json()


def test_fact_3_records_come_in_pages_also_inside_an_expansion(asker: Asker) -> None:
    path = asker.meeting_path(83) + "/attendanceReports"
    report_id = asker.reports(83)[0]["id"]
    pages = asker.all_pages(f"{path}/{report_id}/attendanceRecords")
    assert [len(page) for page in pages] == [100] * 10
    expanded = asker.get(f"{path}/{report_id}", expand="attendanceRecords").json()
    assert expanded["attendanceRecords"] == pages[0]
    following = asker.get(expanded["attendanceRecords@odata.nextLink"]).json()
    assert following["value"] == pages[1]


def test_fact_3_empty_before_the_report_is_there(asker: Asker) -> None:
    assert asker.reports(82) == []
    asker.control("POST", "clock", {"advance_seconds": 33 * 60 - 30})
    assert asker.reports(82) == []
    asker.control("POST", "clock", {"advance_seconds": 30})
    assert len(asker.reports(82)) == 1


def test_fact_3_kept_for_one_year(asker: Asker) -> None:
    path = asker.meeting_path(86)
    report_id = asker.reports(86)[0]["id"]
    asker.control("POST", "clock", {"advance_seconds": 362 * 86400})
    asker.login()
    assert len(asker.reports(86)) == 1
    asker.control("POST", "clock", {"advance_seconds": 4 * 86400})
    asker.login()
    assert asker.reports(86) == []
    assert asker.get(f"{path}/attendanceReports/{report_id}").status_code == 404


def test_fact_3_switched_off_is_an_empty_list_for_good(asker: Asker) -> None:
    assert asker.reports(90) == []
    asker.control("POST", "clock", {"advance_seconds": 86400})
    asker.login()
    assert asker.reports(90) == []


def test_fact_4_meet_now_answers_404(asker: Asker) -> None:
    for number in (74, 88, 89):
        answer = asker.get(asker.meeting_path(number) + "/attendanceReports")
        assert (answer.status_code, error(answer)["code"]) == (404, "NotFound")


def test_fact_4_another_user_in_the_path_answers_404(asker: Asker) -> None:
    noor = asker.user_id("noor.haddad@example.edu")
    meeting_id = asker.meeting_path(46).rpartition("/")[2]
    answer = asker.get(f"/users/{noor}/onlineMeetings/{meeting_id}/attendanceReports")
    assert answer.status_code == 404


def test_fact_3_identity_is_weak(asker: Asker) -> None:
    records = asker.records(46, report=1)
    guest = next(one for one in records if one["identity"]["displayName"] == "Robin (Guest)")
    phone = next(one for one in records if one["identity"]["displayName"] == "+49 30 55501 42")
    sofia = next(one for one in records if one["identity"]["displayName"] == "Sofia Rossi")
    assert (guest["emailAddress"], guest["identity"]["id"]) == (None, None)
    assert (phone["emailAddress"], phone["identity"]["id"]) == ("", None)
    assert sofia["identity"]["tenantId"] == "77c0ffee-0000-4000-8000-00000000e0e0"
    kims = [one for one in records if one["identity"]["displayName"] == "Kim Park"]
    assert len({one["identity"]["id"] for one in kims}) == 2
    assert [one["emailAddress"] for one in kims] == [
        "kim.park@example.edu",
        "kim.park2@example.edu",
    ]


def test_fact_3_two_devices_are_two_records_of_one_id(asker: Asker) -> None:
    first, second = [
        one
        for one in asker.records(46, report=1)
        if one["emailAddress"] == "lena.fischer@example.edu"
    ]
    assert first["identity"]["id"] == second["identity"]["id"]
    assert first["id"] != second["id"]
    assert (first["totalAttendanceInSeconds"], second["totalAttendanceInSeconds"]) == (2400, 1800)


def test_fact_3_an_email_differs_only_in_letter_case_between_reports(asker: Asker) -> None:
    (late,) = asker.records(46, report=0)
    assert late["emailAddress"] == "Priya.Nair@Example.edu"
    same = [
        one
        for one in asker.records(46, report=1)
        if one["identity"]["id"] == late["identity"]["id"]
    ]
    assert [one["emailAddress"] for one in same] == ["priya.nair@example.edu"]


def test_timestamps_have_seven_digits_or_none(asker: Asker) -> None:
    records = {one["emailAddress"]: one for one in asker.records(46, report=1)}
    (noor,) = records["noor.haddad@example.edu"]["attendanceIntervals"]
    assert noor == {
        "joinDateTime": "2026-11-20T07:01:30.2500003Z",
        "leaveDateTime": "2026-11-20T07:58:00.7500003Z",
        "durationInSeconds": 3390,
    }
    (ines,) = records["ines.duarte@example.edu"]["attendanceIntervals"]
    assert ines["joinDateTime"] == "2026-11-20T07:00:45Z"


@pytest.mark.parametrize("query", [{"filter": "id eq 'x'"}, {"top": "5"}, {"orderby": "id"}])
def test_fact_3_no_options_on_the_list(asker: Asker, query: dict[str, Any]) -> None:
    assert asker.get(asker.meeting_path(46) + "/attendanceReports", **query).status_code == 400
