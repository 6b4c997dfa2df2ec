"""Somebody at a page of this process, in a thread whose database connection is kept open between
two requests, as gunicorn's are.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections, connection
from django.test import Client

from scripts.servers.site import INSTRUCTOR
from tests.pages import making
from tests.reliability.stage import LECTURE


class Reader:
    """Logged in as the instructor, and has seen the page before. ``gives_up_after``: seconds that
    a new connection may take.
    """

    def __init__(self, gives_up_after: int = 30) -> None:
        self._client = Client(raise_request_exception=False)
        self._client.force_login(making.account(INSTRUCTOR.email))
        self._thread = ThreadPoolExecutor(1, initializer=_give_up_after, initargs=[gives_up_after])
        assert self.look().result(timeout=60).status_code == 200

    def look(self) -> Future[Any]:
        return self._thread.submit(self._request, self._client.get)

    def press_sync(self) -> Future[Any]:
        return self._thread.submit(self._request, self._client.post, "sync/")

    def leave(self) -> None:
        self._thread.submit(lambda: connection.close()).result(timeout=60)
        self._thread.shutdown()

    @staticmethod
    def _request(send: Any, page: str = "") -> Any:
        close_old_connections()  # what a server does before and after, and Django's client not
        try:
            return send(f"/conferences/{LECTURE}/{page}", headers={"Accept": "application/json"})
        finally:
            close_old_connections()


def _give_up_after(seconds: int) -> None:
    """In this thread only."""
    settings = connection.settings_dict
    if "connect_timeout" in settings["OPTIONS"]:
        options = {**settings["OPTIONS"], "connect_timeout": seconds}
        connection.settings_dict = {**settings, "OPTIONS": options}
