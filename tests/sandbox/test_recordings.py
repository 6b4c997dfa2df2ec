"""Recordings of meetings: fact 5."""

from typing import Any

import pytest

from tests.sandbox.asking import Asker

MARA = "mara.lindqvist@example.edu"


def recordings(asker: Asker, number: int) -> list[dict[str, Any]]:
    return list(asker.get(asker.meeting_path(number) + "/recordings").json()["value"])


def all_of_mara(asker: Asker, arguments: str = "") -> str:
    mara = asker.user_id(MARA)
    return (
        f"/users/{mara}/onlineMeetings/getAllRecordings(meetingOrganizerUserId='{mara}'{arguments})"
    )


def test_fact_5_a_recording_names_its_call_its_span_and_its_content(asker: Asker) -> None:
    (recording,) = recordings(asker, 46)
    assert recording["meetingId"] == asker.get(asker.meeting_path(46)).json()["id"]
    (call,) = asker.calls("2026-11-20T07:00:00Z", "2026-11-20T07:00:01Z")
    assert recording["callId"] == call["id"]
    assert (recording["createdDateTime"], recording["endDateTime"]) == (
        "2026-11-20T07:01:00Z",
        "2026-11-20T07:59:00Z",
    )
    assert recording["meetingOrganizer"]["user"]["id"] == asker.user_id(MARA)
    one = asker.get(f"{asker.meeting_path(46)}/recordings/{recording['id']}").json()
    assert {**one, "@odata.context": None} == {**recording, "@odata.context": None}


def test_fact_5_the_content_is_bytes_for_who_has_the_token(asker: Asker) -> None:
    (recording,) = recordings(asker, 46)
    answer = asker.get(recording["recordingContentUrl"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "video/mp4")
    assert len(answer.content) == 2048 + 3480
    assert answer.content[4:12] == b"ftypmp42"
    whole = asker.get(recording["recordingContentUrl"], headers={"Range": "bytes=0-9"})
    assert (whole.status_code, len(whole.content)) == (200, 5528)
    assert asker.get(recording["recordingContentUrl"], headers={"Authorization": ""}).ok is False


def test_fact_5_a_content_url_can_be_malformed(asker: Asker) -> None:
    first, second = recordings(asker, 86)
    assert first["recordingContentUrl"].endswith(f"/recordings/{first['id']}/content")
    assert "/v1.0/$metadata#users('" in second["recordingContentUrl"]
    rebuilt = f"{asker.meeting_path(86)}/recordings/{second['id']}/content"
    assert asker.get(rebuilt).status_code == 200


def test_fact_5_two_parts_share_the_call_and_not_the_content(asker: Asker) -> None:
    first, second = recordings(asker, 86)
    assert first["callId"] == second["callId"]
    assert first["contentCorrelationId"] != second["contentCorrelationId"]
    assert first["endDateTime"] == second["createdDateTime"]


def test_fact_5_all_occurrences_of_a_series_are_listed(asker: Asker) -> None:
    found = recordings(asker, 96)
    assert [one["createdDateTime"] for one in found] == [
        "2026-11-06T04:05:00Z",
        "2026-11-13T04:05:00Z",
        "2026-11-20T04:05:00Z",
    ]
    assert len({one["callId"] for one in found}) == 3


def test_fact_5_query_options_of_the_list_are_not_documented(asker: Asker) -> None:
    assert asker.get(asker.meeting_path(46) + "/recordings", top="5").status_code == 400


def test_fact_5_an_expired_meeting_has_no_recordings(asker: Asker) -> None:
    path = asker.meeting_path(46) + "/recordings"
    recording = asker.get(path).json()["value"][0]
    asker.change("expire_meeting", conference=46)
    for where in (path, f"{path}/{recording['id']}", f"{path}/{recording['id']}/content"):
        assert asker.get(where).status_code == 404
    assert len(asker.get(all_of_mara(asker)).json()["value"]) == 6


def test_fact_5_the_wrong_user_in_the_path_finds_nothing(asker: Asker) -> None:
    meeting = asker.meeting_path(46).rpartition("/")[2]
    noor = asker.user_id("noor.haddad@example.edu")
    assert asker.get(f"/users/{noor}/onlineMeetings/{meeting}/recordings").status_code == 404
    assert asker.get(f"/users/{MARA}/onlineMeetings/{meeting}/recordings").status_code == 400


def test_fact_5_an_expired_recording_is_listed_and_has_no_content(asker: Asker) -> None:
    (recording,) = recordings(asker, 95)
    assert asker.get(recording["recordingContentUrl"]).status_code == 404


def test_fact_5_a_recording_comes_minutes_after_its_end(asker: Asker) -> None:
    path = asker.meeting_path(96) + "/recordings"
    asker.control("POST", "clock", {"now": "2026-11-20T05:04:59Z"})
    asker.login()
    assert len(asker.get(path).json()["value"]) == 2
    asker.control("POST", "clock", {"advance_seconds": 2})
    assert len(asker.get(path).json()["value"]) == 3


def test_fact_5_get_all_of_one_organizer(asker: Asker) -> None:
    found = asker.get(all_of_mara(asker)).json()["value"]
    per_meeting = {one["meetingId"] for one in found}
    assert (len(found), len(per_meeting)) == (7, 4)  # 46: 1, 86: 2, 95: 1, 96: 3
    span = ",startDateTime=2026-11-18T08:30:00Z,endDateTime=2026-11-20T07:01:00Z"
    between = asker.get(all_of_mara(asker, span)).json()["value"]
    assert [one["createdDateTime"] for one in between] == [
        "2026-11-18T08:30:00Z",
        "2026-11-20T04:05:00Z",
    ]


def test_fact_5_get_all_pages_by_top(asker: Asker) -> None:
    pages = asker.all_pages(all_of_mara(asker), top="3")
    assert [len(page) for page in pages] == [3, 3, 1]


def test_fact_5_get_all_by_filter_names_the_organizer(asker: Asker) -> None:
    mara = asker.user_id(MARA)
    path = f"/users/{mara}/onlineMeetings/getAllRecordings"
    found = asker.get(path, filter=f"MeetingOrganizer/User/Id eq '{mara}'", top="50").json()
    assert found["value"] == asker.get(all_of_mara(asker)).json()["value"]
    assert asker.get(path).status_code == 400
    assert asker.get(path, filter="createdDateTime gt 2026-01-01T00:00:00Z").status_code == 400


@pytest.mark.parametrize(
    "arguments", ["meetingOrganizerUserId=''", "startDateTime=2026-11-20T00:00:00Z"]
)
def test_fact_5_get_all_needs_the_organizer(asker: Asker, arguments: str) -> None:
    path = f"/users/{asker.user_id(MARA)}/onlineMeetings/getAllRecordings({arguments})"
    assert asker.get(path, bent=True).status_code in (400, 403)
