"""transactionId: fact 1. What a used id is worth after its event has gone is our assumption."""

import pytest
import requests

from tests.sandbox.asking import Asker
from tests.sandbox.planning import MARA, asked, event_path, plan, seen

ONE = "9a0c2b1e-0000-4000-8000-000000000001"


def again(asker: Asker, who: str = MARA, **changes: object) -> requests.Response:
    return asker.send("POST", f"/users/{who}/events", asked(transactionId=ONE, **changes))


def refused(answer: requests.Response, status: int, event_id: str) -> bool:
    found = answer.json()["error"]
    assert (answer.status_code, found["code"]) == (status, "ErrorDuplicateTransactionId")
    assert "already been used" in found["message"]
    return bool(found["@event.existingEventId"] == event_id)


def events_of(asker: Asker) -> int:
    rows = asker.control("GET", "meetings")["meetings"]
    return sum(row["transaction_id"] == ONE for row in rows)


def test_fact_1_the_same_request_once_more_makes_no_second_event(asker: Asker) -> None:
    first = plan(asker, transactionId=ONE)
    answer = again(asker)
    assert (answer.status_code, answer.json()["id"]) == (201, first["id"])
    assert answer.json()["transactionId"] == ONE
    assert events_of(asker) == 1
    assert seen(asker, first)["invitations"] == 2


@pytest.mark.parametrize("status", [400, 409])
def test_fact_1_or_it_is_refused_and_the_event_is_named(asker: Asker, status: int) -> None:
    asker.control("POST", "tenant", {"duplicate_transaction": str(status)})
    first = plan(asker, transactionId=ONE)
    assert refused(again(asker), status, first["id"])
    assert refused(again(asker, subject="Other"), status, first["id"])
    assert events_of(asker) == 1


def test_fact_1_another_event_with_a_used_id_is_always_refused(asker: Asker) -> None:
    first = plan(asker, transactionId=ONE)
    assert refused(again(asker, subject="Other"), 400, first["id"])
    assert asker.get(event_path(first)).json()["subject"] == "Seminar"


@pytest.mark.parametrize("how", ["DELETE", "cancel"])
def test_the_id_stays_used_when_its_event_has_gone(asker: Asker, how: str) -> None:
    first = plan(asker, transactionId=ONE)
    if how == "DELETE":
        asker.send("DELETE", event_path(first))
    else:
        asker.send("POST", f"{event_path(first)}/cancel", {"comment": "No."})
    assert refused(again(asker), 400, first["id"])


def test_an_id_is_used_in_one_mailbox_only(asker: Asker) -> None:
    first = plan(asker, transactionId=ONE)
    other = again(asker, who="viktor.sund@example.edu")
    assert (other.status_code, other.json()["id"] != first["id"]) == (201, True)


def test_fact_1_the_id_is_set_at_creation_only(asker: Asker) -> None:
    first = plan(asker, transactionId=ONE)
    answer = asker.send("PATCH", event_path(first), {"transactionId": ONE})
    assert answer.status_code == 400


def test_a_switch_that_is_none_is_refused(asker: Asker) -> None:
    wish = {"duplicate_transaction": "500"}
    assert asker.http.post(f"{asker.url}/_sandbox/tenant", json=wish).status_code == 400
