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
from dataclasses import dataclass, field
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
LONG = ("feeds", "tables")  # parts that run once, on PostgreSQL if there is one
LONGEST_FIRST = ("broken", "once", "tables", "feeds", "data")
AT_ONCE = 4  # runs of pytest: more than two, because those that break servers mostly wait


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
            runs = on_sqlite(folder)
            if wish.fast:
                runs += [Run(f"SQLite, {part}", part, folder / f"sqlite-{part}") for part in LONG]
            else:
                runs += on_servers(folder, stack)
            tests = run_all(runs, for_pytest)
    if not any(result.passed + result.failed for result in tests):
        tests.append(Result("no test was selected", 0, 1))
    return report([*checks, *tests])


def run_checks(folder: Path) -> list[Result]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda name: _check(name, folder), CHECKS))


def on_sqlite(folder: Path) -> list["Run"]:
    return [
        Run("SQLite, servers broken", "broken", folder / "sqlite-broken"),
        Run("pages and programs, once", "once", folder / "once"),
        Run("SQLite and a broker in files", "data", folder / "sqlite"),
    ]


def on_servers(folder: Path, stack: ExitStack) -> list["Run"]:
    """Each with a PostgreSQL and a Redis of its own, which ``stack`` stops."""
    parts = {
        "broken": "PostgreSQL and Redis, servers broken",
        "data": "PostgreSQL and Redis",
        "feeds": "PostgreSQL and Redis, what feeds bring",
        "tables": "PostgreSQL and Redis, tables of what may go wrong",
    }
    return [
        Run(name, part, folder / f"servers-{part}", _start_servers(folder, part, stack))
        for part, name in parts.items()
    ]


def _start_servers(folder: Path, part: str, stack: ExitStack) -> dict[str, str]:
    from_pypi = bool(os.environ.get("SERVERS_FROM_PYPI"))
    postgres = PostgresServer(from_pypi)
    stack.callback(postgres.stop)
    redis = RedisServer(folder / f"redis-{part}", from_pypi)
    stack.callback(redis.stop)
    _say(f"PostgreSQL: {postgres.origin}. Redis: {redis.origin}.")
    return {"DATABASE_URL": postgres.url, "CELERY_BROKER_URL": redis.url}


def run_all(runs: Sequence["Run"], for_pytest: Sequence[str]) -> list[Result]:
    """Several at the same time. What each says comes when it ends."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            return list(pool.map(lambda run: run.go(for_pytest), _longest_first(runs)))
        except (SystemExit, KeyboardInterrupt) as end:
            for run in runs:  # its fixtures end what they have started
                run.interrupt(is_told=isinstance(end, KeyboardInterrupt))
            raise


def _longest_first(runs: Sequence["Run"]) -> list["Run"]:
    return sorted(runs, key=lambda run: LONGEST_FIRST.index(run.part))


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
    part: str
    folder: Path
    servers: Mapping[str, str] = field(default_factory=dict)
    is_interrupted: bool = False
    process: subprocess.Popen[bytes] | None = None

    def go(self, arguments: Sequence[str]) -> Result:
        self.folder.mkdir()
        began = time.monotonic()
        said, counts = self.folder / "output.txt", self.folder / "counts.xml"
        options = [f"--part={self.part}", f"--junit-xml={counts}", *arguments]
        if self.is_interrupted:
            return Result(self.name, 0, 1)
        _say(f"== {self.name}: begun")
        with said.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pytest", *options],
                cwd=ROOT,
                env=_environment(self.folder, self.servers),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            code = self.process.wait()
        _say(
            f"== {self.name}\n{said.read_text(errors='replace')}"
            f"== {self.name}: {time.monotonic() - began:.0f} s"
        )
        return count_tests(self.name, counts, code)

    def interrupt(self, *, is_told: bool) -> None:
        """``is_told``: Ctrl-C has reached pytest already."""
        self.is_interrupted = True
        if self.process is not None and not is_told:
            self.process.send_signal(signal.SIGINT)


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
