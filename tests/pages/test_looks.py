"""Pages in light, dark and on a phone: axe finds nothing, nothing sticks out, pictures are kept."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from scripts.servers.site import ADMINISTRATOR, INSTRUCTOR, LEARNER, Person, Site
from tests.pages.conftest import shoot

pytestmark = pytest.mark.once

Visit = Callable[..., Page]

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 360, "height": 740}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "device_scale_factor": 2, "has_touch": True},
}
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


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(synced: Site, visit: Visit, name: str, look: str) -> None:
    page = visit(PAGES[name][0], address(name, synced), **LOOKS[look])
    for details in page.locator("tr.more details").all()[:1]:
        details.locator("summary").click()
    assert page.locator("h1").count() == 1
    assert findings(page) == []
    assert sticks_out(page) == 0
    shoot(page, f"{name}-{look}")
    if look == "phone":
        page.set_viewport_size(SMALL_PHONE)
        for details in page.locator("details").all()[:3]:
            if details.get_attribute("open") is None:
                details.locator("summary").click()
        assert sticks_out(page) == 0


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_at_the_login(
    synced: Site, browser: Browser, page_errors: list[str], look: str
) -> None:
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    page.goto(f"{synced.url}/login/")
    assert findings(page) == []
    page.get_by_label("E-mail").fill("nobody@example.edu")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("alert").filter(has_text="do not belong together").wait_for()
    assert findings(page) == []
    assert sticks_out(page) == 0
    shoot(page, f"login-{look}")
    context.close()


@pytest.mark.parametrize("name", ["list", "46", "82-just-over", "guesses", "83-thousand"])
def test_targets_on_a_phone_can_be_hit(synced: Site, visit: Visit, name: str) -> None:
    """44 pixels high; links within a sentence excepted."""
    page = visit(PAGES[name][0], address(name, synced), **LOOKS["phone"])
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll(
            "button, input:not([type=hidden]), select, summary, nav a, th a, .title a"))
          .filter(one => one.checkVisibility())
          .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
          .filter(([, height]) => height < 44)"""
    )
    assert small == []


@pytest.mark.parametrize("name", ["list", "46", "learner-46"])
def test_a_phone_in_the_dark(synced: Site, visit: Visit, name: str) -> None:
    page = visit(PAGES[name][0], address(name, synced), **LOOKS["phone"], color_scheme="dark")
    assert findings(page) == []
    shoot(page, f"{name}-phone-dark")


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_begins_at_its_top(synced: Site, visit: Visit, look: str) -> None:
    page = visit(INSTRUCTOR, "/conferences/51/?tab=history", **LOOKS[look])
    assert page.evaluate("scrollY") == 0
    box = page.locator(".tabs [aria-current]").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= LOOKS[look]["viewport"]["width"]


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


def findings(page: Page) -> list[str]:
    """Serious and critical ones: rule and element."""
    return [
        f"{found['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


def sticks_out(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )
