"""Events moved, edited, cancelled and deleted: facts 1 and 2."""

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.planning import INES, MARA, NOOR, event_path, online_path, plan, seen

OMAR = {"emailAddress": {"address": "omar.said@example.edu"}}
LATER = {
    "start": {"dateTime": "2026-12-02T09:00:00", "timeZone": "UTC"},
    "end": {"dateTime": "2026-12-02T10:00:00", "timeZone": "UTC"},
}


def test_fact_2_the_meetings_time_follows_the_events(asker: Asker) -> None:
    event = plan(asker)
    answer = asker.send("PATCH", event_path(event), LATER)
    assert answer.status_code == 200
    assert answer.json()["start"]["dateTime"] == "2026-12-02T09:00:00.0000000"
    assert answer.json()["onlineMeeting"] == event["onlineMeeting"]
    assert answer.json()["changeKey"] != event["changeKey"]
    meeting = asker.get(online_path(asker, event)).json()
    assert (meeting["startDateTime"], meeting["endDateTime"]) == (
        "2026-12-02T09:00:00Z",
        "2026-12-02T10:00:00Z",
    )
    assert seen(asker, event)["starts_at"] == "2026-12-02T09:00:00Z"


def test_fact_1_an_update_changes_what_it_names_and_is_mailed_once_each(asker: Asker) -> None:
    event = plan(asker)
    path = event_path(event)
    changed = asker.send("PATCH", path, {"subject": "New name", "importance": "high"}).json()
    assert (changed["subject"], changed["importance"]) == ("New name", "high")
    assert changed["start"] == event["start"]
    assert asker.get(online_path(asker, event)).json()["subject"] == "New name"
    assert (seen(asker, event)["invitations"], seen(asker, event)["updates"]) == (2, 2)
    asker.send("PATCH", path, {"subject": "New name"})
    assert seen(asker, event)["updates"] == 2


def test_fact_1_a_list_of_attendees_is_the_whole_list(asker: Asker) -> None:
    event = plan(asker)
    changed = asker.send("PATCH", event_path(event), {"attendees": [NOOR, OMAR]}).json()
    addresses = [one["emailAddress"]["address"] for one in changed["attendees"]]
    assert addresses == ["noor.haddad@example.edu", "omar.said@example.edu"]
    row = seen(asker, event)
    assert (row["invitations"], row["updates"], row["cancellations"]) == (3, 0, 1)
    assert row["attendees"] == addresses


def test_fact_1_a_meeting_cannot_be_taken_back(asker: Asker) -> None:
    event = plan(asker)
    changed = asker.send("PATCH", event_path(event), {"isOnlineMeeting": False}).json()
    assert changed["isOnlineMeeting"] is True
    assert changed["onlineMeeting"] == event["onlineMeeting"]


def test_fact_1_an_event_becomes_a_meeting_later(asker: Asker) -> None:
    event = plan(asker, isOnlineMeeting=False)
    changed = asker.send("PATCH", event_path(event), {"isOnlineMeeting": True}).json()
    assert changed["onlineMeeting"]["joinUrl"] == seen(asker, event)["join_url"]


def test_a_body_without_the_link_takes_the_event_offline(asker: Asker) -> None:
    event = plan(asker)
    kept = event["body"]["content"].replace("Welcome", "Come in")
    path, link = event_path(event), event["onlineMeeting"]["joinUrl"]
    wish = {"body": {"contentType": "html", "content": kept}}
    assert asker.send("PATCH", path, wish).json()["onlineMeeting"]["joinUrl"] == link
    wish = {"body": {"contentType": "text", "content": "Bring <books>."}}
    changed = asker.send("PATCH", path, wish).json()
    assert (changed["isOnlineMeeting"], changed["onlineMeeting"]) == (False, None)
    assert changed["body"]["content"] == "Bring &lt;books&gt;."
    assert asker.get(online_path(asker, event)).ok


@pytest.mark.parametrize("how", ["cancel", "delete"])
def test_fact_1_what_is_cancelled_or_deleted_is_gone(asker: Asker, how: str) -> None:
    event = plan(asker)
    path, online = event_path(event), online_path(asker, event)
    if how == "cancel":
        done = asker.send("POST", f"{path}/cancel", {"comment": "The room is closed."})
        assert (done.status_code, done.content) == (202, b"")
    else:
        assert asker.send("DELETE", path).status_code == 204
    for method, where in (("GET", path), ("PATCH", path), ("DELETE", path)):
        gone = asker.send(method, where, LATER if method == "PATCH" else None)
        assert (gone.status_code, gone.json()["error"]["code"]) == (404, "ErrorItemNotFound")
    assert asker.send("POST", f"{path}/cancel", {}).status_code == 404
    row = seen(asker, event)
    assert (row["cancelled"], row["deleted"]) == (how == "cancel", how == "delete")
    assert row["cancellations"] == 2
    # What was said and recorded is not gone with the event.
    assert asker.get(online).status_code == 200


def test_an_event_may_be_cancelled_without_a_word(asker: Asker) -> None:
    event = plan(asker, attendees=[INES])
    assert asker.send("POST", event_path(event) + "/cancel").status_code == 202


def test_the_demos_meetings_have_events(asker: Asker) -> None:
    path = event_path(asker.conference(81)["meeting_id"])
    event = asker.get(path).json()
    assert event["onlineMeeting"]["joinUrl"] == asker.link(81)
    assert event["start"]["dateTime"] == "2026-11-27T10:00:00.0000000"
    assert len(event["attendees"]) == 3
    asker.send("PATCH", path, LATER)
    assert asker.get(asker.meeting_path(81)).json()["startDateTime"] == "2026-12-02T09:00:00Z"
    asker.send("POST", f"{path}/cancel", {})
    assert asker.get(path).status_code == 404
    assert asker.get(f"/users/{MARA}/events/{asker.conference(83)['meeting_id']}").ok
