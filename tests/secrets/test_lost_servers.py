"""A database and a broker that do not answer: their passwords are in no page, log or complaint."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from scripts.servers.process import ServerProcess
from scripts.servers.site import Site
from tests.secrets import plants
from tests.secrets.plants import plants_in

DATABASE = f"postgres://lms:{plants.DATABASE_PASSWORD}@127.0.0.1:{{port}}/lms"
BROKER = f"redis://default:{plants.REDIS_PASSWORD}@127.0.0.1:{{port}}/0"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, closed_port: int) -> Iterator[Site]:
    """Whose servers are a closed port."""
    site = Site(
        tmp_path_factory.mktemp("site"),
        database_url=DATABASE.format(port=closed_port),
        broker_url=BROKER.format(port=closed_port),
        settings={"SECRET_KEY": plants.SECRET_KEY, "LOG_LEVEL": "DEBUG"},
    )
    yield site
    site.kill()


def test_the_web_keeps_them(site: Site) -> None:
    site.start_web()
    cookies = {"sessionid": "somebody"}
    for page in ("conferences/", "conferences/46/", "admin/"):
        with requests.Session() as http:
            http.trust_env = False
            answer = http.get(f"{site.url}/{page}", cookies=cookies, timeout=30)
        assert answer.status_code == 503
        assert plants_in(answer.text) == []
    assert "OperationalError" in site.log("web")
    assert plants_in(site.log("web")) == []


@pytest.mark.parametrize(
    "command",
    [
        *(["sync_conference", "46"], ["conference_report", "46"], ["data_digest"]),
        *(["migrate"], ["create_account", "x@example.edu"]),
    ],
)
def test_commands_keep_them(site: Site, command: list[str]) -> None:
    done = site.manage(*command, check=False)
    assert done.returncode
    assert done.stderr
    assert plants_in(done.stdout + done.stderr) == []


def test_a_worker_keeps_them(tmp_path: Path, closed_port: int) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "lms_project.settings.local",
        "DATABASE_URL": DATABASE.format(port=closed_port),
        "LOG_LEVEL": "DEBUG",
        "CELERY_BROKER_URL": BROKER.format(port=closed_port),
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": plants.SECRET_KEY,
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "celery", "-A", "lms_project", "worker", "--beat"]
    command += ["--loglevel", "DEBUG", "--schedule", str(tmp_path / "schedule")]
    worker = ServerProcess("worker", command, tmp_path / "worker.log", environment)
    try:
        worker.wait_for_words("Cannot connect to redis://")
        worker.wait_for_words("beat")
    finally:
        worker.kill()
    assert plants_in(worker.said()) == []
