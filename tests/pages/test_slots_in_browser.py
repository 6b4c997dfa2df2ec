"""Manage Time Slots in a browser: a worker makes the meetings in the sandbox."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.servers.site import ADMINISTRATOR, INSTRUCTOR, Site
from tests.pages.looks import PHONE, Visit, assert_good, assert_good_day_and_night, small_targets
from tests.pages.test_sync_in_browser import tab_to

pytestmark = pytest.mark.once

BERLIN = ZoneInfo("Europe/Berlin")
SLOTS = "/conferences/51/slots/"
MADE = "Created time slot with Teams meeting link (Recording enabled)"
MARA = INSTRUCTOR.email
_days = iter(range(2, 200))


def typed(hour: int = 10) -> tuple[str, str]:
    """An hour of a day to come that no other test takes."""
    day = datetime.now(BERLIN).date() + timedelta(days=next(_days))
    return f"{day}T{hour:02}:00", f"{day}T{hour + 1:02}:00"


def add_slot(page: Page) -> Locator:
    """By the form; the slot's card on the page."""
    start, end = typed()
    page.get_by_role("link", name="Add a time slot").click()
    page.get_by_label("Start").fill(start)
    page.get_by_label("End").fill(end)
    page.get_by_role("button", name="Add the time slot").click()
    page.wait_for_url("**/slots/?page=*")
    return page.locator("article.slot").filter(has=page.locator(f'time[datetime^="{start[:10]}"]'))


def test_a_slot_is_made_and_told(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, SLOTS)
    assert_good(page, "slots-before")
    with site.sandbox.hold("/events") as hold:
        card = add_slot(page)
        hold.wait_until_reached()
        expect(card.locator(".under-way")).to_have_text("Making the Teams meeting")
        assert_good(page, "slots-under-way")
    expect(card.locator(".newest")).to_contain_text(MADE)
    expect(card).to_have_attribute("data-recording", "verified")
    expect(page.locator("#announcer")).to_contain_text(MADE)
    expect(card.get_by_role("link", name="Join")).to_be_visible()
    expect(page.locator("#slots-live")).not_to_have_attribute("hx-get", "x")
    assert_good(page, "slots-after")


# What is switched in the world, how it is switched back, and what the page says of it.
NEEDS_AN_ADMINISTRATOR = "An administrator acts. Then press “Try again”."
FAULTS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "no-policy": (
        {"op": "set_policy", "email": MARA, "granted": False},
        {"op": "set_policy", "email": MARA, "granted": True},
        ["The meeting could not be looked up", "Grant-CsApplicationAccessPolicy"],
    ),
    "calendar-without-teams": (
        {"op": "set_calendar", "email": MARA, "teams": False},
        {"op": "set_calendar", "email": MARA, "teams": True},
        ["There is no meeting link yet.", "offers no Teams meetings"],
    ),
    "no-licence": (
        {"op": "set_licence", "email": MARA, "teams": False},
        {"op": "set_licence", "email": MARA, "teams": True},
        ["There is no meeting link yet.", "probably has no Teams licence"],
    ),
    "recording-refused": (
        {"op": "set_recording_policy", "email": MARA, "policy": "refused"},
        {"op": "set_recording_policy", "email": MARA, "policy": "allowed"},
        ["failed", "(Recording setup failed: ", "Set-CsTeamsMeetingPolicy -AllowCloudRecording"],
    ),
    "recording-ignored": (
        {"op": "set_recording_policy", "email": MARA, "policy": "ignored"},
        {"op": "set_recording_policy", "email": MARA, "policy": "allowed"},
        ["failed", "(Recording setup failed: ", "Teams took the setting and did not keep it"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_went_wrong_reads_like_help(site: Site, visit: Visit, fault: str) -> None:
    broken, mended, said = FAULTS[fault]
    site.sandbox.change(**broken)
    page = visit(INSTRUCTOR, SLOTS)
    card = add_slot(page)
    for words in (*said, NEEDS_AN_ADMINISTRATOR):
        expect(card).to_contain_text(words)
    card.get_by_role("link", name="Record by hand").click()
    expect(page.get_by_text("In Teams choose More")).to_be_visible()
    assert_good(page, f"slots-{fault}")
    site.sandbox.change(**mended)
    card.get_by_role("button", name="Try again").click()
    expect(card).to_have_attribute("data-recording", "verified")
    expect(card.locator(".trouble")).to_have_count(0)


def test_a_permission_that_is_missing_is_named(site: Site, visit: Visit) -> None:
    site.sandbox.tenant(remove_roles=["Calendars.ReadWrite"], revoke_tokens=True)
    page = visit(INSTRUCTOR, SLOTS)
    card = add_slot(page)
    expect(card).to_contain_text("Calendars.ReadWrite")
    expect(card).to_contain_text("granted with admin consent in Microsoft Entra")
    site.sandbox.tenant(add_roles=["Calendars.ReadWrite"], revoke_tokens=True)
    site.sandbox.tenant(remove_roles=["OnlineMeetings.ReadWrite.All"], revoke_tokens=True)
    card.get_by_role("button", name="Try again").click()
    expect(card).to_contain_text("OnlineMeetings")
    expect(card.get_by_role("link", name="Join")).to_be_visible()
    site.sandbox.tenant(add_roles=["OnlineMeetings.ReadWrite.All"], revoke_tokens=True)
    card.get_by_role("button", name="Try again").click()
    expect(card).to_have_attribute("data-recording", "verified")


def test_cancelled_and_recreated_after_a_question(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, SLOTS)
    card = add_slot(page)
    expect(card).to_have_attribute("data-recording", "verified")
    link = card.get_by_role("link", name="Join").get_attribute("href")
    card.get_by_role("link", name="Recreate").click()
    expect(page.get_by_role("heading", name="Who is told")).to_be_visible()
    assert_good(page, "slots-recreate")
    page.get_by_role("button", name="Recreate the meeting").click()
    expect(card.locator(".newest")).to_contain_text("it has a new link (Recording enabled)")
    assert card.get_by_role("link", name="Join").get_attribute("href") != link
    card.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Cancel the time slot").click()
    expect(card.locator(".newest")).to_contain_text("no longer in the calendar")
    expect(card.get_by_role("link", name="Edit")).to_have_count(0)
    card.locator("summary", has_text="History").click()
    expect(card.locator(".lines li")).to_have_count(3)


def test_everything_without_javascript(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, SLOTS, java_script_enabled=False)
    card = add_slot(page)  # the page reloads itself while something is done
    expect(card.locator(".newest")).to_contain_text(MADE)
    card.get_by_role("link", name="Edit").click()
    page.get_by_label("Seats").fill("12")
    page.get_by_role("button", name="Save").click()
    expect(card).to_contain_text("0 of 12 seats booked")
    card.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Cancel the time slot").click()
    expect(card.locator(".newest")).to_contain_text("no longer in the calendar")


def test_several_by_keyboard(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, SLOTS)
    tab_to(page, "#add-several")
    page.keyboard.press("Enter")
    page.wait_for_url("**/several/")
    tab_to(page, "#id_weekdays_2")
    page.keyboard.press("Space")
    page.get_by_label("From").fill("18:00")
    page.get_by_label("To", exact=True).fill("19:30")
    page.get_by_label("First day").fill(f"{datetime.now(BERLIN).date() + timedelta(days=300)}")
    page.get_by_label("Or number of dates").fill("3")
    assert_good(page, "series")
    page.keyboard.press("Enter")
    dates = page.locator(".dates input")
    expect(dates).to_have_count(3)
    assert_good(page, "series-preview")
    dates.nth(1).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Add the time slots").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_have_text("2 time slots added.")
    made = page.locator("article.slot", has_text="18:00–19:30")
    expect(made.locator(".newest", has_text=MADE)).to_have_count(2)


def test_an_administrator_decides(site: Site, visit: Visit, page_errors: list[str]) -> None:
    page = visit(ADMINISTRATOR, SLOTS)
    card = add_slot(page)
    expect(card).to_have_attribute("data-recording", "verified")
    card.locator("summary", has_text="More").click()
    card.get_by_role("link", name="Do not record").click()
    page.get_by_role("button", name="Do not record").click()
    expect(page.locator(".form-error")).to_contain_text("Say why; colleagues will wonder later.")
    expect(page.get_by_label("Why?")).to_be_focused()
    page_errors.clear()  # the browser counts a 400 as one
    page.get_by_label("Why?").fill("Everybody asked for it")
    assert_good(page, "slots-opt-out")
    page.get_by_role("button", name="Do not record").click()
    expect(card.locator(".newest")).to_contain_text("Not recorded from now on")
    expect(card).to_contain_text("decided that it is not recorded: Everybody asked for it")
    card.locator("summary", has_text="More").click()
    card.get_by_role("link", name="Record after all").click()
    page.get_by_role("button", name="Record after all").click()
    expect(card).to_have_attribute("data-recording", "verified")


def test_a_conferences_own_meeting(site: Site, visit: Visit) -> None:
    """81 is to come; its page says what becomes of its meeting."""
    page = visit(INSTRUCTOR, "/conferences/81/")
    page.get_by_role("link", name="Manage the meeting").click()
    page.get_by_role("link", name="Recreate").click()
    with site.sandbox.hold("/events") as hold:
        page.get_by_role("button", name="Recreate the meeting").click()
        hold.wait_until_reached()
        page.goto(f"{site.url}/conferences/81/")
        expect(page.locator("#meeting-strip")).to_contain_text("Making a new Teams meeting")
        assert_good(page, "81-under-way")
    strip = page.locator("#meeting-strip")
    expect(strip).to_contain_text("Recreated the conference's meeting: it has a new link")
    expect(page.locator("#recording-fact")).to_contain_text("verified")
    assert_good(page, "81-after")
    page.get_by_role("link", name="Manage the meeting").click()
    assert_good(page, "81-meeting")


@pytest.mark.parametrize("name", ["slots/", "slots/new/", "slots/several/"])
def test_other_looks(site: Site, visit: Visit, name: str) -> None:
    picture = name.strip("/").replace("/", "-")
    page = visit(INSTRUCTOR, f"/conferences/51/{name}", **PHONE)
    assert_good_day_and_night(page, f"{picture}-phone")
    targets = "main :is(button, a.button, summary, .slot-actions a, input:not([type=checkbox]))"
    assert small_targets(page, targets) == []
    desktop = visit(INSTRUCTOR, f"/conferences/51/{name}")
    assert_good_day_and_night(desktop, f"{picture}-desktop")
