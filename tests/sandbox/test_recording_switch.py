"""Automatic recording, asked for, refused, ignored and switched off again: facts 0, 2 and 12."""

from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.planning import MARA, event_path, online_path, plan, seen

ON = {"recordAutomatically": True}
OFF = {"recordAutomatically": False}


def test_fact_2_recording_is_switched_and_told(asker: Asker) -> None:
    path = online_path(asker, plan(asker))
    assert asker.get(path).json()["recordAutomatically"] is False
    answer = asker.send("PATCH", path, {**ON, "allowTranscription": False})
    assert (answer.status_code, answer.json()["recordAutomatically"]) == (200, True)
    found = asker.get(path).json()
    assert (found["recordAutomatically"], found["allowTranscription"]) == (True, False)
    assert (found["allowRecording"], found["subject"]) == (True, "Seminar")
    asker.send("PATCH", path, OFF)
    assert asker.get(path).json()["recordAutomatically"] is False


def test_fact_12_an_old_meetings_recording_can_be_switched_too(asker: Asker) -> None:
    path = asker.meeting_path(51, 45)
    assert asker.get(path).json()["recordAutomatically"] is False
    assert asker.send("PATCH", path, ON).ok
    row = seen(asker, asker.conference(51)["time_slots"][0]["meeting_id"])
    assert row["record_automatically"] is True


def test_fact_0_it_needs_a_permission_that_writes(asker: Asker) -> None:
    path = asker.meeting_path(86)
    asker.control("POST", "tenant", {"remove_roles": ["OnlineMeetings.ReadWrite.All"],
                                     "add_roles": ["OnlineMeetings.Read.All"]})  # fmt: skip
    asker.login()
    assert asker.get(path).ok
    for method, body in (("PATCH", ON), ("DELETE", None)):
        refused = asker.send(method, path, body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "Forbidden")
    assert asker.get(path).json()["recordAutomatically"] is False


def test_fact_0_and_the_access_policy(asker: Asker) -> None:
    path = asker.meeting_path(86)
    asker.change("set_policy", email=MARA, granted=False)
    refused = asker.send("PATCH", path, ON)
    assert refused.status_code == 403
    assert refused.json()["error"]["message"] == "No Application Access Policy found for this app"


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_fact_2_only_the_organizers_path_leads_to_a_meeting(asker: Asker, method: str) -> None:
    number = asker.meeting_path(86).rpartition("/")[2]
    noor = asker.user_id("noor.haddad@example.edu")
    path = f"/users/{noor}/onlineMeetings/{number}"
    refused = asker.send(method, path, ON if method == "PATCH" else None)
    assert refused.status_code == 403
    assert refused.json()["error"]["message"].startswith("3003")


@pytest.mark.parametrize(
    "wish",
    [
        {"joinMeetingIdSettings": {"isPasscodeRequired": True}},
        {"participants": {"organizer": {"upn": MARA}}},
        {"participants": {"attendees": "all"}},
        {"joinWebUrl": "https://example.org"},
        {"startDateTime": "2026-12-01T10:00:00Z"},
        {"endDateTime": "2026-12-01T10:00:00Z"},
        {"startDateTime": "2026-12-01T10:00:00Z", "endDateTime": "2026-12-01T09:00:00Z"},
        {"startDateTime": "tomorrow", "endDateTime": "2026-12-01T09:00:00Z"},
        {"recordAutomatically": "true"},
        {"allowMeetingChat": "enabled"},
        {"recordAutomatically": None},
        {"allowedPresenters": "nobody"},
        {"recordAutomaticaly": True},
    ],
)
def test_fact_2_what_is_fixed_or_makes_no_sense_is_refused(
    asker: Asker, wish: dict[str, Any]
) -> None:
    path = online_path(asker, plan(asker))
    before = asker.get(path).json()
    assert asker.send("PATCH", path, {"recordAutomatically": True, **wish}).status_code == 400
    assert asker.get(path).json() == before


def test_fact_2_times_go_together_and_leave_the_event_alone(asker: Asker) -> None:
    event = plan(asker)
    path = online_path(asker, event)
    times = {"startDateTime": "2026-12-03T10:00:00Z", "endDateTime": "2026-12-03T11:00:00.0000000Z"}
    assert asker.send("PATCH", path, {**times, "subject": "Moved"}).ok
    found = asker.get(path).json()
    assert (found["startDateTime"], found["subject"]) == (times["startDateTime"], "Moved")
    assert asker.get(event_path(event)).json()["start"] == event["start"]


def test_fact_2_attendees_are_the_full_list(asker: Asker) -> None:
    path = online_path(asker, plan(asker))
    people = [{"upn": "noor.haddad@example.edu", "role": "attendee"}]
    asker.send("PATCH", path, {"participants": {"attendees": people}})
    assert asker.get(path).json()["participants"]["attendees"] == people


def test_a_policy_may_refuse_recording(asker: Asker) -> None:
    path = online_path(asker, plan(asker))
    asker.change("set_recording_policy", email=MARA, policy="refused")
    refused = asker.send("PATCH", path, ON)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "Forbidden")
    assert "Recording" in refused.json()["error"]["message"]
    assert asker.send("PATCH", path, {"allowTranscription": False}).ok
    asker.change("set_recording_policy", email=MARA, policy="allowed")
    assert asker.send("PATCH", path, ON).json()["recordAutomatically"] is True


def test_a_policy_may_ignore_it(asker: Asker) -> None:
    path = online_path(asker, plan(asker))
    asker.change("set_recording_policy", email=MARA, policy="ignored")
    answer = asker.send("PATCH", path, ON)
    assert (answer.status_code, answer.json()["recordAutomatically"]) == (200, False)
    assert asker.get(path).json()["recordAutomatically"] is False


def test_somebody_switches_it_in_teams(asker: Asker) -> None:
    event = plan(asker)
    asker.send("PATCH", online_path(asker, event), ON)
    asker.change("switch_recording", event=event["id"], on=False)
    assert asker.get(online_path(asker, event)).json()["recordAutomatically"] is False
    asker.change("switch_recording", conference=51, slot=46, on=True)
    assert asker.get(asker.meeting_path(51, 46)).json()["recordAutomatically"] is True


def test_fact_2_a_deleted_meeting_leaves_its_event(asker: Asker) -> None:
    event = plan(asker)
    path = online_path(asker, event)
    assert asker.send("DELETE", path).status_code == 204
    for method, body in (("GET", None), ("PATCH", ON), ("DELETE", None)):
        assert asker.send(method, path, body).status_code == 404
    assert asker.get(event_path(event)).json()["onlineMeeting"] == event["onlineMeeting"]
    assert seen(asker, event)["found"] is False
