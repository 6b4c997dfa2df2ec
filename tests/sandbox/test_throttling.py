"""The published limits: fact 11. Time is the sandbox's clock, stopped, so nothing here waits."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.planning import MARA

CALLS = "/communications/callRecords"
ALL_HANDS = ("2026-11-18T03:30:00Z", "2026-11-18T06:00:00Z")


def statuses(asker: Asker, path: str, times: int) -> list[int]:
    return [asker.get(path, bent=True).status_code for _ in range(times)]


@pytest.fixture(autouse=True)
def stopped_clock(asker: Asker) -> None:
    asker.control("POST", "clock", {"running": False})


def test_fact_11_nothing_is_throttled_by_default(asker: Asker) -> None:
    (record,) = asker.calls(*ALL_HANDS)
    assert statuses(asker, f"{CALLS}/{record['id']}", 30) == [200] * 30


def test_fact_11_ten_first_pages_of_a_record_in_20_seconds(asker: Asker) -> None:
    first, second = asker.calls("2026-11-20T05:00:00Z", "2026-11-20T06:00:00Z")[:2]
    asker.control("POST", "tenant", {"throttling": True})
    assert statuses(asker, f"{CALLS}/{first['id']}", 10) == [200] * 10
    refused = asker.get(f"{CALLS}/{first['id']}/sessions")
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "TooManyRequests")
    assert refused.headers["Retry-After"] == "20.000"
    assert asker.get(f"{CALLS}/{second['id']}").status_code == 200
    asker.control("POST", "clock", {"advance_seconds": 20})
    assert asker.get(f"{CALLS}/{first['id']}").status_code == 200


def test_fact_11_rejected_calls_count_against_the_quota(asker: Asker) -> None:
    (record,) = asker.calls(*ALL_HANDS)
    path = f"{CALLS}/{record['id']}"
    asker.control("POST", "tenant", {"throttling": True})
    statuses(asker, path, 10)
    asker.control("POST", "clock", {"advance_seconds": 19})
    assert statuses(asker, path, 10) == [429] * 10
    asker.control("POST", "clock", {"advance_seconds": 19})
    assert asker.get(path).status_code == 429


def test_fact_11_waiting_as_told_is_enough(asker: Asker) -> None:
    (record,) = asker.calls(*ALL_HANDS)
    path = f"{CALLS}/{record['id']}"
    asker.control("POST", "tenant", {"throttling": True})
    statuses(asker, path, 12)
    told = float(asker.get(path).headers["Retry-After"])
    asker.control("POST", "clock", {"advance_seconds": told})
    assert asker.get(path).status_code == 200


def test_fact_11_fifty_further_pages_of_a_record_in_5_minutes(asker: Asker) -> None:
    (record,) = asker.calls(*ALL_HANDS)
    path = f"{CALLS}/{record['id']}/sessions"
    link = asker.get(path).json()["@odata.nextLink"]
    asker.control("POST", "tenant", {"throttling": True})
    assert statuses(asker, link, 51) == [200] * 50 + [429]
    assert asker.get(path).status_code == 200  # a first page is another quota
    asker.control("POST", "clock", {"advance_seconds": 300})
    assert asker.get(link).status_code == 200


def test_fact_11_thirty_other_teams_calls_a_second(asker: Asker) -> None:
    path = asker.meeting_path(86)
    asker.control("POST", "tenant", {"throttling": True})
    assert statuses(asker, path, 31) == [200] * 30 + [429]
    refused = asker.get(path)
    assert refused.headers["Retry-After"] == "1"
    assert asker.get("/users/noor.haddad@example.edu").status_code == 200
    asker.control("POST", "clock", {"advance_seconds": 1})
    assert asker.get(path).status_code == 200


def test_latency_is_added_to_vendor_requests_only(asker: Asker) -> None:
    asker.control("POST", "tenant", {"latency_ms": 20})
    assert asker.get("/users/noor.haddad@example.edu").status_code == 200
    assert asker.control("GET", "tenant")["latency_ms"] == 20


def test_fact_11_four_at_once_is_the_most_for_a_mailbox(asker: Asker) -> None:
    asker.control("POST", "tenant", {"throttling": True})
    number = asker.control("POST", "holds", {"path": "/calendar"})["id"]
    with ThreadPoolExecutor(6) as threads:
        asked = [threads.submit(asker.get, f"/users/{MARA}/calendar") for _ in range(5)]
        asked.append(threads.submit(asker.get, "/users/tomas.novak@example.edu/calendar"))
        while asker.control("GET", f"holds/{number}")["waiting"] < 6:
            pass
        asker.control("DELETE", f"holds/{number}")
        answers = [one.result(timeout=20) for one in asked]
    (refused,) = [one for one in answers if one.status_code == 429]
    assert refused.json()["error"]["code"] == "ApplicationThrottled"
    assert refused.headers["Retry-After"] == "1"
    assert [one.status_code for one in answers if one is not refused] == [200] * 5
    assert answers[-1].ok
    assert asker.get(f"/users/{MARA}/calendar").ok
