"""Requests that are too large, too many or too deep: refused at once, and nothing is changed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.addresses import path
from tests.access.answers import ANSWERS
from tests.access.asking import written
from tests.access.test_sync import ROUTE as STARTS_A_RUN
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WRITABLE = [
    *(r for r in ANSWERS if not r.startswith("/admin/") and "done" in ANSWERS[r]["POST"].values()),
    *("/admin/login/", "/admin/conferences/conference/add/", "/admin/password_change/"),
]
MEGABYTE = 1024 * 1024
PUBLISH = "/conferences/<pk>/recordings/<recording_pk>/publish/"


FORM = "application/x-www-form-urlencoded"


def send(world: World, role: str, route: str, body: Any, **extra: Any) -> tuple[int, list[str]]:
    """With a token, so that the body is read; the status, and what was written."""
    client = world.client(role, enforce_csrf_checks=True)
    token = client.get("/login/").cookies["csrftoken"].value
    with written() as wrote:
        answer = client.post(path(route, world.ours), body, headers={"X-CSRFToken": token}, **extra)
    return answer.status_code, wrote


@pytest.mark.parametrize("route", WRITABLE)
def test_too_many_fields(world: World, route: str) -> None:
    body = "&".join(f"f{number}=1" for number in range(20_000))
    assert send(world, "administrator", route, body, content_type=FORM) == (400, [])


@pytest.mark.parametrize("role", ["anonymous", "administrator"])
@pytest.mark.parametrize("route", ["/login/", PUBLISH, "/admin/login/"])
def test_too_large_a_form(world: World, route: str, role: str) -> None:
    body = "publish=" + "1" * 50 * MEGABYTE
    assert send(world, role, route, body, content_type=FORM) == (400, [])


@pytest.mark.parametrize("route", ["/login/", PUBLISH])
def test_too_many_files(world: World, route: str) -> None:
    files = {f"f{number}": SimpleUploadedFile("x", b"x") for number in range(1_000)}
    assert send(world, "administrator", route, files) == (400, [])


@pytest.mark.parametrize("route", WRITABLE)
def test_a_deep_document_is_read_by_nobody(world: World, route: str) -> None:
    """No address takes JSON: it is no form, and there is nothing in it."""
    if route != STARTS_A_RUN:
        deep = "[" * 100_000 + "]" * 100_000
        status, _ = send(world, "administrator", route, deep, content_type="application/json")
        assert status < 500


@pytest.mark.parametrize("route", ["/", "/conferences/", "/conferences/<pk>/", "/login/"])
def test_too_many_words_in_an_address(world: World, route: str) -> None:
    query = "&".join(f"f{number}=1" for number in range(100_000))
    answer = world.client("administrator").get(f"{path(route, world.ours)}?{query}")
    assert answer.status_code in {200, 302, 400}


def test_deep_cookies_and_headers(world: World) -> None:
    client = world.client("administrator")
    client.cookies["messages"] = client.cookies["csrftoken"] = "[" * 100_000
    answer = client.get("/conferences/", headers={"Accept": "text/html," * 10_000})
    assert answer.status_code == 200
