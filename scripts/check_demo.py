"""An instructor's main job over HTTP: log in, press Sync Data, wait, read who attended.

    python check_demo.py URL EMAIL PASSWORD

Knows only what a browser knows: pages, their forms, their tables. Exits 0, or says what is wrong.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

PATIENCE_SECONDS = 120
WITHOUT_END = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass(frozen=True)
class Expected:
    """``verdict`` of a first sync; ``counts`` on the tabs, none where nothing is; ``minutes`` of
    some people.
    """

    verdict: str
    counts: dict[str, int]
    minutes: dict[str, str]


# What the sandbox's world holds (docs/sandbox.md).
WORLD = {
    46: Expected(
        "Some operations had issues: recordings. Other data synced successfully.",
        {"participants": 12, "recordings": 1, "chat": 9, "transcripts": 1, "files": 2},
        {
            "Mara Lindqvist": "60.00",
            "Noor Haddad": "56.51",
            "Priya Nair": "62.67",
            "Robin (Guest)": "25.00",
        },
    ),
    51: Expected(
        "Successfully synced 8 items.",
        {"participants": 5, "recordings": 1, "chat": 2},
        {"Mara Lindqvist": "60.00", "Noor Haddad": "108.50", "Ines Duarte": "28.00"},
    ),
    74: Expected(
        "Successfully synced 2 items.",
        {"participants": 2},
        {"Admin One": "4.64", "Hari Krishnan": "6.81"},
    ),
    86: Expected(
        "Successfully synced 14 items.",
        {"participants": 5, "recordings": 2, "chat": 5, "transcripts": 1, "files": 1},
        {"Mara Lindqvist": "60.00", "Noor Haddad": "55.00"},
    ),
}
TABS = ("participants", "recordings", "chat", "transcripts", "files")


class CheckFailed(Exception):
    pass


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def all(self, tag: str, of_class: str = "") -> Iterator["Element"]:
        for child in self.children:
            if isinstance(child, Element):
                classes = child.attributes.get("class", "").split()
                if child.tag == tag and (not of_class or of_class in classes):
                    yield child
                yield from child.all(tag, of_class)

    @property
    def text(self) -> str:
        words = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join(" ".join(words).split())

    def find(self, condition: Callable[["Element"], bool]) -> "Element | None":
        for child in self.children:
            if isinstance(child, Element):
                found = child if condition(child) else child.find(condition)
                if found is not None:
                    return found
        return None


class Document(HTMLParser):
    """HTML → Element, with elements that have no end tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Element("document")
        self._open = [self.root]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in WITHOUT_END:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


class Visitor:
    """A browser without JavaScript."""

    def __init__(self, site: str) -> None:
        self._http = requests.Session()
        self._http.trust_env = False
        self.url, self.page = site, Element("document")

    def open(self, address: str) -> None:
        self._show(self._http.get(urljoin(self.url, address), timeout=30))

    def submit(self, form: Element, **typed: str) -> None:
        """Send a form's own fields to its own action, as its method says."""
        fields = {
            item.attributes["name"]: item.attributes.get("value", "")
            for item in form.all("input")
            if item.attributes.get("type") == "hidden" and "name" in item.attributes
        }
        if form.attributes.get("method", "get").lower() != "post":
            raise CheckFailed(f"{self.url}: this form is not sent by POST")
        action = urljoin(self.url, form.attributes.get("action") or self.url)
        headers = {"Referer": self.url}
        answer = self._http.post(action, data={**fields, **typed}, headers=headers, timeout=30)
        self._show(answer)

    def form(self, condition: Callable[[Element], bool], what: str) -> Element:
        form = self.page.find(lambda element: element.tag == "form" and condition(element))
        if form is None:
            raise CheckFailed(f"{self.url}: {what} is missing")
        return form

    def _show(self, answer: requests.Response) -> None:
        self.url = answer.url
        if answer.status_code != 200:
            raise CheckFailed(f"{answer.request.method} {self.url}: HTTP {answer.status_code}")
        self.page = Document(answer.text).root


def log_in(visitor: Visitor, email: str, password: str) -> None:
    visitor.open("/login/")
    form = visitor.form(lambda form: _has_field(form, "password"), "the login form")
    visitor.submit(form, username=email, password=password)
    if visitor.page.find(lambda element: element.attributes.get("type") == "password"):
        raise CheckFailed("the login was refused")


def sync(visitor: Visitor, conference: int) -> str:
    """Press the page's own button and wait; returns the verdict's sentence."""
    page = f"/conferences/{conference}/"
    visitor.open(page)
    is_sync = f"{page}sync/".__eq__
    form = visitor.form(lambda form: is_sync(form.attributes.get("action", "")), "Sync Data")
    visitor.submit(form)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (panel := _panel(visitor)).attributes.get("data-status") != "finished":
        if time.monotonic() > deadline:
            raise CheckFailed(f"conference {conference} is still syncing: {panel.text}")
        threading.Event().wait(0.5)
        visitor.open(page)
    sentence = panel.find(lambda one: "verdict" in one.attributes.get("class", "").split())
    words = sentence.text if sentence else ""
    if words != WORLD[conference].verdict:
        raise CheckFailed(f"conference {conference}: {words or panel.text}")
    return words


def counts(visitor: Visitor) -> dict[str, int]:
    """How many there are of what, as the tabs say; a tab without a number has none."""
    found = {}
    for name in TABS:
        tab = _by_id(visitor, f"tab-{name}")
        if tab is None:
            raise CheckFailed(f"{visitor.url}: the tab {name} is missing")
        for count in tab.all("span", "count"):
            found[name] = int(count.text)
    return found


def participants(visitor: Visitor) -> list[tuple[str, ...]]:
    """Name, e-mail and minutes, as the page shows them. Two people may have one name."""
    return [
        tuple(
            next((cell.text for cell in row.all("td", of_class)), "")
            for of_class in ("name", "email", "minutes")
        )
        for row in visitor.page.all("tr", "participant")
    ]


def compare(conference: int, tabs: dict[str, int], found: list[tuple[str, ...]]) -> None:
    expected = WORLD[conference]
    if tabs != expected.counts:
        raise CheckFailed(f"conference {conference}: {tabs}, not {expected.counts}")
    if len(found) != expected.counts["participants"]:
        raise CheckFailed(f"conference {conference}: {len(found)} people in the table")
    for name, minutes in expected.minutes.items():
        shown = [row[2] for row in found if row[0] == name]
        if shown != [minutes]:
            words = " and ".join(shown) or "nothing"
            raise CheckFailed(f"conference {conference}, {name}: {words}, not {minutes} minutes")


def main(site: str, email: str, password: str) -> None:
    visitor = Visitor(site)
    log_in(visitor, email, password)
    print(f"Logged in at {site} as {email}.")
    for conference in WORLD:
        verdict = sync(visitor, conference)
        found, tabs = participants(visitor), counts(visitor)
        print(f"Conference {conference}: {verdict}")
        print("  " + ", ".join(f"{name} {count}" for name, count in tabs.items()))
        for name, address, minutes in found:
            print(f"  {name:24} {address:32} {minutes:>8} min")
        compare(conference, tabs, found)
    print(f"{len(WORLD)} conferences synced; every figure is the world's.")


def _by_id(visitor: Visitor, wanted: str) -> Element | None:
    return visitor.page.find(lambda element: element.attributes.get("id") == wanted)


def _panel(visitor: Visitor) -> Element:
    panel = _by_id(visitor, "sync-panel")
    if panel is None:
        raise CheckFailed(f"{visitor.url}: the progress panel is missing")
    return panel


def _has_field(form: Element, kind: str) -> bool:
    return any(item.attributes.get("type") == kind for item in form.all("input"))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (CheckFailed, requests.RequestException) as error:
        sys.exit(f"The check failed: {error}")
