"""scripts/demo starts everything, says where to click, ends everything; --keep goes on."""

import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests

from scripts.servers.process import ServerProcess, free_port, is_free, wait_until

Demo = Callable[..., ServerProcess]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    started = []

    def start(*arguments: str) -> ServerProcess:
        command = [sys.executable, "-m", "scripts.run_demo", *arguments]
        environment = {**os.environ, "VAR_DIR": str(tmp_path)}
        log = tmp_path / f"output-{len(started)}"
        started.append(ServerProcess("demo", command, log, environment))
        return started[-1]

    yield start
    for process in started:
        process.stop()


def children_of(folder: Path) -> list[str]:
    """Command lines of processes that keep their files in ``folder``."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"VAR_DIR={folder}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().decode().replace("\0", " "))
        except OSError:
            continue
    return found


def world_of(demo: ServerProcess) -> dict[str, str]:
    found = re.search(r"sandbox at (http://\S+)", demo.said())
    assert found is not None
    return dict(requests.get(f"{found.group(1)}/_sandbox/health", timeout=10).json())


def count(folder: Path, table: str) -> int:
    with closing(sqlite3.connect(folder / "demo" / "db.sqlite3")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_it_starts_fresh_ends_clean_and_can_be_kept(demo: Demo, tmp_path: Path) -> None:
    old = tmp_path / "demo" / "anchor"
    old.parent.mkdir()
    old.write_text("2020-01-01T00:00:00+00:00")

    port = free_port()
    first = demo("--port", str(port))
    first.wait_for_words("Ctrl-C ends it all.")
    assert f"Open http://127.0.0.1:{port}/" in first.said()
    assert "mara.lindqvist@example.edu" in first.said()
    assert requests.get(f"http://127.0.0.1:{port}/", timeout=10).url.count("/login/") == 1
    world, conferences = world_of(first), count(tmp_path, "conferences_conference")
    assert not world["anchor"].startswith("2020")
    assert conferences > 5

    second = demo("--port", str(free_port()))
    wait_until(lambda: not second.is_running, "the second demo's end")
    assert "A demo is already running" in second.said()

    command = demo("--manage", "fix_teams_recording", "--conference", "51")
    wait_until(lambda: not command.is_running, "the command's end")
    assert "2 meetings: 2 fixed." in command.said()

    first.ask_to_end(signal.SIGINT)
    wait_until(lambda: not first.is_running, "the demo's end")
    assert "Stopping" in first.said()
    assert children_of(tmp_path / "demo") == []
    assert is_free(port)

    third = demo("--keep", "--port", str(port))
    third.wait_for_words("Ctrl-C ends it all.")
    assert world_of(third)["anchor"] == world["anchor"]
    assert world_of(third)["now"] > world["now"]
    assert old.read_text().startswith(world["anchor"][:19])
    assert count(tmp_path, "conferences_conference") == conferences


def test_a_taken_port_is_told(demo: Demo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = demo("--port", str(port))
        wait_until(lambda: not process.is_running, "the demo's end")
    assert f"Port {port} is taken." in process.said()
