"""Pages with somebody's data are kept by no cache and by no browser."""

import pytest

from tests.access.answers import ANSWERS
from tests.access.asking import ask
from tests.access.world import World

pytestmark = pytest.mark.django_db

# Words of the language, and a form for everybody.
NOBODYS = {"/login/", "/admin/jsi18n/"}
SHOWN = [
    route for route, row in ANSWERS.items() if "200" in row["GET"].values() and route not in NOBODYS
]


@pytest.mark.parametrize("route", SHOWN)
def test_nobody_keeps_what_somebody_saw(world: World, route: str) -> None:
    """After the logout the way back shows nothing, at a shared machine and behind a proxy."""
    for role in ("learner", "instructor", "administrator"):
        told = ask(world, role, "GET", route)
        kept = {part.strip() for part in told.response.get("Cache-Control", "").split(",")}
        assert told.answer != "200" or kept >= {"no-store", "private"}, role
