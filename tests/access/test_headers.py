"""What every answer tells a browser to refuse, and what a browser keeps."""

import json
import os
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django import Settings

from scripts.servers.process import ROOT
from tests.access.addresses import path
from tests.access.answers import ANSWERS
from tests.access.asking import ask
from tests.access.test_sync import ROUTE as STARTS_A_RUN
from tests.access.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TABS = ("recordings", "chat", "transcripts", "files", "slots", "history")
VISITORS = ("anonymous", "administrator")


class Inline(HTMLParser):
    """What of a page the policy would not let run: scripts, handlers and styles in the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        is_data = given.get("type") in {"application/json", "text/template"}
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(tag)
        for name, value in attributes:
            is_script = (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or name == "style" or is_script:
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("role", VISITORS)
@pytest.mark.parametrize("route", [one for one in ANSWERS if one != STARTS_A_RUN])
def test_every_answer_has_the_headers(world: World, route: str, role: str) -> None:
    for method in ("GET", "POST"):
        told = ask(world, role, method, route)
        headers = told.response.headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
        parts = headers["Content-Security-Policy"].split(";")
        directives = dict(part.strip().split(" ", 1) for part in parts)
        assert directives == POLICY
        if "html" in headers.get("Content-Type", ""):
            assert Inline(told.response.content.decode()).found == []


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_needs_what_the_policy_refuses(world: World, tab: str) -> None:
    page = path("/conferences/<pk>/", world.ours)
    answer = world.client("instructor").get(page, {"tab": tab})
    assert answer.status_code == 200
    assert Inline(answer.content.decode()).found == []


@pytest.mark.parametrize(
    "host", ["evil.example.com", "testserver.evil.example.com", "testserver@evil.example.com"]
)
@pytest.mark.parametrize("page", ["/", "/login/", "/conferences/", "/admin/", "/nowhere"])
def test_another_host_is_a_bad_request(world: World, page: str, host: str) -> None:
    answer = world.client("administrator").get(page, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil.example.com" not in answer.content.decode()
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("route", [one for one in ANSWERS if one != STARTS_A_RUN])
def test_no_address_is_made_of_what_a_visitor_says_of_the_host(world: World, route: str) -> None:
    said = {
        "X-Forwarded-Host": "evil.example.com",
        "X-Forwarded-Server": "evil.example.com",
        "X-Host": "evil.example.com",
        "Forwarded": "host=evil.example.com",
    }
    assert "evil.example.com" not in ask(world, "administrator", "GET", route, headers=said).said


@pytest.fixture(scope="module")
def of_production() -> dict[str, object]:
    """What production sets of security, cookies and forms."""
    code = (
        "import json, django.conf as c; s = c.settings; s.DEBUG;"
        "names = [n for n in dir(s) if n.startswith(('SECURE_', 'SESSION_COOKIE', 'CSRF_COOKIE'))];"
        "print(json.dumps({n: getattr(s, n) for n in names}))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "lms_project.settings.production",
        "SECRET_KEY": "k3y" * 20,
        "ALLOWED_HOSTS": "lms.example.edu",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
        "EMAIL_HOST": "127.0.0.1",
        "DEFAULT_FROM_EMAIL": "lms@example.edu",
        "SITE_URL": "https://lms.example.edu",
    }
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def test_cookies_in_production(
    world: World, settings: Settings, of_production: dict[str, object]
) -> None:
    for name, value in of_production.items():
        setattr(settings, name, value)
    client = Client()
    client.get("/login/", secure=True)
    credentials = {"username": "mara.lindqvist@example.edu", "password": PASSWORD}
    answer = client.post("/login/", credentials, secure=True)
    session, token = answer.cookies["sessionid"], answer.cookies["csrftoken"]
    assert (session["httponly"], session["secure"], session["samesite"]) == (True, True, "Lax")
    assert (token["secure"], token["samesite"]) == (True, "Lax")
    assert (session["domain"], token["domain"]) == ("", "")
    assert 0 < session["max-age"] <= 24 * 60 * 60
    assert "max-age=31536000" in answer["Strict-Transport-Security"]


def test_production_answers_nobody_in_plain_text(
    world: World, settings: Settings, of_production: dict[str, object]
) -> None:
    for name, value in of_production.items():
        setattr(settings, name, value)
    answer = world.client("administrator").get("/conferences/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/conferences/")


def test_a_session_is_not_read_by_scripts_nor_sent_along_anywhere(world: World) -> None:
    credentials = {"username": "mara.lindqvist@example.edu", "password": PASSWORD}
    session = Client().post("/login/", credentials).cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
