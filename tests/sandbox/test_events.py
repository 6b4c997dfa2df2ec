"""Calendars and events: facts 1 and 12."""

import json

import pytest

from tests.sandbox.asking import ANCHOR, Asker
from tests.sandbox.planning import ASKED, MARA, asked, event_path, online_path, plan, seen

TEAMS = ["teamsForBusiness"]


@pytest.mark.parametrize("collection", ["events", "calendar/events"])
def test_fact_1_an_event_is_made_and_read_under_both_paths(asker: Asker, collection: str) -> None:
    path = f"/users/{MARA}/{collection}"
    made = asker.send("POST", path, ASKED)
    assert made.status_code == 201
    read = asker.get(f"{path}/{made.json()['id']}")
    assert read.status_code == 200
    assert read.json() == made.json()
    assert asker.get(f"/users/{asker.user_id(MARA)}/events/{made.json()['id']}").ok


def test_fact_1_what_a_new_event_tells(asker: Asker) -> None:
    event = plan(asker)
    assert (event["subject"], event["type"], event["isCancelled"]) == (
        "Seminar",
        "singleInstance",
        False,
    )
    assert event["organizer"]["emailAddress"]["address"] == MARA
    assert [(one["emailAddress"]["name"], one["type"]) for one in event["attendees"]] == [
        ("Noor Haddad", "required"),
        ("Ines Duarte", "optional"),
    ]
    assert (event["isOnlineMeeting"], event["onlineMeetingProvider"]) == (True, TEAMS[0])
    assert event["onlineMeetingUrl"] is None
    assert event["createdDateTime"].startswith(ANCHOR[:16])
    assert event["iCalUId"]
    assert event["changeKey"] in event["@odata.etag"]


def test_fact_1_times_are_utc_without_an_offset_unless_a_zone_is_preferred(asker: Asker) -> None:
    event = plan(asker)
    assert event["start"] == {"dateTime": "2026-12-01T12:00:00.0000000", "timeZone": "UTC"}
    assert event["originalStartTimeZone"] == "Europe/Berlin"
    wish = {"Prefer": 'outlook.timezone="W. Europe Standard Time", IdType="ImmutableId"'}
    there = asker.get(event_path(event), headers=wish)
    assert there.json()["end"] == {
        "dateTime": "2026-12-01T14:30:00.0000000",
        "timeZone": "W. Europe Standard Time",
    }
    assert "W. Europe" in there.headers["Preference-Applied"]
    odd = asker.get(event_path(event), headers={"Prefer": 'outlook.timezone="Mars"'})
    assert (odd.status_code, odd.json()["error"]["code"]) == (400, "TimeZoneNotSupportedException")


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("UTC", "13"),
        ("Europe/Berlin", "12"),
        ("w. europe standard time", "12"),
        ("Eastern Standard Time", "18"),
        ("Asia/Kolkata", "07"),
    ],
)
def test_fact_1_zones_are_named_by_iana_or_by_windows(asker: Asker, zone: str, hour: str) -> None:
    start = {"dateTime": "2026-12-01T13:00:00", "timeZone": zone}
    event = plan(asker, start=start, end={**start, "dateTime": "2026-12-01T14:00:00.5"})
    assert event["start"]["dateTime"][11:13] == hour


def test_fact_1_and_12_the_event_never_tells_the_id_of_its_meeting(asker: Asker) -> None:
    event = plan(asker)
    assert event["onlineMeeting"].keys() == {"joinUrl"}
    meeting = asker.get(online_path(asker, event)).json()
    assert meeting["id"] not in json.dumps(event)
    assert meeting["joinWebUrl"] == event["onlineMeeting"]["joinUrl"]
    assert meeting["id"] == seen(asker, event)["online_meeting_id"]
    assert meeting["subject"] == "Seminar"
    assert (meeting["startDateTime"], meeting["endDateTime"]) == (
        "2026-12-01T12:00:00Z",
        "2026-12-01T13:30:00Z",
    )


def test_fact_1_each_event_has_a_meeting_of_its_own(asker: Asker) -> None:
    first, second = plan(asker), plan(asker)
    rows = [seen(asker, event) for event in (first, second)]
    for key in ("event_id", "join_url", "online_meeting_id"):
        assert rows[0][key] != rows[1][key]
    threads = {asker.get(online_path(asker, one)).json()["chatInfo"]["threadId"]
               for one in (first, second)}  # fmt: skip
    assert len(threads) == 2


def test_fact_2_a_meeting_is_bridged_by_its_chat(asker: Asker) -> None:
    event = plan(asker)
    thread = asker.get(online_path(asker, event)).json()["chatInfo"]["threadId"]
    chat = asker.get(f"/chats/{thread}").json()
    assert chat["onlineMeetingInfo"]["calendarEventId"] == event["id"]
    assert chat["onlineMeetingInfo"]["joinWebUrl"] == event["onlineMeeting"]["joinUrl"]


def test_fact_1_an_event_without_a_meeting_has_none(asker: Asker) -> None:
    event = plan(asker, isOnlineMeeting=False)
    assert (event["isOnlineMeeting"], event["onlineMeeting"]) == (False, None)
    assert seen(asker, event)["join_url"] is None


def test_fact_1_without_a_provider_the_calendars_own_is_meant(asker: Asker) -> None:
    body = asked()
    del body["onlineMeetingProvider"]
    made = asker.send("POST", f"/users/{MARA}/events", body).json()
    assert made["onlineMeetingProvider"] == TEAMS[0]
    other = plan(asker, onlineMeetingProvider="skypeForBusiness")
    assert (other["isOnlineMeeting"], other["onlineMeetingProvider"]) == (False, "unknown")


def test_select_returns_what_it_names_and_always_the_id(asker: Asker) -> None:
    event = plan(asker)
    found = asker.get(event_path(event), select="subject,onlineMeeting").json()
    assert found.keys() == {"@odata.context", "@odata.etag", "id", "subject", "onlineMeeting"}


def test_fact_1_a_calendar_names_its_providers(asker: Asker) -> None:
    calendar = asker.get(f"/users/{MARA}/calendar").json()
    assert calendar["allowedOnlineMeetingProviders"] == TEAMS
    assert calendar["defaultOnlineMeetingProvider"] == TEAMS[0]
    assert calendar["owner"]["address"] == MARA
    some = asker.get(f"/users/{MARA}/calendar", select="allowedOnlineMeetingProviders").json()
    assert some.keys() == {"@odata.context", "allowedOnlineMeetingProviders"}
