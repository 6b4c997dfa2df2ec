"""How a page has to look: axe finds nothing, nothing sticks out, fingers hit what they aim at."""

import os
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from playwright.sync_api import Page, ViewportSize

from scripts.servers.site import Person

Visit = Callable[..., Page]

SCREENSHOTS = project.BASE_DIR / "var" / "screenshots"
DESKTOP: dict[str, Any] = {}  # what visit() takes by itself
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
}
SMALL_PHONE: ViewportSize = {"width": 360, "height": 740}
SCREENS = {"desktop": DESKTOP, "phone": PHONE}
COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def assert_good_everywhere(visit: Visit, person: Person, address: str, name: str) -> None:
    """By day and in the dark, on a desktop and on phones, with what can be opened opened."""
    for screen, options in SCREENS.items():
        page = visit(person, address, **options)
        assert page.locator("h1").count() == 1
        open_details(page, 2)
        assert_good_day_and_night(page, f"{name}-{screen}")
    page.set_viewport_size(SMALL_PHONE)
    assert sticks_out(page) == 0
    page.context.close()


def assert_good_day_and_night(page: Page, picture: str) -> None:
    """The page as it is now. In the dark only its colors are others."""
    assert_good(page, picture)
    page.emulate_media(color_scheme="dark")
    assert findings(page, COLORS) == []
    shoot(page, f"{picture}-dark")
    page.emulate_media(color_scheme="light")


def assert_good(page: Page, picture: str) -> None:
    assert findings(page) == []
    assert sticks_out(page) == 0
    shoot(page, picture)


def findings(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """Serious and critical ones of axe: rule and element."""
    return [
        f"{found['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for found in Axe().run(page, options=options).response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


def sticks_out(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def small_targets(page: Page, selector: str) -> list[Any]:
    """Elements that can be seen and are less than 44 pixels high: what they are, and how high."""
    found: list[Any] = page.evaluate(
        """selector => Array.from(document.querySelectorAll(selector))
          .filter(one => one.checkVisibility() && one.type !== "hidden")
          .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
          .filter(([, height]) => height < 44)""",
        selector,
    )
    return found


def open_details(page: Page, most: int, within: str = "main details") -> None:
    for details in page.locator(within).all()[:most]:
        if details.get_attribute("open") is None:
            details.locator("summary").click()


def shoot(page: Page, name: str) -> None:
    """Leave a picture, for whoever asks for pictures by the environment."""
    if not os.environ.get("SCREENSHOTS"):
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    # caret: hiding it would need an inline style, which the site forbids
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, caret="initial")
