"""Behind the stage of calendars: the list of meetings, short links, meetings that vanish."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.planning import MARA, event_path, online_path, plan, seen
from tests.sandbox.test_control import refused

SHORT = "https://teams.microsoft.com/meet/"
STAY = ["2026-12-01T12:05:00Z", "2026-12-01T13:00:00Z"]


def found_by(asker: Asker, name: str, value: str) -> list[Any]:
    path = f"/users/{asker.user_id(MARA)}/onlineMeetings"
    return list(asker.get(path, filter=f"{name} eq '{value}'").json()["value"])


def test_every_meeting_and_event_is_listed(asker: Asker) -> None:
    event = plan(asker, transactionId="one")
    rows = asker.control("GET", "meetings")["meetings"]
    row = seen(asker, event)
    online = asker.get(online_path(asker, event)).json()
    assert row == {
        "event_id": event["id"],
        "transaction_id": "one",
        "subject": "Seminar",
        "organizer": MARA,
        "starts_at": "2026-12-01T12:00:00Z",
        "ends_at": "2026-12-01T13:30:00Z",
        "attendees": ["noor.haddad@example.edu", "ines.duarte@example.edu"],
        "cancelled": False,
        "deleted": False,
        "invitations": 2,
        "updates": 0,
        "cancellations": 0,
        "join_url": event["onlineMeeting"]["joinUrl"],
        "online_meeting_id": online["id"],
        "record_automatically": False,
        "found": True,
    }
    without_event = [one["subject"] for one in rows if one["event_id"] is None]
    assert without_event == [asker.conference(number)["title"] for number in (74, 88, 89)]


def test_what_the_registrar_knows_of_events(asker: Asker) -> None:
    conferences = asker.control("GET", "conferences")["conferences"]
    elsewhere = {
        one["id"] for one in conferences if one["meeting_link"] and one["meeting_id"] is None
    }
    assert elsewhere == {74, 88, 89, 90, 95}
    slots = asker.conference(51)["time_slots"]
    assert {one["id"]: one["auto_recording_status"] for one in slots} == {
        45: "pending",
        46: "pending",
    }
    for slot in slots:
        assert (bool(slot["meeting_id"]), slot["online_meeting_id"]) == (True, None)
        event = asker.get(event_path(slot["meeting_id"])).json()
        assert event["onlineMeeting"]["joinUrl"] == slot["meeting_link"]


def test_the_demos_learners_were_invited_where_an_event_can_hold_them(asker: Asker) -> None:
    number = asker.conference(86)["meeting_id"]
    assert len(seen(asker, number)["attendees"]) == 5
    assert seen(asker, asker.conference(83)["meeting_id"])["attendees"] == []
    assert seen(asker, number)["invitations"] == 0


def test_fact_2_new_links_may_be_short(asker: Asker) -> None:
    asker.control("POST", "tenant", {"short_links": True})
    event = plan(asker)
    link = event["onlineMeeting"]["joinUrl"]
    number = link.removeprefix(SHORT).partition("?p=")[0]
    assert link.startswith(SHORT)
    assert number.isdecimal()
    (meeting,) = found_by(asker, "joinMeetingIdSettings/joinMeetingId", number)
    assert meeting["joinWebUrl"] == link
    assert meeting["id"] == seen(asker, event)["online_meeting_id"]
    assert found_by(asker, "JoinWebUrl", link) == []


def test_fact_2_a_link_may_become_short(asker: Asker) -> None:
    long, event = asker.link(51, 45), asker.conference(51)["time_slots"][0]["meeting_id"]
    (meeting,) = found_by(asker, "JoinWebUrl", long)
    short = asker.change("shorten_link", conference=51, slot=45)["join_url"]
    assert short.startswith(SHORT + meeting["joinMeetingIdSettings"]["joinMeetingId"])
    assert found_by(asker, "JoinWebUrl", long) == []
    there = asker.get(event_path(event)).json()
    assert (there["isOnlineMeeting"], there["onlineMeeting"]["joinUrl"]) == (True, short)
    by_number = meeting["joinMeetingIdSettings"]["joinMeetingId"]
    (again,) = found_by(asker, "joinMeetingIdSettings/joinMeetingId", by_number)
    assert (again["id"], again["joinWebUrl"]) == (meeting["id"], short)


def test_a_meeting_may_vanish_with_its_event(asker: Asker) -> None:
    path, event = asker.meeting_path(51, 46), asker.conference(51)["time_slots"][1]["meeting_id"]
    asker.change("delete_event", conference=51, slot=46)
    assert asker.get(path).status_code == 404
    assert found_by(asker, "JoinWebUrl", asker.link(51, 46)) == []
    assert asker.get(event_path(event)).status_code == 404
    row = seen(asker, event)
    assert (row["deleted"], row["found"]) == (True, False)
    assert asker.get(event_path(asker.conference(51)["time_slots"][0]["meeting_id"])).ok


@pytest.mark.parametrize("by", ["join_url", "event"])
def test_a_meeting_made_through_the_calendar_is_held(asker: Asker, by: str) -> None:
    event = plan(asker)
    name = {by: event["onlineMeeting"]["joinUrl"] if by == "join_url" else event["id"]}
    path = online_path(asker, event)
    asker.control("POST", "clock", {"now": "2026-12-01T15:00:00Z"})
    asker.login()
    asker.change("add_report", **name, records=[{"email": MARA, "intervals": [STAY]}])
    asker.change("add_recording", **name, starts_at=STAY[0], ends_at=STAY[1])
    asker.change("add_message", **name, email=MARA, body="Welcome.")
    (report,) = asker.get(f"{path}/attendanceReports").json()["value"]
    assert report["totalParticipantCount"] == 1
    (recording,) = asker.get(f"{path}/recordings").json()["value"]
    assert recording["createdDateTime"] == STAY[0]
    thread = quote(asker.get(path).json()["chatInfo"]["threadId"], safe="")
    bodies = [
        one["body"]["content"] for one in asker.get(f"/chats/{thread}/messages").json()["value"]
    ]
    assert "Welcome." in bodies
    asker.change("expire_meeting", **name)
    assert asker.get(path).status_code == 404


def test_many_meetings_at_once(asker: Asker) -> None:
    made = asker.change("add_meetings", email=MARA, count=500, subject="Week")["meetings"]
    assert len({one["join_url"] for one in made}) == 500
    assert made[0].keys() == {"meeting_id", "join_url", "online_meeting_id", "starts_at", "ends_at"}
    assert (made[0]["starts_at"], made[499]["ends_at"]) == (
        "2026-11-21T10:00:00Z",
        "2028-04-03T11:00:00Z",
    )
    for one in (made[0], made[499]):
        event = asker.get(event_path(one["meeting_id"])).json()
        assert event["onlineMeeting"]["joinUrl"] == one["join_url"]
        (meeting,) = found_by(asker, "JoinWebUrl", one["join_url"])
        assert meeting["id"] == one["online_meeting_id"]


@pytest.mark.parametrize(
    "wish",
    [
        {"op": "set_mailbox", "email": MARA, "has": "no"},
        {"op": "set_calendar", "email": MARA},
        {"op": "set_licence", "email": "nobody@example.edu", "teams": True},
        {"op": "set_recording_policy", "email": MARA, "policy": "sometimes"},
        {"op": "switch_recording", "conference": 51, "slot": 45},
        {"op": "switch_recording", "join_url": "https://example.org", "on": True},
        {"op": "delete_event", "event": "AAMk"},
        {"op": "delete_event", "event": None},
        {"op": "add_meetings", "email": "pia.holm@example.edu", "count": 1, "subject": "x"},
        {"op": "add_meetings", "email": MARA, "count": "many", "subject": "x"},
    ],
)
def test_changes_that_make_no_sense_are_refused(asker: Asker, wish: dict[str, Any]) -> None:
    before = asker.control("GET", "meetings")
    assert refused(asker, "world", wish)
    assert asker.control("GET", "meetings") == before
