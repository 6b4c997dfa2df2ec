"""Sync Data as people press it: in a browser, against the running site and the sandbox.

The sandbox holds a request, so that a run stands still and can be looked at for as long as it
takes; nothing here waits for a clock.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from scripts.servers.site import INSTRUCTOR, PASSWORD, Person, Site
from tests.pages.looks import shoot

pytestmark = pytest.mark.once

Visit = Callable[..., Page]
RECORDS = "attendanceRecords"
EVERY_FEED = f"{RECORDS}|/recordings|/transcripts|/messages"


def panel(page: Page) -> Any:
    return page.locator("#sync-panel")


def percent(page: Page) -> int:
    return int(panel(page).locator("progress").get_attribute("value") or "100")


@pytest.fixture(autouse=True)
def fresh_world(site: Site) -> None:
    site.sandbox.reset()


def test_it_moves_and_everybody_sees_the_same(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/86/")
    expect(panel(page)).to_contain_text("Never synced.")
    with site.sandbox.hold(EVERY_FEED) as hold:
        page.get_by_role("button", name="Sync Data").click()
        expect(panel(page)).to_have_attribute("data-status", "running")
        hold.wait_until_reached(4)
        expect(panel(page)).to_contain_text("Reading from the platform")
        expect(page.locator("#announcer")).to_have_text("Reading from the platform")
        page.reload()
        seen = percent(page)
        run = panel(page).get_attribute("data-run")
        assert 0 < seen < 100
        expect(page.locator("#last-sync")).to_contain_text("Syncing")
        expect(page.locator("#results")).to_contain_text("A sync is running.")
        shoot(page, "running")

        page.reload()
        expect(panel(page)).to_have_attribute("data-run", run)
        assert percent(page) == seen

        other = visit(INSTRUCTOR, "/conferences/86/", color_scheme="dark")
        expect(panel(other)).to_have_attribute("data-run", run)
        assert percent(other) == seen
        shoot(other, "running-dark")

    for viewer in (page, other):
        expect(panel(viewer)).to_have_attribute("data-status", "finished")
        expect(viewer.locator(".verdict")).to_have_text("Successfully synced 14 items.")
        # the table came without a reload
        expect(viewer.locator("tr.participant")).to_have_count(5)
        expect(viewer.locator("tr.participant .minutes").first).to_have_text("50.00")
        expect(viewer.locator("#last-sync")).to_contain_text("Synced")
        expect(viewer.locator("#announcer")).to_have_text("Successfully synced 14 items.")


def test_two_tabs_pressed_at_once_make_one_run(site: Site, visit: Visit) -> None:
    tabs = [visit(INSTRUCTOR, "/conferences/85/") for _ in range(2)]
    with site.sandbox.hold(RECORDS) as hold:
        for tab in tabs:
            tab.get_by_role("button", name="Sync Data").click(no_wait_after=True)
        for tab in tabs:
            expect(panel(tab)).to_have_attribute("data-status", "running")
        hold.wait_until_reached()
        runs = {panel(tab).get_attribute("data-run") for tab in tabs}
    assert len(runs) == 1
    for tab in tabs:
        expect(panel(tab)).to_have_attribute("data-status", "finished")
        expect(tab.locator("#tab-participants .count")).to_have_text("4")  # the last refetch
        expect(tab.locator("#tab-history .count")).to_have_text("1")
        tab.get_by_role("link", name="Sync History").click()
        expect(tab.locator("table.history tbody tr")).to_have_count(1)


def test_without_javascript(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/51/", java_script_enabled=False)
    with site.sandbox.hold(RECORDS) as hold:
        page.get_by_role("button", name="Sync Data").click()
        assert page.url == f"{site.url}/conferences/51/"
        hold.wait_until_reached()
        page.get_by_role("link", name="Reload now").click()
        expect(panel(page)).to_have_attribute("data-status", "running")
        assert percent(page) < 100
        shoot(page, "running-without-javascript")
    # the page refreshes itself
    expect(panel(page)).to_have_attribute("data-status", "finished")
    expect(page.locator(".verdict")).to_have_text("Successfully synced 8 items.")
    expect(page.locator("tr.participant")).to_have_count(5)
    page.locator("tr.more summary").first.click()
    expect(page.locator("tr.more .intervals").first).to_be_visible()
    page.get_by_role("link", name="Total Time (min)").click()
    assert page.url.endswith("?order=minutes")
    page.get_by_label("Name or e-mail").fill("noor")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("tr.participant")).to_have_count(1)


def test_no_worker_is_said_and_mended(
    make_site: Callable[..., Site], browser: Browser, page_errors: list[str]
) -> None:
    site = make_site(SYNC_NO_WORKER_SECONDS="1")
    site.stop_worker()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.url}/conferences/86/")
    page.get_by_label("E-mail").fill(INSTRUCTOR.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Sync Data").click()
    expect(panel(page)).to_contain_text("Waiting for a worker")
    expect(panel(page)).to_contain_text("No worker is running.", timeout=15_000)
    shoot(page, "no-worker")
    site.start_worker()
    expect(page.locator(".verdict")).to_have_text("Successfully synced 14 items.", timeout=30_000)
    context.close()


def test_a_failure_is_shown_and_retried(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/88/")
    site.sandbox.script(path="/onlineMeetings", status=400, times=20)
    site.sandbox.script(path="/callRecords", status=400, times=20)
    page.get_by_role("button", name="Sync Data").click()
    expect(panel(page)).to_have_attribute("data-status", "finished")
    expect(panel(page)).not_to_have_attribute("data-verdict", "success")
    shoot(page, "trouble")
    page.get_by_role("link", name="All details").click()
    expect(page.locator(".failures code").first).to_be_visible()
    shoot(page, "trouble-run")
    page.go_back()
    site.sandbox.end_faults()
    panel(page).get_by_role("button", name="Retry this part : attendance").click()
    expect(panel(page)).to_have_attribute("data-verdict", "success")
    expect(page.locator("tr.participant").first).to_be_visible()


def test_keyboard_only(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/82/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "#sync-data")
    page.keyboard.press("Enter")
    expect(panel(page)).to_have_attribute("data-status", "finished")
    expect(page.locator("#sync-data")).to_be_focused()  # the panel was replaced under it

    page.goto(f"{site.url}/conferences/86/")
    if page.locator("tr.participant").count() == 0:
        tab_to(page, "#sync-data")
        page.keyboard.press("Enter")
        expect(page.locator("tr.participant")).to_have_count(5)
    summary = page.locator("tr.more summary").nth(1)
    tab_to(page, f"#{summary.get_attribute('id')}")
    page.keyboard.press("Enter")
    expect(page.locator("tr.more .intervals").nth(1)).to_be_visible()


def test_what_was_opened_stays_open_and_focused(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/74/")
    with site.sandbox.hold("callRecords") as hold:
        page.get_by_role("button", name="Sync Data").click()
        hold.wait_until_reached()
        log = page.locator("#sync-log")
        log.locator("summary").click()
        # the panel is replaced at the next poll
        panel(page).evaluate("panel => panel.dataset.old = 'yes'")
        expect(page.locator("#sync-panel:not([data-old])")).to_be_visible()
        expect(log).to_have_attribute("open", "")
        expect(log.locator("summary")).to_be_focused()
    expect(panel(page)).to_have_attribute("data-status", "finished")
    expect(log).to_have_attribute("open", "")
    expect(page.locator("tr.participant .minutes")).to_have_text(["4.64", "6.81"])


def test_sorting_and_filtering_replace_the_table_only(site: Site, visit: Visit) -> None:
    site.manage("sync_conference", "83", check=False)
    page = visit(INSTRUCTOR, "/conferences/83/")
    panel(page).evaluate("panel => panel.dataset.old = 'yes'")
    page.get_by_role("link", name="Total Time (min)").click()
    page.wait_for_url(re.compile("order=minutes"))
    expect(page.locator("th.minutes")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("link", name="Total Time (min)")).to_be_focused()
    page.get_by_label("Name or e-mail").press_sequentially("student 0656")
    expect(page.locator("tr.participant")).to_have_count(1)
    expect(page.get_by_label("Name or e-mail")).to_be_focused()
    expect(panel(page)).to_have_attribute("data-old", "yes")
    expect(page.locator("#announcer")).to_be_empty()  # nothing new about the sync
    page.get_by_role("link", name="Show all").click()
    expect(page.locator("tr.participant")).to_have_count(50)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("51–100 of 1000")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("1–50 of 1000")).to_be_visible()


def test_a_session_that_ends_leads_to_the_login(
    site: Site, browser: Browser, sessions: Callable[[Person], StorageState]
) -> None:
    context = browser.new_context(storage_state=sessions(INSTRUCTOR))
    page = context.new_page()
    page.goto(f"{site.url}/conferences/90/")
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Sync Data").click()
    page.wait_for_url("**/login/?next=/conferences/90/")
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until ``selector`` has the focus; fails after a hundred times."""
    for _ in range(100):
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the keyboard")
