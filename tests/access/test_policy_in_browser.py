"""What gets into a page does not run there: the policy holds in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from scripts.servers.site import Site

pytestmark = pytest.mark.once

PAGES = ("/login/", "/admin/login/")
ELSEWHERE = "http://localhost:9"  # nobody listens there; to ask is enough
# Each would leave its name in ``hits``; those of the class trap when they are clicked.
RUNNING = {
    "script": "<script>{hit}</script>",
    "handler": '<img src="/static/none.png" onerror="{hit}">',
    "clicked": '<button type="button" class="trap" onclick="{hit}">x</button>',
    "address": '<a class="trap" href="javascript:void({hit})">x</a>',
    "frame": '<iframe srcdoc="<script>{hit}</script>"></iframe>',
}
ASKING = (
    f'<script src="{ELSEWHERE}/hit.js"></script>',
    f'<iframe src="{ELSEWHERE}/hit"></iframe>',
    f'<img src="{ELSEWHERE}/hit.png">',
    f'<object data="{ELSEWHERE}/hit.svg"></object>',
    f'<link rel="stylesheet" href="{ELSEWHERE}/hit.css">',
    f"<style>main {{ background: url({ELSEWHERE}/hit.gif) }}</style>",
    f'<p style="background: url({ELSEWHERE}/hit.webp)">x</p>',
    f'<base href="{ELSEWHERE}/"><img src="hit.jpg">',
    f'<form action="{ELSEWHERE}/hit"><button class="trap">x</button></form>',
)
HTMX = '<button type="button" class="trap" hx-on:click="{hit}" hx-trigger="x[{hit}]">x</button>'
COUNT = "(top.hits ??= []).push('{}')"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a site that serves its login pages; these need no database."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.start_web()
    yield site.url
    site.kill()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Its console may complain: it is to."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def everything() -> str:
    running = {**RUNNING, "htmx": HTMX}
    texts = [text.format(hit=COUNT.format(name)) for name, text in running.items()]
    return "".join([*texts, *ASKING])


def inject(page: Page, text: str, *, with_policy: bool = True) -> None:
    """Every login page begins with this text from now on."""

    def answer(route: Route) -> None:
        real = route.fetch()
        headers = dict(real.headers)
        if not with_policy:
            headers.pop("content-security-policy")
        body = real.text().replace("<main", f"{text}<main")
        route.fulfill(response=real, headers=headers, body=body)

    page.route("**/login/", answer)


def spring(page: Page, address: str) -> None:
    """Load the page, click all traps, and let the browser finish what they set off."""
    page.goto(address)
    for trap in page.locator(".trap").all():
        trap.dispatch_event("click")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")


@pytest.mark.parametrize("address", PAGES)
def test_what_is_injected_does_nothing(page: Page, url: str, address: str) -> None:
    answered: list[str] = []
    page.on("response", lambda answer: answered.append(answer.url))
    refused: dict[str, str] = {}
    page.on("requestfailed", lambda request: refused.update({request.url: request.failure or ""}))
    inject(page, everything())
    spring(page, url + address)
    assert page.locator(".trap").count() == 4
    assert page.evaluate("window.hits") is None
    assert page.url == url + address
    assert [one for one in answered if not one.startswith(url)] == []
    assert {why for one, why in refused.items() if one.startswith(ELSEWHERE)} <= {"csp"}


def test_without_the_policy_it_would_run(page: Page, url: str) -> None:
    texts = [text.format(hit=COUNT.format(name)) for name, text in RUNNING.items()]
    inject(page, "".join(texts), with_policy=False)
    spring(page, f"{url}/login/")
    page.wait_for_function(f"window.hits?.length === {len(RUNNING)}")
    assert set(page.evaluate("window.hits")) == set(RUNNING)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_framed(page: Page, url: str, address: str) -> None:
    page.set_content(f'<iframe src="{url}{address}"></iframe><p>around it</p>')
    expect(page.get_by_text("around it")).to_be_visible()
    [frame] = page.frames[1:]
    frame.wait_for_load_state()
    assert frame.locator("input").count() == 0
