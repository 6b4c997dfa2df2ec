"""A 201 that made no meeting, or does not tell it yet; people without a mailbox: fact 1."""

import json
from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.planning import ASKED, MARA, event_path, plan, seen

PIA = "pia.holm@example.edu"


def providers(asker: Asker, who: str) -> Any:
    return asker.get(f"/users/{who}/calendar").json()["allowedOnlineMeetingProviders"]


def has_no_meeting(asker: Asker, event: dict[str, Any]) -> bool:
    told = (event["isOnlineMeeting"], event["onlineMeetingProvider"], event["onlineMeeting"])
    again = asker.get(event_path(event, event["organizer"]["emailAddress"]["address"])).json()
    return told == (False, "unknown", None) and again == event


def test_fact_1_a_calendar_without_teams_answers_201_without_a_meeting(asker: Asker) -> None:
    assert providers(asker, PIA) == []
    assert has_no_meeting(asker, plan(asker, who=PIA))
    asker.change("set_calendar", email=PIA, teams=True)
    assert providers(asker, PIA) == ["teamsForBusiness"]
    assert plan(asker, who=PIA)["onlineMeeting"]["joinUrl"]


def test_fact_1_without_a_licence_too_and_the_calendar_does_not_show_it(asker: Asker) -> None:
    asker.change("set_licence", email=MARA, teams=False)
    assert providers(asker, MARA) == ["teamsForBusiness"]
    event = plan(asker)
    assert has_no_meeting(asker, event)
    assert seen(asker, event)["online_meeting_id"] is None
    asker.change("set_licence", email=MARA, teams=True)
    later = asker.send("PATCH", event_path(event), {"isOnlineMeeting": True}).json()
    assert later["onlineMeeting"]["joinUrl"]


def test_fact_1_a_link_may_be_late(asker: Asker) -> None:
    asker.control("POST", "tenant", {"late_join_url": 2})
    event = plan(asker)
    asker.control("POST", "tenant", {"late_join_url": 0})
    link = seen(asker, event)["join_url"]
    for answer in (event, asker.get(event_path(event)).json()):
        assert (answer["isOnlineMeeting"], answer["onlineMeeting"]) == (True, None)
        assert link not in json.dumps(answer)
    at_last = asker.get(event_path(event)).json()
    assert at_last["onlineMeeting"]["joinUrl"] == link
    assert link in json.dumps(at_last["body"])


@pytest.mark.parametrize(("method", "path"), [("GET", "calendar"), ("POST", "events")])
def test_fact_1_nobody_without_a_mailbox_has_a_calendar(
    asker: Asker, method: str, path: str
) -> None:
    asker.change("set_mailbox", email=PIA, has=False)
    body = ASKED if method == "POST" else None
    answer = asker.send(method, f"/users/{PIA}/{path}", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (
        404,
        "MailboxNotEnabledForRESTAPI",
    )
    assert asker.get(f"/users/{PIA}").ok
    asker.change("set_mailbox", email=PIA, has=True)
    assert asker.send(method, f"/users/{PIA}/{path}", body).ok


def test_fact_0_exchange_may_keep_a_mailbox_from_the_app(asker: Asker) -> None:
    event = plan(asker)
    asker.change("set_mailbox_scope", email=MARA, granted=False)
    for path in (event_path(event), f"/users/{MARA}/calendar"):
        answer = asker.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "ErrorAccessDenied")
    assert asker.get(asker.meeting_path(46)).ok
    assert asker.get(f"/users/{PIA}/calendar").ok
    asker.change("set_mailbox_scope", email=MARA, granted=True)
    assert asker.get(event_path(event)).ok


def test_an_organizer_who_left_has_no_calendar(asker: Asker) -> None:
    event = plan(asker)
    asker.change("remove_user", email=MARA)
    answer = asker.get(event_path(event))
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "ErrorInvalidUser")


def test_people_of_whom_one_thing_is_missing(asker: Asker) -> None:
    """For whoever diagnoses a tenant: each lacks one thing, and nothing else."""
    lacking = {
        MARA: (200, 200, 200),
        PIA: (200, 200, 200),  # her calendar names no provider
        "bruno.keller@example.edu": (200, 200, 404),
        "tomas.novak@example.edu": (200, 403, 200),
    }
    for who, expected in lacking.items():
        user = asker.user_id(who)
        meetings = asker.get(f"/users/{user}/onlineMeetings", filter="JoinWebUrl eq 'https://x'")
        found = (
            asker.get(f"/users/{user}/calendar").status_code,
            meetings.status_code,
            asker.get(f"/users/{user}/drive").status_code,
        )
        assert (who, found) == (who, expected)
        assert providers(asker, who) == ([] if who == PIA else ["teamsForBusiness"])
