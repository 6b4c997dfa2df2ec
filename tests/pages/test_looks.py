"""All pages of what was synced, by day and in the dark, on a desktop and on phones, on paper."""

import pytest
from playwright.sync_api import Browser

from scripts.servers.site import ADMINISTRATOR, INSTRUCTOR, LEARNER, Person, Site
from tests.pages.looks import (
    PHONE,
    SCREENS,
    SMALL_PHONE,
    Visit,
    assert_good_day_and_night,
    findings,
    open_details,
    shoot,
    small_targets,
    sticks_out,
)

pytestmark = pytest.mark.once

MOST_USED = {"list", "46", "83-thousand", "guesses", "learner-46"}
TARGETS = "button, input, select, summary, nav a, th a, .title a"
PAGES: dict[str, tuple[Person, str]] = {
    "list": (INSTRUCTOR, "/conferences/"),
    "list-filtered": (INSTRUCTOR, "/conferences/?q=zebra"),
    "46": (INSTRUCTOR, "/conferences/46/"),
    "51-recordings": (INSTRUCTOR, "/conferences/51/?tab=recordings"),
    "51-slots": (INSTRUCTOR, "/conferences/51/?tab=slots"),
    "51-history": (INSTRUCTOR, "/conferences/51/?tab=history"),
    "74-call-records": (INSTRUCTOR, "/conferences/74/"),
    "82-just-over": (INSTRUCTOR, "/conferences/82/"),
    "83-thousand": (INSTRUCTOR, "/conferences/83/?order=-minutes&page=3"),
    "84-no-policy": (INSTRUCTOR, "/conferences/84/"),
    "84-transcripts": (INSTRUCTOR, "/conferences/84/?tab=transcripts"),
    "87-never-synced": (INSTRUCTOR, "/conferences/87/"),
    "89-guess": (INSTRUCTOR, "/conferences/89/"),
    "97-hostile": (INSTRUCTOR, "/conferences/97/?tab=chat&from=banana"),
    "guesses": (INSTRUCTOR, "/conferences/89/guesses/"),
    "run": (INSTRUCTOR, "/conferences/84/sync/{run}/"),
    "learner-46": (LEARNER, "/conferences/46/"),
    "learner-82": (LEARNER, "/conferences/82/"),
    "learner-list": (LEARNER, "/conferences/"),
    "administrator-list": (ADMINISTRATOR, "/conferences/"),
}


@pytest.fixture(scope="module")
def synced(site: Site) -> Site:
    site.manage("sync_conference", "46", "51", "74", "82", "83", "84", "89", "97", check=False)
    return site


def address(page: str, site: Site) -> str:
    path = PAGES[page][1]
    if "{run}" not in path:
        return path
    code = (
        "from conferences.models import Conference; "
        "print(Conference.objects.get(pk=84).last_run_id, end='')"
    )
    return path.format(run=site.manage("shell", "--no-imports", "-c", code).stdout)


@pytest.mark.parametrize("name", PAGES)
def test_on_a_desktop(synced: Site, visit: Visit, name: str) -> None:
    page = visit(PAGES[name][0], address(name, synced))
    open_details(page, 1, "tr.more details")
    assert page.locator("h1").count() == 1
    assert_good_day_and_night(page, f"{name}-desktop")


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone(synced: Site, visit: Visit, name: str) -> None:
    page = visit(PAGES[name][0], address(name, synced), **PHONE)
    open_details(page, 1, "tr.more details")
    if name in MOST_USED:
        assert_good_day_and_night(page, f"{name}-phone")
    else:
        assert sticks_out(page) == 0
        shoot(page, f"{name}-phone")
    assert small_targets(page, TARGETS) == []
    page.set_viewport_size(SMALL_PHONE)
    open_details(page, 3, "details")
    assert sticks_out(page) == 0


@pytest.mark.parametrize("screen", SCREENS)
def test_the_login(synced: Site, browser: Browser, page_errors: list[str], screen: str) -> None:
    context = browser.new_context(**SCREENS[screen])
    page = context.new_page()
    page.goto(f"{synced.url}/login/")
    assert findings(page) == []
    page.get_by_label("E-mail").fill("nobody@example.edu")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("alert").filter(has_text="do not belong together").wait_for()
    assert_good_day_and_night(page, f"login-{screen}")
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_begins_at_its_top(synced: Site, visit: Visit, screen: str) -> None:
    page = visit(INSTRUCTOR, "/conferences/51/?tab=history", **SCREENS[screen])
    assert page.evaluate("scrollY") == 0
    box = page.locator(".tabs [aria-current]").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= page.evaluate("innerWidth")


def test_motion_stops_for_those_who_ask(synced: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/46/", reduced_motion="reduce")
    moving = page.evaluate(
        """() => Array.from(document.querySelectorAll("*")).filter(one =>
            getComputedStyle(one).animationName !== "none" ||
            parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
    )
    assert moving == 0


def test_a_page_on_paper(synced: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/46/")
    page.emulate_media(media="print")
    assert page.locator("tr.participant").first.is_visible()
    assert not page.get_by_role("button", name="Sync Data").is_visible()
    shoot(page, "46-print")
