"""One site for all tests of this folder; each starts the workers that it is going to lose."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import pytest
from pytest_django import Settings

from scripts.servers.postgres import create_database, drop_database
from scripts.servers.redis import RedisServer
from scripts.servers.sandbox import SandboxControl
from scripts.servers.site import Site
from tests.conftest import BROKER_URL, DATABASE_URL, ON_POSTGRESQL
from tests.reliability.crew import Crew
from tests.reliability.gate import Gate
from tests.reliability.lecture import Lecture, led_to
from tests.reliability.planner import Planner
from tests.reliability.reader import Reader
from tests.reliability.stage import Stage
from tests.reliability.visitor import Visitor

# A skipped test fails the CI: what is about one kind of server is collected where there is one.
FOR_SQLITE = ["test_sqlite*.py", "test_broker_files.py"]
FOR_POSTGRESQL = ["test_postgresql*.py", "test_redis*.py"]
collect_ignore_glob = FOR_SQLITE if ON_POSTGRESQL else FOR_POSTGRESQL

DATABASE = "reliability"
SETTINGS = {
    "SYNC_LEASE_SECONDS": "6",
    "SYNC_HEARTBEAT_SECONDS": "2",
    "SYNC_NO_WORKER_SECONDS": "1",
}


@pytest.fixture(scope="package")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer | None]:
    """Of our own, because we break it. None where the broker is a folder."""
    if not BROKER_URL:
        yield None
        return
    server = RedisServer(tmp_path_factory.mktemp("broken") / "redis")
    yield server
    server.stop()


@pytest.fixture(scope="package")
def gate(redis_server: RedisServer | None) -> Iterator[Gate | None]:
    """Between the site and its Redis."""
    if redis_server is None:
        yield None
        return
    gate = Gate(urlsplit(redis_server.url).port or 0)
    yield gate
    gate.close()


@pytest.fixture(scope="package")
def make_site(
    tmp_path_factory: pytest.TempPathFactory, gate: Gate | None
) -> Iterator[Callable[[], tuple[Site, str]]]:
    """As in tests/conftest.py, for the whole folder, with a Redis behind a gate and without a
    worker. Returns the site and its database's URL.
    """
    with ExitStack() as stack:

        def make() -> tuple[Site, str]:
            database_url = ""
            if ON_POSTGRESQL:
                database_url = create_database(DATABASE_URL, DATABASE)
                stack.callback(drop_database, DATABASE_URL, DATABASE)
            site = Site(
                tmp_path_factory.mktemp("site"),
                database_url=database_url,
                broker_url=f"redis://127.0.0.1:{gate.port}/0" if gate else "",
                settings=SETTINGS,
            )
            stack.callback(site.kill)
            site.start_sandbox()
            site.prepare_database()
            site.import_conferences()
            site.start_web()
            return site, database_url

        yield make


@pytest.fixture(scope="package")
def stage_of_all(
    make_site: Callable[[], tuple[Site, str]], redis_server: RedisServer | None
) -> Iterator[Stage]:
    site, database_url = make_site()
    stage = Stage(site, database_url, redis_server.url if redis_server else "")
    yield stage
    stage.leave()


@pytest.fixture
def stage(stage_of_all: Stage) -> Iterator[Stage]:
    """The site as on its first day, without a worker."""
    if stage_of_all.workers:  # a crew's
        stage_of_all.reset()
    yield stage_of_all
    stage_of_all.reset()


@pytest.fixture(scope="package")
def rehearsal() -> dict[str, str]:
    """The lecture's time, and the digest of its undisturbed run in this process."""
    return {}


@pytest.fixture
def lecture(
    transactional_db: None,
    sandbox: SandboxControl,
    teams_settings: Settings,
    rehearsal: dict[str, str],
) -> Iterator[Lecture]:
    """In the test database, always at the same time: two runs of it come to the same digest."""
    sandbox.reset(rehearsal.setdefault("anchor", str(sandbox.call("GET", "clock")["anchor"])))
    lecture = Lecture(sandbox)
    lecture.import_anew()
    if "digest" not in rehearsal:
        rehearsal["digest"] = lecture.digest_of_an_undisturbed_run()
    lecture.undisturbed = rehearsal["digest"]
    yield lecture
    lecture.close()


@pytest.fixture
def door(lecture: Lecture) -> Iterator[Gate]:
    """Between the lecture's runs and their PostgreSQL."""
    door = Gate(urlsplit(DATABASE_URL).port or 5432)
    with led_to(HOST=door.host, PORT=door.port):
        yield door
    door.close()


@pytest.fixture
def reader(lecture: Lecture) -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.leave()


@pytest.fixture
def visitor(stage: Stage) -> Iterator[Visitor]:
    visitor = Visitor(stage.site.url)
    yield visitor
    with suppress(OSError):
        visitor.leave()


@pytest.fixture(scope="package")
def crew_of_all(stage_of_all: Stage) -> Iterator[Crew]:
    crew = Crew(stage_of_all)
    yield crew
    crew.leave()


@pytest.fixture
def crew(crew_of_all: Crew) -> Iterator[Crew]:
    """Two workers with a short lease; they stay for the next test that wants them."""
    crew_of_all.complete()
    yield crew_of_all
    crew_of_all.rest()


@pytest.fixture(scope="package")
def planner_of_all(stage_of_all: Stage) -> Iterator[Planner]:
    planner = Planner(stage_of_all)
    yield planner
    with suppress(OSError):
        planner.leave()


@pytest.fixture
def planner(planner_of_all: Planner) -> Iterator[Planner]:
    """For a test with the stage or the crew, which it names first."""
    planner_of_all.sandbox.forget_requests()
    yield planner_of_all
    planner_of_all.clear()
