"""Asking for events as a client of calendars would."""

from typing import Any
from urllib.parse import quote

from tests.sandbox.asking import Asker

MARA = "mara.lindqvist@example.edu"
NOOR = {"emailAddress": {"address": "noor.haddad@example.edu", "name": "Noor Haddad"}}
INES = {"emailAddress": {"address": "ines.duarte@example.edu", "name": "Ines Duarte"}}
ASKED: dict[str, Any] = {
    "subject": "Seminar",
    "body": {"contentType": "html", "content": "<p>Welcome.</p>"},
    "start": {"dateTime": "2026-12-01T13:00:00", "timeZone": "Europe/Berlin"},
    "end": {"dateTime": "2026-12-01T14:30:00", "timeZone": "Europe/Berlin"},
    "attendees": [{**NOOR, "type": "required"}, {**INES, "type": "optional"}],
    "isOnlineMeeting": True,
    "onlineMeetingProvider": "teamsForBusiness",
}


def asked(**changes: Any) -> dict[str, Any]:
    return {**ASKED, **changes}


def plan(asker: Asker, who: str = MARA, **changes: Any) -> dict[str, Any]:
    """A new event; its answer."""
    answer = asker.send("POST", f"/users/{who}/events", asked(**changes))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def event_path(event: dict[str, Any] | str, who: str = MARA) -> str:
    number = event if isinstance(event, str) else event["id"]
    return f"/users/{who}/events/{quote(number, safe='')}"


def seen(asker: Asker, event: dict[str, Any] | str) -> dict[str, Any]:
    """The event behind the stage."""
    number = event if isinstance(event, str) else event["id"]
    rows = asker.control("GET", "meetings")["meetings"]
    (row,) = [row for row in rows if row["event_id"] == number]
    return dict(row)


def online_path(asker: Asker, event: dict[str, Any], who: str = MARA) -> str:
    """The online meeting of an event, found by its join link."""
    path = f"/users/{asker.user_id(who)}/onlineMeetings"
    link = event["onlineMeeting"]["joinUrl"]
    found = asker.get(path, filter=f"JoinWebUrl eq '{link}'").json()["value"]
    return f"{path}/{quote(found[0]['id'])}"
