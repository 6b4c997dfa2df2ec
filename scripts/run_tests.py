"""Runs every check and all tests; the last line counts them. Started by scripts/test."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts.servers.postgres import PostgresServer
from scripts.servers.process import ROOT, temporary_folder
from scripts.servers.redis import RedisServer

TYPED = "platforms teams_integration syncing conferences accounts lms_project sandbox scripts"
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy", *TYPED.split()],
    "layers": ["lint-imports"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
}
PROGRAMS = Path(sys.executable).parent


@dataclass
class Result:
    name: str
    passed: int
    failed: int
    skipped: int = 0

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/test", description=__doc__, allow_abbrev=False)
    parser.add_argument("--fast", action="store_true", help="tests on SQLite only")
    wish, for_pytest = parser.parse_known_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # let the servers be stopped
    with temporary_folder("test") as folder:
        checks = run_checks(folder)
        with ExitStack() as stack:
            runs = [on_sqlite(folder)]
            if not wish.fast:
                runs.append(on_servers(folder, stack))
            tests = run_all(runs, for_pytest)
    if not any(result.passed + result.failed for result in tests):
        tests.append(Result("no test was selected", 0, 1))
    return report([*checks, *tests])


def run_checks(folder: Path) -> list[Result]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda name: _check(name, folder), CHECKS))


def on_sqlite(folder: Path) -> "Run":
    return Run("SQLite and a broker in files", folder / "sqlite", {})


def on_servers(folder: Path, stack: ExitStack) -> "Run":
    """With PostgreSQL and Redis of its own, which ``stack`` stops."""
    from_pypi = bool(os.environ.get("SERVERS_FROM_PYPI"))
    postgres = PostgresServer(from_pypi)
    stack.callback(postgres.stop)
    redis = RedisServer(folder / "redis", from_pypi)
    stack.callback(redis.stop)
    _say(f"PostgreSQL: {postgres.origin}. Redis: {redis.origin}.")
    servers = {"DATABASE_URL": postgres.url, "CELERY_BROKER_URL": redis.url}
    return Run("PostgreSQL and Redis", folder / "servers", servers)


def run_all(runs: Sequence["Run"], for_pytest: Sequence[str]) -> list[Result]:
    """At the same time: most of what tests do is waiting. What the second says comes after."""
    try:
        for run in runs:
            run.start(for_pytest, is_shown=run is runs[0])
        return [run.end() for run in runs]
    except SystemExit:  # SIGTERM; Ctrl-C has reached pytest already
        for run in runs:
            run.interrupt()
        raise
    finally:
        for run in runs:
            run.wait()  # its fixtures end what they have started


def report(results: Sequence[Result]) -> int:
    """A line for each, then the sum; a check counts as one. Returns the exit code."""
    _say("Summary")
    for result in results:
        _say(f"  {result.name + ' ':.<40} {result}")
    total = Result(
        "all",
        passed=sum(result.passed for result in results),
        failed=sum(result.failed for result in results),
        skipped=sum(result.skipped for result in results),
    )
    _say(str(total))
    return 1 if total.failed else 0


def _check(name: str, folder: Path) -> Result:
    program, *arguments = CHECKS[name]
    done = subprocess.run(
        [PROGRAMS / program, *arguments],
        cwd=ROOT,
        env=_environment(folder, {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    _say(f"== {name}: {'FAILED' if done.returncode else 'ok'}")
    if done.returncode:
        _say(done.stdout)
    return Result(name, passed=int(not done.returncode), failed=int(bool(done.returncode)))


@dataclass
class Run:
    """One run of pytest. ``folder``: its own, for what it leaves and for what it says."""

    name: str
    folder: Path
    servers: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    said: Path | None = None
    began: float = 0.0

    def start(self, arguments: Sequence[str], *, is_shown: bool) -> None:
        self.folder.mkdir()
        self.began = time.monotonic()
        self.said = None if is_shown else self.folder / "output.txt"
        _say(f"== Tests on {self.name}{'' if is_shown else ', told afterwards'}")
        with ExitStack() as stack:
            output = stack.enter_context(self.said.open("wb")) if self.said else None
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pytest", f"--junit-xml={self._counts}", *arguments],
                cwd=ROOT,
                env=_environment(self.folder, self.servers),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output and subprocess.STDOUT,
            )

    def end(self) -> Result:
        assert self.process is not None, "it was started"
        code = self.process.wait()
        if self.said:
            _say(f"== Tests on {self.name}")
            _say(self.said.read_text(errors="replace"))
        _say(f"== {self.name}: {time.monotonic() - self.began:.0f} s")
        return count_tests(self.name, self._counts, code)

    def interrupt(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)

    def wait(self) -> None:
        if self.process is not None:
            self.process.wait()

    @property
    def _counts(self) -> Path:
        return self.folder / "counts.xml"


def count_tests(name: str, counts: Path, code: int) -> Result:
    """From the JUnit file that pytest has just written.

    A run that failed in another way (no file at all, a skip in CI) counts as one failure; one
    where the arguments select no test does not, if another run has some.
    """
    result = Result(name, 0, 0)
    if counts.exists():
        suite = ElementTree.parse(counts).getroot().find("testsuite")  # noqa: S314
        numbers = suite.attrib if suite is not None else {}
        result.failed = int(numbers.get("failures", 0)) + int(numbers.get("errors", 0))
        result.skipped = int(numbers.get("skipped", 0))
        result.passed = int(numbers.get("tests", 0)) - result.failed - result.skipped
    if code not in (0, pytest.ExitCode.NO_TESTS_COLLECTED) and not result.failed:
        result.failed = 1
    return result


def _environment(folder: Path, servers: Mapping[str, str]) -> dict[str, str]:
    """Ours, without a developer's own servers, and with a place for files that is not var/."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return {**kept, "VAR_DIR": str(folder / "var"), **servers}


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
