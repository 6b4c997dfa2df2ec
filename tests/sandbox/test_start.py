"""The process: its one line, its anchor, its end."""

import subprocess
import sys

import requests

from tests.sandbox.conftest import READY, ROOT

COMMAND = [sys.executable, "-m", "sandbox", "--port", "0"]


def test_it_prints_one_line_and_leaves_with_0_on_sigterm() -> None:
    process = subprocess.Popen(
        [*COMMAND, "--world", "empty"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    url = process.stdout.readline().removeprefix(READY).strip()
    assert requests.get(f"{url}/_sandbox/health", timeout=10).json()["status"] == "ok"
    assert requests.get(f"{url}/_sandbox/conferences", timeout=10).json() == {"conferences": []}
    process.terminate()
    rest, _ = process.communicate(timeout=20)
    assert rest == ""
    assert process.returncode == 0


def test_a_wrong_anchor_or_world_is_refused() -> None:
    for wrong in (["--now", "2026-11-20T10:00:00"], ["--now", "soon"], ["--world", "real"]):
        ended = subprocess.run([*COMMAND, *wrong], cwd=ROOT, capture_output=True, timeout=20)
        assert ended.returncode == 2
        assert ended.stdout == b""


def test_a_taken_port_is_an_error(sandbox_url: str) -> None:
    port = sandbox_url.rpartition(":")[2]
    command = [sys.executable, "-m", "sandbox", "--port", port]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert ended.returncode != 0
    assert "in use" in ended.stderr
