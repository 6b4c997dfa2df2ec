"""Everybody of the demo, at every page they may see."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import requests

from scripts.servers.process import wait_until
from scripts.servers.site import PASSWORD, PEOPLE, Person, Site

PATIENCE_SECONDS = 45
TABS = ("participants", "recordings", "chat", "transcripts", "files", "slots", "history")
_LINK = re.compile(r'(?:href|hx-get)="(/(?:conferences|admin)/[^"#]*)"')
FAR = ("/jsi18n/", "/add/", "/password_change/", "?", "/conferences/5", "/conferences/9")


class Visitor:
    """Logged in as a person of the demo."""

    def __init__(self, site: Site, person: Person) -> None:
        self._site, self._http = site, requests.Session()
        self._http.trust_env = False
        self.get("/login/")
        form = {"username": person.email, "password": PASSWORD}
        assert self._post("/login/", form).status_code == 302

    def get(self, address: str, **headers: str) -> requests.Response:
        url = f"{self._site.url}{address}"
        return self._http.get(url, headers=headers, timeout=PATIENCE_SECONDS)

    def sync(self, pk: int) -> str:
        """Press Sync Data and wait for the end; the run as JSON."""
        began = self._post(f"/conferences/{pk}/sync/", {}, Accept="application/json")
        assert began.status_code == 202, began.text
        address = f"/conferences/{pk}/sync/{began.json()['run']}/"

        def look() -> requests.Response:
            return self.get(address, Accept="application/json")

        wait_until(lambda: look().json()["status"] == "finished", f"the end of {address}")
        return look().text

    def pages(self, first: list[str]) -> Iterator[str]:
        """These and what they link to: headers and text."""
        seen, open_now = set(first), list(first)
        for _ in range(2):
            found: list[str] = []
            for address in open_now:
                answer = self.get(address)
                yield f"{address}\n{answer.headers}\n{answer.text}"
                found += _LINK.findall(answer.text)
            open_now = [one.replace("&amp;", "&") for one in found if not _is_far(one)]
            open_now = [one for one in dict.fromkeys(open_now) if one not in seen]
            seen.update(open_now)

    def _post(self, address: str, form: dict[str, str], **headers: str) -> requests.Response:
        url = f"{self._site.url}{address}"
        ours = {"X-CSRFToken": self._http.cookies.get("csrftoken", ""), "Referer": url}
        return self._http.post(
            url,
            form,
            headers={**ours, **headers},
            timeout=PATIENCE_SECONDS,
            allow_redirects=False,
        )


def _is_far(address: str) -> bool:
    return any(word in address for word in FAR)


def everything_seen(site: Site, conferences: tuple[int, ...]) -> dict[str, str]:
    """By role, all pages together."""
    first = ["/conferences/", "/admin/"]
    first += [f"/conferences/{pk}/?tab={tab}" for pk in conferences for tab in TABS]

    def read(person: Person) -> str:
        return "\n".join(Visitor(site, person).pages(first))

    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        return dict(zip((p.role for p in PEOPLE), pool.map(read, PEOPLE), strict=True))
