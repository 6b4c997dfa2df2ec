"""Online meetings: fact 2."""

from base64 import b64decode
from typing import Any
from urllib.parse import quote, unquote

import pytest

from tests.sandbox.asking import Asker

MARA = "mara.lindqvist@example.edu"


def lookup(asker: Asker, raw_filter: str) -> list[dict[str, object]]:
    """The raw, already encoded filter, exactly as it goes over the wire."""
    oid = asker.user_id(MARA)
    url = f"{asker.graph}/users/{oid}/onlineMeetings?$filter={raw_filter}"
    return list(asker.get(url).json()["value"])


def test_fact_2_join_url_is_encoded_once_more(asker: Asker) -> None:
    link = asker.link(46)
    assert "%3ameeting_" in link
    once_more = quote(link, safe="")
    assert "%253ameeting_" in once_more
    assert len(lookup(asker, f"JoinWebUrl%20eq%20'{once_more}'")) == 1


def test_fact_2_a_decoded_join_url_finds_nothing(asker: Asker) -> None:
    link = asker.link(46)
    assert lookup(asker, f"JoinWebUrl%20eq%20'{quote(unquote(link), safe='')}'") == []
    assert lookup(asker, f"JoinWebUrl%20eq%20'{link}'") == []  # sent as stored, so decoded once


def test_fact_2_plus_for_blanks_is_understood(asker: Asker) -> None:
    found = lookup(asker, f"JoinWebUrl+eq+'{quote(asker.link(46), safe='')}'")
    assert [meeting["joinWebUrl"] for meeting in found] == [asker.link(46)]


def test_fact_2_a_meeting_is_found_by_its_join_meeting_id(asker: Asker) -> None:
    meeting = asker.get(asker.meeting_path(86)).json()
    number = meeting["joinMeetingIdSettings"]["joinMeetingId"]
    path = f"/users/{asker.user_id(MARA)}/onlineMeetings"
    found = asker.get(path, filter=f"joinMeetingIdSettings/joinMeetingId eq '{number}'").json()
    assert [one["id"] for one in found["value"]] == [meeting["id"]]


def test_fact_2_ids_hold_organizer_and_thread_today(asker: Asker) -> None:
    meeting = asker.get(asker.meeting_path(86)).json()
    inside = b64decode(meeting["id"]).decode()
    assert inside == f"1*{asker.user_id(MARA)}*0**{meeting['chatInfo']['threadId']}"
    assert asker.conference(86)["online_meeting_id"] == meeting["id"]


def test_fact_2_another_user_in_the_path_is_refused(asker: Asker) -> None:
    noor = asker.user_id("noor.haddad@example.edu")
    meeting_id = asker.meeting_path(46).rpartition("/")[2]
    by_url = asker.get(f"/users/{noor}/onlineMeetings", filter=f"JoinWebUrl eq '{asker.link(46)}'")
    by_id = asker.get(f"/users/{noor}/onlineMeetings/{meeting_id}")
    for answer in (by_url, by_id):
        assert answer.status_code == 403
        message = answer.json()["error"]["message"]
        assert message.startswith("3003: User does not have access to lookup meeting")


def test_fact_2_the_path_wants_an_object_id(asker: Asker) -> None:
    answer = asker.get(f"/users/{MARA}/onlineMeetings", filter=f"JoinWebUrl eq '{asker.link(46)}'")
    assert answer.status_code == 400


def test_fact_2_an_unknown_or_expired_url_finds_nothing(asker: Asker) -> None:
    path = asker.meeting_path(46)
    assert lookup(asker, "JoinWebUrl%20eq%20'https%3A%2F%2Fteams.microsoft.com%2Fx'") == []
    asker.control("POST", "world", {"op": "expire_meeting", "conference": 46})
    assert lookup(asker, f"JoinWebUrl%20eq%20'{quote(asker.link(46), safe='')}'") == []
    assert asker.get(path).status_code == 404
    assert asker.get(path + "/attendanceReports").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"filter": "subject eq 'x'"},
        {"filter": "JoinWebUrl eq 'x' or JoinWebUrl eq 'y'"},
        {"filter": "JoinWebUrl eq 'x'", "top": "1"},
        {"filter": "JoinWebUrl eq 'x'", "orderby": "subject"},
    ],
)
def test_fact_2_there_is_no_other_way_to_list(asker: Asker, query: dict[str, Any]) -> None:
    path = f"/users/{asker.user_id(MARA)}/onlineMeetings"
    assert asker.get(path, **query).status_code == 400


def test_fact_2_unknown_keys_appear_and_meet_now_is_a_type(asker: Asker) -> None:
    meeting = asker.get(asker.meeting_path(74)).json()
    assert meeting["meetingType"] == "meetnow"
    assert "autoAdmittedUsers" in meeting
