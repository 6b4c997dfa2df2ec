"""A child process with a log file: started, waited for, stopped by its id."""

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POLL_SECONDS = 0.05
PATIENCE_SECONDS = 60.0
SERVER_PORTS = (20_000, 32_000)  # below those that Linux gives to connections


class ServerError(Exception):
    """A process did not start, ended early or did not do in time what was waited for."""


class ServerProcess:
    """A command in a session of its own, so that Ctrl-C reaches only who started it.

    Should the thread that started it end without stopping it (SIGKILL), it is sent SIGTERM.
    ``user``: a numeric id to run as (only root can ask for that).
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        log: Path,
        environment: Mapping[str, str] | None = None,
        user: int | None = None,
    ) -> None:
        self.name, self.log = name, log
        with log.open("ab") as output:
            self._begin = output.tell()
            self._process = subprocess.Popen(
                [*_if_the_parent_dies(), *(str(word) for word in command)],
                cwd=ROOT if user is None else "/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
            )
        self.pid = self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def said(self) -> str:
        """What it has written to its log since this start."""
        with self.log.open("rb") as output:
            output.seek(self._begin)
            return output.read().decode("utf-8", "replace")

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Poll; ServerError with the log's end if the process ends or the time is over."""

        def arrived_or_dead() -> bool:
            return condition() or not self.is_running

        try:
            wait_until(arrived_or_dead, what)
        except ServerError as error:
            raise ServerError(f"{self.name}: {error}\n{self._end_of_log()}") from error
        if not self.is_running:
            code = self._process.returncode
            raise ServerError(f"{self.name} ended with {code}:\n{self._end_of_log()}")

    def wait_for_words(self, words: str) -> None:
        self.wait_until(lambda: words in self.said(), f"“{words}” in {self.log}")

    def ask_to_end(self, sign: signal.Signals = signal.SIGTERM) -> None:
        if self.is_running:
            self._process.send_signal(sign)

    def stop(self, sign: signal.Signals = signal.SIGTERM, patience: float = 15.0) -> None:
        """Ask it to end, and end it and its children if it does not."""
        self.ask_to_end(sign)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the process and all its children."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def _end_of_log(self) -> str:
        return "\n".join(self.said().splitlines()[-30:])


def _if_the_parent_dies() -> list[str]:
    setpriv = shutil.which("setpriv", path=f"/usr/bin:/bin:{os.defpath}")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def wait_until(
    condition: Callable[[], bool],
    what: str,
    patience: float = PATIENCE_SECONDS,
    every: float = POLL_SECONDS,
) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise ServerError(f"waited {patience:.0f} s for {what}")
        threading.Event().wait(every)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port() -> int:
    """For a server that is about to start. Not one that the system gives to whoever connects to
    somewhere: it would be taken again before the server has it.
    """
    while not is_free(port := random.randint(*SERVER_PORTS)):  # noqa: S311 - no secret
        pass
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@contextmanager
def temporary_folder(purpose: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"lms-{purpose}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
