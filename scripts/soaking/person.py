"""Somebody at the pages who presses Sync Data and looks on."""

from typing import Any

import requests

from scripts.servers.process import ServerError, wait_until
from scripts.servers.site import INSTRUCTOR, PASSWORD

PATIENCE_SECONDS = 60  # for one answer


class Person:
    def __init__(self, url: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.headers["Accept"] = "application/json"
        login = f"{url}/login/"
        self._http.get(login, timeout=PATIENCE_SECONDS).raise_for_status()
        self._post(login, {"username": INSTRUCTOR.email, "password": PASSWORD})

    def press(self, pk: int) -> int:
        """The run's number."""
        return int(self._post(f"{self._url}/conferences/{pk}/sync/", {}).json()["run"])

    def watch(self, pk: int, run: int, seconds: float) -> bool:
        """Whether it has ended in time."""
        try:
            wait_until(lambda: self._look(pk, run)["status"] == "finished", "", seconds, every=0.5)
        except ServerError:
            return False
        return True

    def _look(self, pk: int, run: int) -> dict[str, Any]:
        address = f"{self._url}/conferences/{pk}/sync/{run}/"
        answer = self._http.get(address, timeout=PATIENCE_SECONDS)
        answer.raise_for_status()
        return dict(answer.json())

    def _post(self, address: str, form: dict[str, str]) -> requests.Response:
        headers = {"X-CSRFToken": self._http.cookies["csrftoken"], "Referer": address}
        answer = self._http.post(
            address, data=form, headers=headers, timeout=PATIENCE_SECONDS, allow_redirects=False
        )
        answer.raise_for_status()
        return answer
