"""What another site makes a browser send: refused before anybody asks who it is."""

import pytest

from tests.access.addresses import parameters, path, routes
from tests.access.answers import ANSWERS
from tests.access.asking import ask, written
from tests.access.forms import form
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WRITING = ("post", "put", "patch", "delete")
ELSEWHERE = "https://evil.example.com"
NOWHERE = "null"  # a frame in a box, a page from a file


@pytest.mark.parametrize("route", routes())
def test_without_a_token_nothing_is_done(world: World, route: str) -> None:
    for role in ("anonymous", "instructor", "administrator"):
        client = world.client(role, enforce_csrf_checks=True)
        for method in WRITING:
            with written() as wrote:
                answer = getattr(client, method)(path(route, world.ours), form(route, world))
            assert (answer.status_code, wrote) == (403, []), f"{role}: {method} {route}"
            assert "glacier" not in answer.content.decode()


@pytest.mark.parametrize("route", routes())
def test_a_token_does_not_help_another_site(world: World, route: str) -> None:
    client = world.client("administrator", enforce_csrf_checks=True)
    token = client.get("/login/").cookies["csrftoken"].value
    fields = {**form(route, world), "csrfmiddlewaretoken": token}
    for origin in (ELSEWHERE, NOWHERE):
        with written() as wrote:
            answer = client.post(path(route, world.ours), fields, headers={"Origin": origin})
        assert (answer.status_code, wrote) == (403, []), origin


@pytest.mark.parametrize(
    ("site", "status"), [("", 403), (ELSEWHERE, 403), ("https://testserver", 302)]
)
def test_over_tls_a_form_says_where_it_stood(world: World, site: str, status: int) -> None:
    client = world.client("instructor", enforce_csrf_checks=True)
    token = client.get("/login/", secure=True).cookies["csrftoken"].value
    route = "/conferences/<pk>/recordings/<recording_pk>/publish/"
    fields = {**form(route, world), "csrfmiddlewaretoken": token}
    with written() as wrote:
        headers = {"Referer": f"{site}/conferences/"} if site else {}
        answer = client.post(path(route, world.ours), fields, headers=headers, secure=True)
    assert (answer.status_code, bool(wrote)) == (status, status == 302)


@pytest.mark.parametrize("route", [one for one in routes() if parameters(one)])
def test_what_is_only_asked_for_changes_nothing(world: World, route: str) -> None:
    """A link or an image of another site: the fields of the form in the address."""
    for method in ("GET", "HEAD", "OPTIONS"):
        address = {"query_params": {**form(route, world), "_method": "POST"}}
        told = ask(world, "administrator", method, route, **address)
        assert told.answer == ANSWERS[route][method]["administrator"]
        assert told.wrote == []
