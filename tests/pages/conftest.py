"""People who look at pages, with Django's client and with a browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Request, StorageState

from accounts.models import User
from scripts.servers.site import PASSWORD, Person, Site
from tests.conftest import BROWSER_PATIENCE
from tests.pages import making


@pytest.fixture
def mara(db: None) -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def noor(db: None) -> User:
    return making.account("noor.haddad@example.edu", zone="Asia/Kolkata")


@pytest.fixture
def as_mara(client: Client, mara: User) -> Client:
    client.force_login(mara)
    return client


@pytest.fixture
def as_noor(noor: User) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture(scope="module")
def sessions(browser: Browser, site: Site) -> Callable[[Person], StorageState]:
    """Cookies of somebody who has logged in; each person logs in once."""
    known: dict[str, StorageState] = {}

    def log_in(person: Person) -> StorageState:
        if person.email not in known:
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{site.url}/login/")
            page.get_by_label("E-mail").fill(person.email)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Log in").click()
            page.wait_for_url("**/conferences/")
            known[person.email] = context.storage_state()
            context.close()
        return known[person.email]

    return log_in


@pytest.fixture
def visit(
    browser: Browser, site: Site, sessions: Callable[[Person], StorageState], page_errors: list[str]
) -> Iterator[Callable[..., Page]]:
    """``visit(INSTRUCTOR, "/conferences/46/", java_script_enabled=False)``: a new browser context
    each time. The test fails if a console shows an error or a page turns to another host.
    """
    foreign: list[str] = []

    def look_where(request: Request) -> None:
        if not request.url.startswith(site.url):
            foreign.append(request.url)

    with ExitStack() as stack:

        def open_page(person: Person, address: str, **options: Any) -> Page:
            options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options}
            context = browser.new_context(storage_state=sessions(person), **options)
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(BROWSER_PATIENCE)
            page.on("pageerror", lambda error: page_errors.append(str(error)))
            page.on("console", lambda c: page_errors.append(c.text) if c.type == "error" else None)
            page.on("request", look_where)
            page.goto(site.url + address)
            return page

        yield open_page
    assert not foreign
    assert not page_errors
