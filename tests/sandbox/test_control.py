"""The strings behind the stage: clock, log, tenant, reset, changes of the world."""

from typing import Any

import pytest
import requests

from tests.sandbox.asking import ANCHOR, Asker

CALLS = "/communications/callRecords"
NOOR = "noor.haddad@example.edu"


def refused(asker: Asker, path: str, wish: object) -> str:
    answer = asker.http.post(f"{asker.url}/_sandbox/{path}", json=wish)
    assert answer.status_code == 400
    return str(answer.json()["error"])


def test_the_clock_starts_at_the_anchor_runs_and_is_moved(asker: Asker) -> None:
    first = asker.control("GET", "clock")
    assert first["anchor"] == ANCHOR
    assert first["now"].startswith("2026-11-20T10:00:")
    assert asker.control("GET", "clock")["now"] > first["now"]
    moved = asker.control("POST", "clock", {"now": "2026-12-24T18:00:00+01:00"})
    assert moved["now"].startswith("2026-12-24T17:00:00")
    moved = asker.control("POST", "clock", {"advance_seconds": -3600})
    assert moved["now"].startswith("2026-12-24T16:00:")


def test_a_stopped_clock_stands_can_be_moved_and_goes_on(asker: Asker) -> None:
    stopped = asker.control("POST", "clock", {"running": False})["now"]
    asker.control("POST", "clock", {"now": ANCHOR})
    moved = asker.control("POST", "clock", {"advance_seconds": 60})["now"]
    assert stopped > ANCHOR.removesuffix("Z")
    assert moved == asker.control("GET", "clock")["now"] == "2026-11-20T10:01:00.000000Z"
    assert asker.control("POST", "clock", {"running": True})["now"] >= moved
    assert asker.control("GET", "clock")["now"] > moved


def test_reset_builds_a_fresh_world_around_another_moment(asker: Asker) -> None:
    asker.control("POST", "faults", {"path": ".", "status": 500})
    asker.control("POST", "tenant", {"latency_ms": 5, "remove_roles": ["User.Read.All"]})
    asker.control("POST", "world", {"op": "rename", "email": NOOR, "name": "N. H."})
    state = asker.control("POST", "reset", {"now": "2026-06-01T08:00:00Z"})
    assert (state["world"], state["anchor"]) == ("demo", "2026-06-01T08:00:00Z")
    assert asker.conference(46)["starts_at"] == "2026-06-01T05:00:00Z"
    assert asker.control("GET", "faults") == []
    assert asker.control("GET", "tenant")["latency_ms"] == 0
    assert asker.get(f"/users/{NOOR}").json()["displayName"] == "Noor Haddad"
    assert asker.control("POST", "reset", {})["anchor"] == ANCHOR
    assert asker.control("POST", "reset", {"world": "empty"})["world"] == "empty"
    assert asker.control("GET", "conferences") == {"conferences": []}


@pytest.mark.parametrize(
    ("path", "wish"),
    [
        ("reset", {"world": "real"}),
        ("reset", {"when": ANCHOR}),
        ("reset", ["demo"]),
        ("clock", {}),
        ("clock", {"now": "2026-11-20T10:00:00"}),
        ("clock", {"advance_seconds": "60"}),
        ("clock", {"running": 1}),
        ("tenant", {"throtling": True}),
        ("tenant", {"latency_ms": "many"}),
        ("tenant", {"refuse_credentials": "yes"}),
        ("faults", {"path": "x"}),
        ("faults", {"path": "(", "status": 500}),
        ("faults", {"status": 500, "reset": True}),
        ("faults", {"status": 500, "time": 1}),
        ("faults", {"status": "bad"}),
        ("faults", {"status": 500, "headers": "Retry-After: 1"}),
        ("tenant", {"remove_roles": "User.Read.All"}),
        ("holds", {"path": "("}),
        ("holds", {"path": ".", "after": 1}),
        ("tenant", {"late_join_url": "twice"}),
        ("tenant", {"short_links": "yes"}),
        ("world", {"op": "rename", "email": 7, "name": "x"}),
        ("world", {"op": "add_report", "conference": 46, "records": []}),
        ("world", {"op": "explode"}),
        ("world", {"op": "remove_report"}),
        ("world", {"op": "remove_report", "conference": 46, "report": 7}),
        ("world", {"op": "remove_report", "conference": 87}),
        ("world", {"op": "rename", "email": "nobody@example.edu", "name": "x"}),
    ],
)
def test_what_it_does_not_understand_it_refuses(asker: Asker, path: str, wish: object) -> None:
    assert refused(asker, path, wish)


def test_bodies_that_are_not_json_are_refused(asker: Asker) -> None:
    answer = asker.http.post(f"{asker.url}/_sandbox/clock", data="now!")
    assert (answer.status_code, answer.json()["error"]) == (400, "the body is not JSON")


def test_requests_are_logged_as_they_came_over_the_wire(asker: Asker) -> None:
    trace = {"client-request-id": "7d5e2f4a-0000-4000-8000-000000000001"}
    answer = asker.get(CALLS, headers=trace, filter="startDateTime ge 2026-11-20T00:00:00Z")
    requests.get(f"{asker.graph}/users/{NOOR}", headers={"Host": "graph.example.org"})
    first, second = asker.control("GET", "requests")
    assert first["n"] == second["n"] - 1
    assert (first["method"], first["path"], first["status"]) == ("GET", f"/v1.0{CALLS}", 200)
    assert first["query"] == "%24filter=startDateTime+ge+2026-11-20T00%3A00%3A00Z"
    assert first["client_request_id"] == trace["client-request-id"]
    assert first["request_id"] == answer.headers["request-id"]
    assert (first["has_authorization"], second["has_authorization"]) == (True, False)
    assert (second["status"], second["host"]) == (401, "graph.example.org")
    assert second["client_request_id"] is None
    asker.control("DELETE", "requests")
    assert asker.control("GET", "requests") == []


def test_control_calls_are_not_logged(asker: Asker) -> None:
    asker.control("GET", "health")
    assert asker.control("GET", "requests") == []


def test_a_refused_switch_switches_nothing(asker: Asker) -> None:
    refused(
        asker, "tenant", {"refuse_credentials": True, "remove_roles": ["x"], "latency_ms": None}
    )
    assert asker.ask_token().status_code == 200


def test_token_lifetime_is_a_switch(asker: Asker) -> None:
    asker.control("POST", "tenant", {"token_lifetime": 30})
    assert asker.ask_token().json()["expires_in"] == 30
    asker.login()
    asker.control("POST", "clock", {"advance_seconds": 31})
    assert asker.get(CALLS).status_code == 401


def change(asker: Asker, op: str, **wish: Any) -> Any:
    return asker.control("POST", "world", {"op": op, **wish})


def test_reports_and_records_come_go_and_change(asker: Asker) -> None:
    stay = ["2026-11-18T08:00:00Z", "2026-11-18T08:10:00Z"]
    line = {"email": "elif.demir@example.edu", "role": "Presenter", "intervals": [stay]}
    change(asker, "add_record", conference=86, record=line)
    change(asker, "remove_record", conference=86, record=1)
    change(asker, "edit_interval", conference=86, record=0, leave="2026-11-18T08:30:00Z")
    records = asker.records(86)
    assert [(one["emailAddress"], one["totalAttendanceInSeconds"]) for one in records] == [
        ("mara.lindqvist@example.edu", 1800),
        ("ines.duarte@example.edu", 3000),
        ("lena.fischer@example.edu", 2700),
        ("omar.said@example.edu", 2400),
        ("elif.demir@example.edu", 600),
    ]
    guest = {"name": "Somebody", "shown_email": "", "intervals": [stay]}
    change(asker, "add_report", conference=86, records=[guest])
    assert len(asker.reports(86)) == 2
    change(asker, "remove_report", conference=86, report=0)
    (left,) = asker.records(86)
    assert (left["identity"]["displayName"], left["emailAddress"]) == ("Somebody", "")


def test_changes_reach_a_time_slot(asker: Asker) -> None:
    change(asker, "remove_report", conference=51, slot=46)
    assert (len(asker.reports(51, 45)), len(asker.reports(51, 46))) == (1, 0)


def test_an_added_report_can_be_late(asker: Asker) -> None:
    stay = ["2026-11-20T08:00:00Z", "2026-11-20T09:59:00Z"]
    line = {"email": NOOR, "intervals": [stay]}
    change(asker, "add_report", conference=90, records=[line], delay_seconds=600)
    assert asker.reports(90) == []
    asker.control("POST", "clock", {"advance_seconds": 541})
    assert len(asker.reports(90)) == 1


def test_people_are_renamed_and_removed(asker: Asker) -> None:
    change(asker, "rename", email=NOOR, name="Noor Haddad-Berg")
    assert asker.get(f"/users/{NOOR}").json()["displayName"] == "Noor Haddad-Berg"
    names = {one["identity"]["displayName"] for one in asker.records(86)}
    assert "Noor Haddad-Berg" in names
    change(asker, "remove_user", email=NOOR)
    assert asker.get(f"/users/{NOOR}").status_code == 404


def test_access_reports_and_calls_are_taken_away(asker: Asker) -> None:
    path = asker.meeting_path(86)
    change(asker, "set_reports", conference=86, kept=False)
    assert asker.get(path + "/attendanceReports").status_code == 404
    change(asker, "set_policy", email="mara.lindqvist@example.edu", granted=False)
    assert asker.get(path + "/attendanceReports").status_code == 403
    window = ("2026-11-18T08:00:00Z", "2026-11-18T09:00:00Z")
    (call,) = asker.calls(*window)
    change(asker, "remove_call_record", id=call["id"])
    assert asker.calls(*window) == []
