"""The browser that other tests rely on: it shows the site, and no error escapes it."""

import pytest
from playwright.sync_api import Page, expect

from scripts.servers.site import INSTRUCTOR, PASSWORD, Site

pytestmark = pytest.mark.once


def test_it_shows_the_site(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/login/")
    page.locator("[name=username]").fill(INSTRUCTOR.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page).to_have_url(f"{site.url}/conferences/")


def test_errors_in_its_console_are_noticed(page: Page, page_errors: list[str]) -> None:
    page.evaluate("console.error('complaint')")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('exception') })")
    assert sorted(page_errors) == ["complaint", "exception"]
    page_errors.clear()
