"""Holds that let the next few requests pass."""

import pytest
import requests

from tests.sandbox.asking import Asker

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


@pytest.mark.parametrize("skip", ["2", True, None])
def test_a_number_that_is_none_holds_nothing(asker: Asker, skip: object) -> None:
    answer = asker.http.post(f"{asker.url}/_sandbox/holds", json={"path": ".", "skip": skip})
    assert answer.status_code == 400
    assert asker.control("GET", "holds") == []
