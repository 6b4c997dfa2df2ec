"""Scripted faults and holds."""

import threading
from typing import Any

import pytest
import requests

from tests.sandbox.asking import Asker

CALLS = "/communications/callRecords"
NOOR = "/users/noor.haddad@example.edu"


def script(asker: Asker, **fault: Any) -> str:
    return str(asker.control("POST", "faults", fault)["id"])


def statuses(asker: Asker, times: int, path: str = NOOR) -> list[int]:
    return [asker.get(path, bent=True).status_code for _ in range(times)]


def test_a_fault_strikes_after_skip_and_so_many_times(asker: Asker) -> None:
    script(asker, method="GET", path="/users/", skip=1, times=2, status=503)
    assert statuses(asker, 5) == [200, 503, 503, 200, 200]
    (fault,) = asker.control("GET", "faults")
    assert (fault["hits"], fault["status"]) == (5, 503)


def test_a_fault_without_times_strikes_until_deleted(asker: Asker) -> None:
    fault = script(asker, path="/users/", status=500)
    assert statuses(asker, 3) == [500, 500, 500]
    asker.control("DELETE", f"faults/{fault}")
    assert statuses(asker, 1) == [200]
    script(asker, path="/users/", status=500)
    asker.control("DELETE", "faults")
    assert statuses(asker, 1) == [200]


def test_a_fault_is_picked_by_method_path_and_decoded_query(asker: Asker) -> None:
    script(asker, method="POST", path=".", status=500)
    script(asker, path=r"callRecords\?\$filter=startDateTime ge", status=504)
    assert statuses(asker, 1, CALLS) == [200]
    assert asker.ask_token().status_code == 500
    wish = "startDateTime ge 2026-11-20T00:00:00Z"
    assert asker.get(CALLS, bent=True, filter=wish).status_code == 504


def test_status_with_headers_and_body(asker: Asker) -> None:
    script(asker, path="/users/", status=429, headers={"Retry-After": "2.128"}, times=1)
    script(asker, path="/users/", status=502, body="<html>Bad Gateway</html>", times=1)
    script(asker, path="/users/", status=410, body={"error": {"code": "resyncRequired"}})
    first, second, third = (asker.get(NOOR, bent=True) for _ in range(3))
    assert (first.status_code, first.headers["Retry-After"]) == (429, "2.128")
    assert first.json()["error"]["innerError"]["request-id"] == first.headers["request-id"]
    assert (second.status_code, second.text) == (502, "<html>Bad Gateway</html>")
    assert (third.status_code, third.json()) == (410, {"error": {"code": "resyncRequired"}})


def test_the_log_shows_the_scripted_status(asker: Asker) -> None:
    script(asker, path="/users/", status=503, times=1)
    script(asker, path="/users/", reset=True, times=1)
    statuses(asker, 1)
    with pytest.raises(requests.ConnectionError):
        asker.get(NOOR, bent=True)
    assert [seen["status"] for seen in asker.control("GET", "requests")] == [503, None]


def test_reset_closes_the_connection_without_an_answer(asker: Asker) -> None:
    script(asker, path="/users/", reset=True, times=1)
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        asker.get(NOOR, bent=True)
    assert statuses(asker, 1) == [200]


def test_cut_ends_in_the_middle_of_the_body(asker: Asker) -> None:
    script(asker, path="/users/", cut=True, times=1)
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        asker.get(NOOR, bent=True)
    assert statuses(asker, 1) == [200]


@pytest.mark.parametrize("slowly", ["drip_seconds", "delay_seconds"])
def test_slow_answers_are_whole_answers(asker: Asker, slowly: str) -> None:
    usual = asker.get(NOOR).json()
    script(asker, path="/users/", **{slowly: 0.05})
    assert asker.get(NOOR).json() == usual


def test_a_drip_outlives_a_read_timeout_and_a_delay_does_not(asker: Asker) -> None:
    """Each drop comes in time, so only a deadline for the whole would notice."""
    url, sent = asker.graph + NOOR, {"Authorization": f"Bearer {asker.bearer}"}
    script(asker, path="/users/", drip_seconds=1, times=1)
    assert requests.get(url, headers=sent, timeout=0.5).status_code == 200
    script(asker, path="/users/", delay_seconds=30, times=1)
    with pytest.raises(requests.ReadTimeout):
        requests.get(url, headers=sent, timeout=0.2)


def test_other_content_instead_of_the_answer(asker: Asker) -> None:
    script(asker, path="/users/", raw_body="<html>Sign in</html>", times=1)
    script(asker, path="/users/", json={"value": 7}, times=1)
    page, wrong = asker.get(NOOR, bent=True), asker.get(NOOR, bent=True)
    assert (page.status_code, page.text) == (200, "<html>Sign in</html>")
    assert page.headers["content-type"].startswith("text/html")
    assert (wrong.status_code, wrong.json()) == (200, {"value": 7})


def test_next_link_is_put_on_pages_and_on_expansions(asker: Asker) -> None:
    elsewhere = "https://graph.example.org/v1.0/next"
    script(asker, path="callRecords", next_link=elsewhere)
    page = asker.get(CALLS, bent=True).json()
    assert page["@odata.nextLink"] == elsewhere
    assert len(page["value"]) == 60
    path = f"{CALLS}/{page['value'][0]['id']}"
    single = asker.get(path, bent=True, expand="sessions").json()
    assert single["sessions@odata.nextLink"] == elsewhere
    assert "@odata.nextLink" not in single


def test_nulls_keep_the_shape_and_lose_every_leaf(asker: Asker) -> None:
    usual = asker.get(CALLS, filter="startDateTime ge 2026-11-20T08:00:00Z").json()
    script(asker, path="callRecords", nulls=True)
    found = asker.get(CALLS, bent=True).json()
    assert usual["value"] == []
    assert len(found["value"]) == 60
    assert found["@odata.nextLink"] is None
    assert found["value"][0]["organizer_v2"]["identity"]["user"]["id"] is None


def waiting(asker: Asker, hold: str, wanted: int) -> None:
    """Ask until so many requests wait (bounded by the number of questions, not by time)."""
    for _ in range(5000):
        if asker.control("GET", f"holds/{hold}")["waiting"] == wanted:
            return
    raise AssertionError(f"never {wanted} waiting")


def test_a_hold_keeps_requests_until_it_is_released(asker: Asker) -> None:
    hold = str(asker.control("POST", "holds", {"path": "/users/noor"})["id"])
    answers: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(requests.get(asker.graph + NOOR).status_code)
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    waiting(asker, hold, 3)
    assert answers == []
    assert asker.get("/users/mara.lindqvist@example.edu").status_code == 200
    assert [seen["status"] for seen in asker.control("GET", "requests")] == [None] * 3 + [200]
    asker.control("DELETE", f"holds/{hold}")
    for thread in threads:
        thread.join(timeout=20)
    assert answers == [401, 401, 401]
    assert asker.control("GET", "holds") == []


def test_who_hangs_up_no_longer_waits(asker: Asker) -> None:
    hold = str(asker.control("POST", "holds", {"path": "/users/"})["id"])
    with pytest.raises(requests.ReadTimeout):
        requests.get(asker.graph + NOOR, timeout=0.2)
    waiting(asker, hold, 0)
    asker.control("POST", "reset", {})
    assert asker.control("GET", "holds") == []
