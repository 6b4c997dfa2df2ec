"""The sandbox as a process, and a client of its control routes (docs/sandbox.md)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from scripts.servers.process import ServerProcess, wait_until

READY = "sandbox ready "

# The sandbox's only tenant; nothing here is a secret.
TENANT_ID = "3f2a6c1e-0000-4000-8000-00000000d3a0"
CLIENT_ID = "5b1d8f77-0000-4000-8000-00000000c11e"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105


class SandboxServer:
    """``python -m sandbox`` on a free port; ``anchor`` (ISO 8601): its world's time of start."""

    def __init__(self, folder: Path, anchor: str | None = None) -> None:
        command = [sys.executable, "-m", "sandbox", "--port", "0"]
        if anchor is not None:
            command += ["--now", anchor]
        self.process = ServerProcess("sandbox", command, folder / "sandbox.log")
        self.process.wait_for_words(READY)
        line = next(line for line in self.process.said().splitlines() if line.startswith(READY))
        self.control = SandboxControl(line.removeprefix(READY).strip())

    def stop(self) -> None:
        self.process.stop()


class SandboxControl:
    """What a test or the demo may do behind the stage. Times are ISO 8601 with a zone."""

    def __init__(self, url: str) -> None:
        self.url = url

    def environment(self) -> dict[str, str]:
        """The variables that point the product at this sandbox."""
        return {
            "TEAMS_TENANT_ID": TENANT_ID,
            "TEAMS_CLIENT_ID": CLIENT_ID,
            "TEAMS_CLIENT_SECRET": CLIENT_SECRET,
            "MICROSOFT_LOGIN_URL": self.url,
            "GRAPH_BASE_URL": f"{self.url}/v1.0",
        }

    def reset(self, now: str | None = None) -> None:
        """A fresh world around ``now``, by default around the anchor given at the start, and if
        there was none around the present. Faults, holds and the log of requests are gone.
        """
        self.call("POST", "reset", {"now": now} if now else {})

    def set_clock(self, now: str) -> None:
        self.call("POST", "clock", {"now": now})

    def catch_up(self) -> None:
        """Let the clock show the present; the world keeps its anchor."""
        self.set_clock(datetime.now(UTC).isoformat())

    def advance(self, seconds: float) -> None:
        self.call("POST", "clock", {"advance_seconds": seconds})

    def conferences(self) -> dict[str, Any]:
        """The registrar's document, as import_conferences takes it."""
        return dict(self.call("GET", "conferences"))

    def requests_seen(self, path: str = "") -> list[dict[str, Any]]:
        """Requests whose path contains ``path``, oldest first."""
        return [seen for seen in self.call("GET", "requests") if path in seen["path"]]

    def forget_requests(self) -> None:
        self.call("DELETE", "requests")

    def script(self, **fault: Any) -> str:
        """A fault, such as path="/attendanceReports", status=503, times=2. Returns its id."""
        return str(self.call("POST", "faults", fault)["id"])

    def end_faults(self) -> None:
        self.call("DELETE", "faults")

    def tenant(self, **switches: Any) -> dict[str, Any]:
        """Such as refuse_credentials=True, remove_roles=[…], throttling=True, latency_ms=50."""
        return dict(self.call("POST", "tenant", switches))

    def change(self, op: str, **values: Any) -> dict[str, Any]:
        """Something happens in the world after the fact."""
        return dict(self.call("POST", "world", {"op": op, **values}))

    @contextmanager
    def hold(
        self, path: str, skip: int = 0, method: str | None = None, *, after: bool = False
    ) -> Iterator["Hold"]:
        """Requests whose path matches the pattern wait until ``release()`` or the block's end;
        the next ``skip`` pass. ``after``: they are done, and their answers wait.
        """
        wish = {"path": path, "skip": skip, "method": method, "after": after}
        hold = Hold(self, str(self.call("POST", "holds", wish)["id"]))
        try:
            yield hold
        finally:
            hold.release()

    def call(self, method: str, path: str, wish: object = None) -> Any:
        with requests.Session() as http:
            http.trust_env = False  # loopback: never through a proxy
            answer = http.request(method, f"{self.url}/_sandbox/{path}", json=wish, timeout=30)
        if not answer.ok:
            raise ValueError(f"{method} /_sandbox/{path}: {answer.status_code} {answer.text}")
        return answer.json()


class Hold:
    def __init__(self, control: SandboxControl, hold_id: str) -> None:
        self._control, self._id = control, hold_id

    @property
    def waiting(self) -> int:
        """How many requests wait here now."""
        return int(self._control.call("GET", f"holds/{self._id}")["waiting"])

    def wait_until_reached(self, requests_waiting: int = 1) -> None:
        wait_until(lambda: self.waiting >= requests_waiting, "a request at the hold")

    def release(self) -> None:
        """Let them go; nothing happens if that was done, or if a reset has ended the hold."""
        if any(hold["id"] == self._id for hold in self._control.call("GET", "holds")):
            self._control.call("DELETE", f"holds/{self._id}")
