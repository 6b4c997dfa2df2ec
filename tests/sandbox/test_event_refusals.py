"""Bodies, paths and permissions that calendars refuse: facts 0, 1 and 10."""

from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.planning import ASKED, INES, MARA, NOOR, asked, event_path, plan

EVENTS = f"/users/{MARA}/events"
FAILED = "ErrorPropertyValidationFailure"
UNREADABLE = "RequestBodyRead"


def at(moment: object, zone: object = "UTC") -> dict[str, object]:
    return {"dateTime": moment, "timeZone": zone}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"end": at("2026-11-30T13:00:00")}, FAILED),
        ({"start": at("2026-12-01T13:00:00Z")}, FAILED),
        ({"start": at("2026-12-01T13:00:00+01:00")}, FAILED),
        ({"start": at("1.12.2026")}, FAILED),
        ({"start": at("2026-02-30T13:00:00")}, FAILED),
        ({"start": at("2026-12-01T13:00:00", "Mars/Olympus")}, "TimeZoneNotSupportedException"),
        ({"start": at("2026-12-01T13:00:00", "")}, "TimeZoneNotSupportedException"),
        ({"start": {"dateTime": "2026-12-01T13:00:00"}}, "TimeZoneNotSupportedException"),
        ({"start": "2026-12-01T13:00:00"}, UNREADABLE),
        ({"start": at(7)}, UNREADABLE),
        ({"colour": "red"}, UNREADABLE),
        ({"isOnlineMeeting": "yes"}, UNREADABLE),
        ({"onlineMeetingProvider": "zoom"}, UNREADABLE),
        ({"subject": 7}, UNREADABLE),
        ({"transactionId": 7}, UNREADABLE),
        ({"body": "Welcome"}, UNREADABLE),
        ({"body": {"contentType": "markdown", "content": "x"}}, UNREADABLE),
        ({"attendees": NOOR}, UNREADABLE),
        ({"attendees": ["noor.haddad@example.edu"]}, UNREADABLE),
        ({"attendees": [{"address": "noor.haddad@example.edu"}]}, UNREADABLE),
        ({"attendees": [{**NOOR, "type": "learner"}]}, UNREADABLE),
        ({"attendees": [{"emailAddress": {"name": "Noor"}}]}, "ErrorInvalidRecipients"),
        ({"attendees": [{"emailAddress": {"address": "noor"}}]}, "ErrorInvalidRecipients"),
        ({"attendees": [INES] * 501}, "ErrorInvalidRequest"),
        ({"reminderMinutesBeforeStart": "soon"}, UNREADABLE),
        ({"categories": "blue"}, UNREADABLE),
        ({"id": "AAMk1"}, "ErrorInvalidPropertySet"),
        ({"onlineMeeting": {"joinUrl": "x"}}, "ErrorInvalidPropertySet"),
        ({"recurrence": {"pattern": {}}}, "NotSupported"),
    ],
)  # fmt: skip
def test_fact_1_a_body_is_checked(asker: Asker, changes: dict[str, Any], code: str) -> None:
    answer = asker.send("POST", EVENTS, asked(**changes))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    subjects = [row["subject"] for row in asker.control("GET", "meetings")["meetings"]]
    assert "Seminar" not in subjects


def test_fact_1_five_hundred_attendees_are_the_most(asker: Asker) -> None:
    many = [{"emailAddress": {"address": f"student{n}@example.edu"}} for n in range(500)]
    assert len(plan(asker, attendees=many)["attendees"]) == 500


@pytest.mark.parametrize("missing", ["start", "end"])
def test_fact_1_an_event_needs_both_its_times(asker: Asker, missing: str) -> None:
    body = {name: value for name, value in ASKED.items() if name != missing}
    answer = asker.send("POST", EVENTS, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, FAILED)


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (b"", "application/json", "Empty Payload"),
        (b"{", "application/json", "Unable to read JSON"),
        (b"[]", "application/json", "Unable to read JSON"),
        (b"{}", "text/plain", "Unable to read JSON"),
    ],
)
def test_fact_10_a_body_that_is_no_json_object(
    asker: Asker, raw: bytes, kind: str, words: str
) -> None:
    sent = {"Authorization": f"Bearer {asker.bearer}", "Content-Type": kind}
    answer = asker.http.post(asker.graph + EVENTS, data=raw, headers=sent)
    assert answer.status_code == 400
    assert words in answer.json()["error"]["message"]


def test_a_refused_update_changes_nothing(asker: Asker) -> None:
    event = plan(asker)
    for wish in (
        {"subject": "New", "end": at("2026-11-01T10:00:00")},
        {"subject": "New", "colour": "red"},
        {"subject": "New", "transactionId": "x"},
    ):
        assert asker.send("PATCH", event_path(event), wish).status_code == 400
    assert asker.get(event_path(event)).json() == event


@pytest.mark.parametrize(
    ("who", "number", "status", "code"),
    [
        ("nobody@example.edu", "", 404, "ErrorInvalidUser"),
        (MARA, "x", 400, "ErrorInvalidIdMalformed"),
        (MARA, "AAMkAAAAAAAAAAAAAAAAAAAAAAAAAA", 404, "ErrorItemNotFound"),
        ("viktor.sund@example.edu", "", 404, "ErrorItemNotFound"),
    ],
)
def test_fact_10_an_event_is_found_in_its_own_mailbox_only(
    asker: Asker, who: str, number: str, status: int, code: str
) -> None:
    answer = asker.get(event_path(number or plan(asker), who))
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_fact_0_reading_and_writing_are_two_permissions(asker: Asker) -> None:
    event = plan(asker)
    tenant = {"remove_roles": ["Calendars.ReadWrite"], "add_roles": ["Calendars.ReadBasic.All"]}
    asker.control("POST", "tenant", tenant)
    asker.login()
    basic = asker.get(event_path(event)).json()
    assert basic.keys() == event.keys() - {"body", "bodyPreview"}
    assert asker.get(f"/users/{MARA}/calendar").ok
    for method, path, body in (
        ("POST", EVENTS, ASKED),
        ("PATCH", event_path(event), {"subject": "New"}),
        ("POST", event_path(event) + "/cancel", {}),
        ("DELETE", event_path(event), None),
    ):
        refused = asker.send(method, path, body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "ErrorAccessDenied")
    asker.control("POST", "tenant", {"add_roles": ["Calendars.Read"]})
    asker.login()
    assert asker.get(event_path(event)).json() == event


def test_the_access_policy_says_nothing_of_calendars(asker: Asker) -> None:
    assert plan(asker, who="tomas.novak@example.edu")["isOnlineMeeting"] is True


def test_events_are_not_listed(asker: Asker) -> None:
    assert asker.get(EVENTS).status_code == 400
