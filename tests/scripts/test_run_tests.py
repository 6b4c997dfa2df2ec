"""scripts/test tells the truth about failures, errors and skips."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.run_tests import Result, count_tests, report
from scripts.servers.process import ROOT

TESTS = """
import pytest

def test_passes(): pass
def test_skips(): pytest.skip("for a reason")
"""
FAILURES = """
import pytest

@pytest.fixture
def broken(): raise ValueError
def test_fails(): assert False
def test_breaks(broken): pass
"""


def run_pytest(folder: Path, tests: str, *, ci: bool) -> tuple[int, Result]:
    (folder / "test_example.py").write_text(tests)
    counts = folder / "counts.xml"
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    if ci:
        environment["CI"] = "true"
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pytest.ini", "-p", "tests.conftest"]
    done = subprocess.run(
        [*command, f"--junit-xml={counts}", folder / "test_example.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    return done.returncode, count_tests("example", counts, done.returncode)


def test_a_skip_is_allowed_at_home(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, TESTS, ci=False) == (0, Result("example", 1, 0, skipped=1))


def test_a_skip_fails_in_ci(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, TESTS, ci=True) == (1, Result("example", 1, 1, skipped=1))


def test_failures_and_broken_fixtures_count(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, TESTS + FAILURES, ci=False) == (
        1,
        Result("example", 1, 2, skipped=1),
    )


def test_a_run_without_a_result_is_a_failure(tmp_path: Path) -> None:
    assert count_tests("example", tmp_path / "none.xml", 3) == Result("example", 0, 1)


@pytest.mark.parametrize(("failed", "code"), [(0, 0), (2, 1)])
def test_the_last_line_counts_everything(
    capsys: pytest.CaptureFixture[str], failed: int, code: int
) -> None:
    assert report([Result("lint", 1, 0), Result("tests", 40, failed)]) == code
    assert capsys.readouterr().out.splitlines()[-1] == f"41 passed, {failed} failed"
