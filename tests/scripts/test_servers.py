"""Processes start, are waited for and end; the servers from PyPI are real ones."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from scripts.servers.postgres import PostgresServer, create_database, drop_database
from scripts.servers.process import ROOT, ServerError, ServerProcess, free_port, is_free, wait_until
from scripts.servers.redis import RedisServer

PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
print(f"child {child.pid} ready", flush=True)
child.wait()
"""


def exists(pid: int) -> bool:
    """As a running process; a zombie has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def python(folder: Path, code: str) -> ServerProcess:
    return ServerProcess("test process", [sys.executable, "-c", code], folder / "log")


def test_a_process_that_ends_early_says_why(tmp_path: Path) -> None:
    process = python(tmp_path, "print('the reason'); raise SystemExit(7)")
    with pytest.raises(ServerError, match=r"(?s)test process ended with 7:.*the reason"):
        process.wait_for_words("ready")


@pytest.mark.parametrize("way", ["stop", "kill"])
def test_the_end_of_a_process_is_the_end_of_its_children(tmp_path: Path, way: str) -> None:
    process = python(tmp_path, PARENT)
    process.wait_for_words(" ready")
    child = int(process.said().split()[1])
    assert exists(child)
    getattr(process, way)()
    assert not process.is_running
    wait_until(lambda: not exists(child), "the child's end")


def test_a_process_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    code = f"""
import pathlib, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from scripts.servers.process import ServerProcess
command = [sys.executable, "-c", "import signal; signal.pause()"]
child = ServerProcess("child", command, pathlib.Path({str(tmp_path / "child.log")!r}))
print(f"child {{child.pid}} ready", flush=True)
signal.pause()
"""
    starter = python(tmp_path, code)
    starter.wait_for_words(" ready")
    child = int(starter.said().split()[1])
    os.kill(starter.pid, signal.SIGKILL)
    wait_until(lambda: not exists(child), "the child's end")
    starter.kill()


def test_a_log_that_goes_on_is_read_from_this_start(tmp_path: Path) -> None:
    for words in ("first ready", "second"):
        process = python(tmp_path, f"import signal; print({words!r}, flush=True); signal.pause()")
        process.wait_for_words(words)
        assert "first" not in process.said() or words == "first ready"
        process.stop()


def test_a_port_is_free_until_someone_listens(tmp_path: Path) -> None:
    port = free_port()
    assert is_free(port)
    code = f"""
import signal, socket
server = socket.create_server(("127.0.0.1", {port}))
print("ready", flush=True)
signal.pause()
"""
    process = python(tmp_path, code)
    process.wait_for_words("ready")
    assert not is_free(port)
    process.stop()


@pytest.fixture(params=[False, True], ids=["this machine's", "from PyPI"])
def postgres(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    server = PostgresServer(from_pypi=request.param)
    yield server
    server.stop()


def test_postgresql_makes_databases_in_utf8(postgres: PostgresServer) -> None:
    url = create_database(postgres.url, "of_a_test")
    connection = psycopg2.connect(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ÄÉŞ'), current_database()")
        assert cursor.fetchone() == ("äéş", "of_a_test")
    connection.close()
    drop_database(postgres.url, "of_a_test")
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        psycopg2.connect(url)


@pytest.mark.parametrize("from_pypi", [False, True], ids=["this machine's", "from PyPI"])
def test_redis_answers(tmp_path: Path, from_pypi: bool) -> None:
    server = RedisServer(tmp_path / "redis", from_pypi)
    with redis.Redis.from_url(server.url) as client:
        client.set("key", os.getpid())
        assert client.get("key") == str(os.getpid()).encode()
    server.stop()
