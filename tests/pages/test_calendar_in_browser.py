"""The calendar's page as people use it: made, copied, replaced; on a phone and in the dark too."""

import re

import pytest
import requests
from playwright.sync_api import expect

from scripts.servers.site import INSTRUCTOR, LEARNER, Site
from tests.conferences.calendars import events
from tests.pages.looks import SCREENS, Visit, assert_good_day_and_night

pytestmark = pytest.mark.once


def status(address: str) -> int:
    with requests.Session() as program:
        program.trust_env = False
        return program.get(address, timeout=30).status_code


@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_before_and_after(site: Site, visit: Visit, screen: str) -> None:
    page = visit(LEARNER, "/calendar/", **SCREENS[screen])
    assert_good_day_and_night(page, f"calendar-none-{screen}")
    page.get_by_role("button", name=re.compile("Make an? (new )?address")).click()
    expect(page.get_by_label("Address", exact=True)).to_be_visible()
    assert page.locator("h1").count() == 1
    assert_good_day_and_night(page, f"calendar-made-{screen}")
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("Switched off")).to_be_visible()


def test_an_address_is_made_by_keyboard_shown_once_and_replaced(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/", java_script_enabled=False)
    page.get_by_role("link", name="Your calendar").press("Enter")
    page.get_by_role("button", name="Make an address").press("Enter")
    first = page.get_by_label("Address", exact=True).input_value()
    assert status(first) == 200
    page.reload()
    expect(page.get_by_text("It is shown only once.")).to_be_visible()
    assert first not in page.content()
    page.get_by_role("button", name="Make a new address").press("Enter")
    second = page.get_by_label("Address", exact=True).input_value()
    assert [status(first), status(second)] == [404, 200]


def test_a_slot_is_downloaded_where_it_is_listed(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/51/?tab=slots")
    link = page.locator("#results").get_by_role("link", name="Add to calendar").first
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".ics")
    [slot] = events(download.value.path().read_bytes())
    assert slot.location is not None
