"""Where a login and a logout lead: never to another site."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests.access.test_sessions import ADMINISTRATOR, PERSON
from tests.access.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOME = "http://testserver/login/"
HERE = "/conferences/?when=past"
ELSEWHERE = {
    "no scheme": "//evil.example.com/",
    "another scheme": "https://evil.example.com",
    "three slashes": "///evil.example.com",
    "four slashes": "////evil.example.com/%2f..",
    "backslashes": "\\\\evil.example.com",
    "slash and backslash": "/\\evil.example.com",
    "one slash after the scheme": "https:/evil.example.com",
    "no slash after the scheme": "https:evil.example.com",
    "our name as a user": "https://testserver@evil.example.com/",
    "our name in front": "https://testserver.evil.example.com/",
    "a script": "javascript:alert(1)",
    "a script in disguise": "java\tscript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "a tab": "/\t/evil.example.com",
    "a line's end": "/\n/evil.example.com",
    "a NUL in front": "\x00//evil.example.com",
    "a space in front": " //evil.example.com",
    "a control character in front": "\x08//evil.example.com",
    "a header": "/conferences/\r\nSet-Cookie: stolen=1",
    "an address in brackets": "http://[::1",
    "wide slashes": "／／evil.example.com",
    "a full stop of another script": "//evil。example。com",
}


def lands(location: str) -> str:
    """The host, or the scheme, as a browser understands the address."""
    plain = location.translate({ord(c): None for c in "\t\r\n"}).strip("\x00\x08 ")
    found = urlsplit(urljoin(HOME, plain.replace("\\", "/")))
    return found.netloc if found.scheme in {"http", "https"} else found.scheme


@pytest.mark.parametrize("page", ["/login/", "/admin/login/", "/logout/", "/admin/logout/"])
@pytest.mark.parametrize("name", ELSEWHERE)
def test_nobody_is_led_elsewhere(world: World, name: str, page: str) -> None:
    to = {"next": ELSEWHERE[name]}
    credentials = {"username": ADMINISTRATOR, "password": PASSWORD}
    for in_address, in_form in ((to, {}), ({}, to)):
        client = world.client("administrator") if "logout" in page else Client()
        answer = client.post(page, {**credentials, **in_form}, query_params=in_address)
        location = answer.headers.get("Location", "/")  # or a page of ours that says good-bye
        assert answer.status_code in {200, 302}
        assert lands(location) == "testserver", location
        assert "stolen" not in answer.cookies
        assert "evil.example.com" not in answer.content.decode()


@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_form_repeats_no_foreign_address(world: World, name: str) -> None:
    shown = Client().get("/login/", query_params={"next": ELSEWHERE[name]}).content.decode()
    [kept] = re.findall(r'name="next" value="([^"]*)"', shown)
    assert lands(unescape(kept)) == "testserver"


def test_a_login_leads_back_to_the_page_of_ours(world: World) -> None:
    answer = Client().post("/login/", {"username": PERSON, "password": PASSWORD, "next": HERE})
    assert answer["Location"] == HERE


def test_over_tls_nobody_is_led_back_to_plain_http(world: World) -> None:
    to = {"username": PERSON, "password": PASSWORD, "next": "http://testserver/conferences/"}
    assert Client().post("/login/", to, secure=True)["Location"] == "/conferences/"
