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


def listed(asker: Asker, path: str, **query: Any) -> list[list[Any]]:
    """The ids on each page of a list, or of an expanded one."""
    pages, link = [], None
    while link or not pages:
        found = asker.get(link or path, bent=True, **({} if link else query)).json()
        items = found.get("value", found.get("sessions", []))
        pages.append([item["id"] for item in items])
        link = found.get("@odata.nextLink") or found.get("sessions@odata.nextLink")
    return pages


def test_a_list_comes_in_the_pages_that_are_wished_for(asker: Asker) -> None:
    whole = listed(asker, CALLS)
    script(asker, path=r"callRecords\?", pages=[[0, 2], [0, 0], [1, 3]])
    first, empty, second, *_ = listed(asker, CALLS)
    assert (first, empty, second) == (whole[0][:2], [], whole[0][1:3])


def test_an_expanded_list_goes_on_as_a_list_of_its_own(asker: Asker) -> None:
    path = f"{CALLS}/{max(listed(asker, CALLS)[0])}"
    [whole] = listed(asker, path, expand="sessions")
    script(asker, path=r"callRecords/", pages=[[1, None], [0, 1]])
    assert listed(asker, path, expand="sessions") == [whole[1:], whole[:1]]


@pytest.mark.parametrize(("kind", "distinct"), [("loop", 2), ("endless", 5)])
def test_a_list_that_never_ends(asker: Asker, kind: str, distinct: int) -> None:
    script(asker, path=r"callRecords", pages=kind)
    links = [CALLS]
    for _ in range(4):
        page = asker.get(links[-1], bent=True).json()
        assert len(page["value"]) == 60
        links.append(page["@odata.nextLink"])
    assert len(set(links)) == distinct


def test_a_page_of_a_fault_can_be_struck_by_another(asker: Asker) -> None:
    script(asker, path="sandbox-page=", status=410)
    script(asker, path=r"callRecords", pages=[[0, 2], [2, None]])
    page = asker.get(CALLS, bent=True).json()
    assert len(page["value"]) == 2
    assert asker.get(page["@odata.nextLink"], bent=True).status_code == 410


def test_leaves_rows_and_ends_of_texts_are_changed(asker: Asker) -> None:
    usual = asker.get(CALLS).json()["value"]
    script(asker, path="callRecords", leaves={"id": 7}, times=1)
    assert {item["id"] for item in asker.get(CALLS, bent=True).json()["value"]} == {7}
    script(asker, path="callRecords", also={"id": None}, times=1)
    assert asker.get(CALLS, bent=True).json()["value"] == [{**usual[0], "id": None}, *usual]
    script(asker, path="/users/", append={"displayName": "\x00\ud800"})
    assert asker.get(NOOR, bent=True).json()["displayName"] == "Noor Haddad\x00\ud800"


def test_a_small_body_that_inflates(asker: Asker) -> None:
    usual = asker.get(NOOR).json()
    script(asker, path="/users/", inflates_to=1_000_000)
    found = asker.get(NOOR, bent=True)
    assert (len(found.content), found.json()) == (1_000_000, usual)
    assert int(found.headers["content-length"]) < 10_000


@pytest.mark.parametrize("pages", ["forever", [[0]], [0], [[0, "1"]]])
def test_pages_that_are_not_understood_are_refused(asker: Asker, pages: Any) -> None:
    refusal = asker.http.post(
        f"{asker.url}/_sandbox/faults", json={"path": ".", "pages": pages}, timeout=20
    )
    assert refusal.status_code == 400
