"""Every address, every role, every method: the table of answers.py."""

import re
from itertools import product

import pytest

from tests.access.addresses import parameters, routes
from tests.access.answers import ANSWERS, METHODS, REFUSALS
from tests.access.asking import Told, ask
from tests.access.world import ROLES, World

pytestmark = pytest.mark.django_db

STRANGERS = {"anonymous", "stranger", "elsewhere"}
STARTS_A_RUN = "/conferences/<pk>/sync/"  # in a transaction of its own: test_sync.py
OF_OURS = re.compile("glacier|7701000")
WAYS = {
    "as JSON": {"Accept": "application/json", "X-HTTP-Method-Override": "POST"},
    "as a fragment": {"HX-Request": "true", "X-Original-URL": "/login/"},
}


def test_every_address_has_its_row() -> None:
    advice = "Add what each role gets to TABLE in tests/access/answers.py, and to FORMS in"
    advice += " tests/access/forms.py what a POST sends there."
    missing = [route for route in routes() if route not in ANSWERS]
    assert not missing, f"Nobody says who may do what at {', '.join(missing)}. {advice}"
    gone = ANSWERS.keys() - set(routes())
    assert not gone, f"No address of the site any more: {', '.join(gone)}. Take the rows out."


def test_every_row_has_every_method() -> None:
    assert {route: row.keys() ^ set(METHODS) for route, row in ANSWERS.items()} == {
        route: set() for route in ANSWERS
    }


@pytest.mark.parametrize("route", ANSWERS)
def test_the_answer_is_that_of_the_table(world: World, route: str) -> None:
    for method, role in product(METHODS, ROLES):
        expected = ANSWERS[route][method][role]
        if route == STARTS_A_RUN and expected == "done":
            continue
        told = ask(world, role, method, route)
        assert told.answer == expected, f"{role}: {method} {route}"
        check(told, role)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("route", [one for one in ANSWERS if not one.startswith("/admin/")])
def test_no_other_way_of_asking_gets_more(world: World, route: str, way: str) -> None:
    for method in ("GET", "POST"):
        refused = [role for role in ROLES if ANSWERS[route][method][role] in REFUSALS]
        for role in refused:
            told = ask(world, role, method, route, headers=WAYS[way])
            expected = {ANSWERS[route][method][role]}
            if role == "anonymous" and way == "as a fragment":
                assert told.response.content == b""
                expected |= {"200"}  # with the order to load the page anew
            assert told.answer in expected, f"{role}: {method} {route} {way}"
            check(told, role)


def check(told: Told, role: str) -> None:
    """Only what is done is written; who is refused, and who is no part of it, reads nothing."""
    assert told.answer == "done" or told.wrote == []
    if told.answer in REFUSALS or role in STRANGERS:
        assert not OF_OURS.findall(told.said)


ABOUT_ONE = {"pk", "auth/group", "accounts/user", "conferences/conference"}


@pytest.mark.parametrize("route", [one for one in ANSWERS if ABOUT_ONE & {*parameters(one)}])
def test_what_others_are_refused_is_there(world: World, route: str) -> None:
    """Else nothing would be proved by not finding it in their answers."""
    if ANSWERS[route]["GET"]["administrator"] == "200":
        assert OF_OURS.search(ask(world, "administrator", "GET", route).said)
    elif ANSWERS[route]["POST"]["administrator"] == "done" and route != STARTS_A_RUN:
        assert ask(world, "administrator", "POST", route).wrote
