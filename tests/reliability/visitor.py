"""A person at the site's address, without a browser."""

from typing import Any

import requests

from scripts.servers.site import INSTRUCTOR, PASSWORD

PATIENCE_SECONDS = 45  # for one answer; nobody waits a minute at a button


class Visitor:
    """Logged in as the demo's instructor; asks for JSON unless told otherwise."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._http.trust_env = False
        login = f"{url}/login/"
        self._http.get(login, timeout=PATIENCE_SECONDS).raise_for_status()
        form = {"username": INSTRUCTOR.email, "password": PASSWORD}
        answer = self._send("POST", login, data=form)
        assert answer.status_code == 302, answer.text

    def press_sync(self, pk: int) -> dict[str, Any]:
        """Press Sync Data; the run as JSON."""
        answer = self.answer_to_press(pk)
        assert answer.status_code == 202, answer.text
        return dict(answer.json())

    def answer_to_press(self, pk: int) -> requests.Response:
        address = f"{self._url}/conferences/{pk}/sync/"
        return self._send("POST", address, headers={"Accept": "application/json"})

    def look(self, pk: int, run: int) -> dict[str, Any]:
        """One poll of the run's page."""
        answer = self._send("GET", self._run(pk, run), headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def read(self, pk: int, run: int) -> str:
        """The run's page as a browser without JavaScript gets it."""
        answer = self._send("GET", self._run(pk, run))
        assert answer.status_code == 200, answer.text
        return answer.text

    def leave(self) -> None:
        self._http.close()

    def _run(self, pk: int, run: int) -> str:
        return f"{self._url}/conferences/{pk}/sync/{run}/"

    def _send(
        self, method: str, address: str, *, headers: dict[str, str] | None = None, **values: Any
    ) -> requests.Response:
        token = self._http.cookies.get("csrftoken", "")
        return self._http.request(
            method,
            address,
            headers={"X-CSRFToken": token, "Referer": address, **(headers or {})},
            timeout=PATIENCE_SECONDS,
            allow_redirects=False,
            **values,
        )
