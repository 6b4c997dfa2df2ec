"""Holds: those that let a few pass, before a request is done and after."""

import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import requests

from tests.sandbox.asking import Asker
from tests.sandbox.planning import ASKED

NOOR, MARA = "/users/noor.haddad@example.edu", "/users/mara.lindqvist@example.edu"


def pass_by(asker: Asker, path: str = NOOR) -> None:
    assert requests.get(asker.graph + path, timeout=20).status_code == 401


def be_held(asker: Asker, path: str = NOOR) -> None:
    with pytest.raises(requests.ReadTimeout):
        requests.get(asker.graph + path, timeout=0.2)


def test_a_hold_lets_as_many_pass_as_it_skips(asker: Asker) -> None:
    asker.control("POST", "holds", {"path": "/users/noor", "skip": 2})
    for _ in range(3):
        pass_by(asker, MARA)
    pass_by(asker)
    pass_by(asker)
    be_held(asker)
    be_held(asker)


def test_a_request_is_counted_by_every_hold_that_it_meets(asker: Asker) -> None:
    first = asker.control("POST", "holds", {"path": "/users/", "skip": 1})["id"]
    asker.control("POST", "holds", {"path": "/users/noor", "skip": 1})
    pass_by(asker)
    asker.control("DELETE", f"holds/{first}")
    be_held(asker)


def made(asker: Asker) -> list[str]:
    rows = asker.control("GET", "meetings")["meetings"]
    return [row["subject"] for row in rows if row["subject"] == "Seminar"]


def hold(asker: Asker, **wish: object) -> str:
    return str(asker.control("POST", "holds", {"path": "/events", **wish})["id"])


def wait_for(asker: Asker, number: str, waiting: int) -> None:
    while asker.control("GET", f"holds/{number}")["waiting"] != waiting:
        pass


def give_up(asker: Asker, number: str) -> None:
    """Ask for an event and hang up while one waits at the hold."""
    client = HTTPConnection(urlsplit(asker.url).netloc, timeout=20)
    sent = {"Authorization": f"Bearer {asker.bearer}", "Content-Type": "application/json"}
    client.request("POST", f"/v1.0{MARA}/events", json.dumps(ASKED), sent)
    wait_for(asker, number, 1)
    client.close()
    wait_for(asker, number, 0)


def test_what_is_held_before_is_not_done_when_its_client_has_gone(asker: Asker) -> None:
    number = hold(asker, method="POST")
    give_up(asker, number)
    asker.control("DELETE", f"holds/{number}")
    assert made(asker) == []


def test_what_is_held_after_stays_done_when_its_client_has_gone(asker: Asker) -> None:
    number = hold(asker, method="post", after=True)
    assert asker.control("GET", f"holds/{number}") == {
        "id": number,
        "path": "/events",
        "method": "POST",
        "after": True,
        "waiting": 0,
    }
    give_up(asker, number)
    assert made(asker) == ["Seminar"]
    (seen,) = [one for one in asker.control("GET", "requests") if one["method"] == "POST"]
    assert seen["status"] is None


def test_an_answer_that_was_withheld_arrives_on_release(asker: Asker) -> None:
    number = hold(asker, after=True)
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(asker.send, "POST", f"{MARA}/events", ASKED)
        wait_for(asker, number, 1)
        assert made(asker) == ["Seminar"]
        asker.control("DELETE", f"holds/{number}")
        assert answer.result(timeout=20).status_code == 201


def test_a_hold_is_for_its_method(asker: Asker) -> None:
    asker.control("POST", "holds", {"path": "/users/noor", "method": "PATCH"})
    pass_by(asker)


@pytest.mark.parametrize("skip", ["2", True, None])
def test_a_number_that_is_none_holds_nothing(asker: Asker, skip: object) -> None:
    answer = asker.http.post(f"{asker.url}/_sandbox/holds", json={"path": ".", "skip": skip})
    assert answer.status_code == 400
    assert asker.control("GET", "holds") == []
