"""Locks before every route: facts 0, 2 and 10."""

from typing import Any
from uuid import UUID

import pytest

from tests.sandbox.asking import Asker

MARA = "mara.lindqvist@example.edu"
CALLS = "/communications/callRecords"


def error(answer: object) -> dict[str, object]:
    return dict(answer.json()["error"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("header", ["", "Bearer", "Basic eDp5", "Bearer x", "Bearer a.b.c"])
def test_fact_10_no_good_token_is_401(asker: Asker, header: str) -> None:
    answer = asker.get(CALLS, headers={"Authorization": header})
    assert answer.status_code == 401
    assert error(answer)["code"] == "InvalidAuthenticationToken"


def test_fact_10_a_token_expires(asker: Asker) -> None:
    asker.control("POST", "clock", {"advance_seconds": 3590})
    assert asker.get(CALLS).status_code == 200
    asker.control("POST", "clock", {"advance_seconds": 10})
    assert asker.get(CALLS).status_code == 401
    asker.login()
    assert asker.get(CALLS).status_code == 200


def test_fact_10_a_token_can_be_revoked(asker: Asker) -> None:
    asker.control("POST", "tenant", {"revoke_tokens": True})
    assert asker.get(CALLS).status_code == 401
    asker.login()
    assert asker.get(CALLS).status_code == 200


@pytest.mark.parametrize(
    ("role", "path", "code"),
    [
        ("User.Read.All", "/users/{mara}", "Authorization_RequestDenied"),
        ("OnlineMeetings.ReadWrite.All", "/users/{mara}/onlineMeetings", "Forbidden"),
        ("Calendars.ReadWrite", "/users/{mara}/calendar", "ErrorAccessDenied"),
        ("OnlineMeetingArtifact.Read.All", "{meeting}/attendanceReports", "Forbidden"),
        ("CallRecords.Read.All", CALLS, "Forbidden"),
    ],
)
def test_fact_0_each_route_needs_its_role(asker: Asker, role: str, path: str, code: str) -> None:
    where = path.format(mara=asker.user_id(MARA), meeting=asker.meeting_path(46))
    wish: dict[str, Any] = (
        {"filter": f"JoinWebUrl eq '{asker.link(46)}'"} if path.endswith("Meetings") else {}
    )
    asker.control("POST", "tenant", {"remove_roles": [role]})
    assert asker.get(where, **wish).status_code == 200  # the old token still carries it
    asker.login()
    refused = asker.get(where, **wish)
    assert (refused.status_code, error(refused)["code"]) == (403, code)
    asker.control("POST", "tenant", {"add_roles": [role]})
    asker.login()
    assert asker.get(where, **wish).status_code == 200


def test_fact_0_another_grant_that_allows_it_is_enough(asker: Asker) -> None:
    asker.control(
        "POST",
        "tenant",
        {
            "remove_roles": ["OnlineMeetings.ReadWrite.All", "User.Read.All"],
            "add_roles": ["OnlineMeetings.Read.All", "User.ReadBasic.All"],
        },
    )
    asker.login()
    assert asker.get(asker.meeting_path(46)).status_code == 200


def test_fact_0_without_an_access_policy_403_in_the_vendors_words(asker: Asker) -> None:
    tomas = asker.user_id("tomas.novak@example.edu")
    answer = asker.get(f"/users/{tomas}/onlineMeetings", filter=f"JoinWebUrl eq '{asker.link(84)}'")
    assert answer.status_code == 403
    assert error(answer)["message"] == "No Application Access Policy found for this app"
    assert asker.get(CALLS).status_code == 200  # call records need none
    asker.control("POST", "world", {"op": "set_policy", "email": "tomas.novak@example.edu",
                                    "granted": True})  # fmt: skip
    assert asker.reports(84)[0]["totalParticipantCount"] == 2


def test_fact_10_errors_carry_both_ids_in_body_and_headers(asker: Asker) -> None:
    mine = "11111111-2222-4333-8444-555555555555"
    answer = asker.get(CALLS, headers={"client-request-id": mine}, top="5")
    inner = error(answer)["innerError"]
    assert isinstance(inner, dict)
    assert answer.headers["client-request-id"] == inner["client-request-id"] == mine
    assert answer.headers["request-id"] == inner["request-id"]
    assert UUID(inner["request-id"]).version == 4
    assert inner["date"].startswith("2026-11-20T10:00:")
    assert not inner["date"].endswith("Z")


def test_an_unknown_route_is_400_and_never_mistaken_for_an_absence(asker: Asker) -> None:
    answer = asker.get("/users/x/onlineMeeting", bent=True)
    assert answer.status_code == 400


@pytest.mark.parametrize("who", [MARA, MARA.upper()])
def test_users_are_found_by_upn_in_any_case_and_by_id(asker: Asker, who: str) -> None:
    found = asker.get(f"/users/{who}").json()
    assert (found["displayName"], found["mail"]) == ("Mara Lindqvist", MARA)
    assert asker.get(f"/users/{found['id']}", select="mail").json()["mail"] == MARA


def test_users_are_not_found_by_a_mail_that_is_not_the_upn(asker: Asker) -> None:
    missing = asker.get("/users/jonas.weber@example.edu")
    assert (missing.status_code, error(missing)["code"]) == (404, "Request_ResourceNotFound")
    assert asker.get("/users/jweber@example.edu").json()["mail"] == "jonas.weber@example.edu"


def test_select_returns_only_what_it_names(asker: Asker) -> None:
    found = asker.get(f"/users/{MARA}", select="id,mail").json()
    assert found.keys() == {"@odata.context", "id", "mail"}
