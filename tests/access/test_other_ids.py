"""Addresses with two ids: the second belongs to the first, or there is nothing here."""

import re
from typing import Any

import pytest

from conferences.models import AttendanceSitting, DriveFile
from tests.access.addresses import parameters, routes
from tests.access.answers import ANSWERS, METHODS
from tests.access.asking import ask
from tests.access.world import World

pytestmark = pytest.mark.django_db

PAIRS = [
    route for route in routes() if route.startswith("/conferences/") and len(parameters(route)) == 2
]
ONES = [route for route in routes() if route.startswith("/conferences/") and parameters(route)]
ANYBODYS = re.compile("glacier|volcano")


def second(route: str) -> str:
    return parameters(route)[1]


def refused(world: World, role: str, route: str, values: dict[str, Any]) -> None:
    """As if nothing were there, whatever the method."""
    for method in METHODS:
        is_known = ANSWERS[route][method]["administrator"] != "405"
        told = ask(world, role, method, route, values)
        assert told.answer == ("404" if is_known else "405"), f"{role}: {method} {route}"
        assert told.wrote == []
        assert not ANYBODYS.search(told.said)


def test_there_are_such_addresses() -> None:
    assert len(PAIRS) >= 4


@pytest.mark.parametrize("role", ["instructor", "administrator"])
@pytest.mark.parametrize("route", PAIRS)
def test_our_conference_has_not_what_is_of_theirs(world: World, route: str, role: str) -> None:
    refused(world, role, route, {**world.ours, second(route): world.theirs[second(route)]})


@pytest.mark.parametrize("route", PAIRS)
def test_their_conference_is_not_reached_with_an_id_of_ours(world: World, route: str) -> None:
    refused(world, "instructor", route, {**world.ours, "pk": world.theirs["pk"]})
    refused(world, "elsewhere", route, {**world.theirs, "pk": world.ours["pk"]})


@pytest.mark.parametrize("key", [0, 4711, 2**31, 2**63, 10**30])
@pytest.mark.parametrize("route", ONES)
def test_a_key_that_nothing_has_is_not_found(world: World, route: str, key: int) -> None:
    """Nor one that no column can hold."""
    for name in parameters(route):
        refused(world, "instructor", route, {**world.ours, name: key})


def test_only_a_guess_is_decided(world: World) -> None:
    """Not a report, and not a file that merely was shared."""
    route = "/conferences/<pk>/guesses/<sitting_pk>/"
    report = AttendanceSitting.objects.get(conference=world.ours["pk"], is_guess=False)
    refused(world, "instructor", route, {**world.ours, "sitting_pk": report.pk})
    DriveFile.objects.update(is_in_folder=False)
    refused(world, "instructor", "/conferences/<pk>/recordings/files/<file_pk>/", world.ours)


@pytest.mark.parametrize(
    "route", [route for route in routes() if "<object_id>" in route or "<id>" in route]
)
def test_an_odd_key_finds_nothing_in_the_administration(world: World, route: str) -> None:
    for odd in ("x", "__", "%00", "1%2F..%2F2", "-1", "1e9", "٣", "%C3%28"):
        told = ask(world, "administrator", "GET", route, dict.fromkeys(world.ours, odd))
        assert told.answer in {"302", "403", "404"}, odd
        assert told.wrote == []
