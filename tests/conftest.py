"""Fixtures for every test: sandbox, demo world, the running site, a browser.

In-process tests use Django's test database, the site's tests real processes with a database of
their own. On which servers is the environment's choice: see docs/testing.md.
"""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
import redis
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import Settings

from lms_project.celery import app as celery_app
from scripts.servers.postgres import create_database, drop_database
from scripts.servers.sandbox import SandboxControl, SandboxServer
from scripts.servers.site import Site

DATABASE_URL = os.environ.get("DATABASE_URL", "")
BROKER_URL = os.environ.get("CELERY_BROKER_URL", "")
ON_POSTGRESQL = DATABASE_URL.startswith("postgres")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "make_site"}
PARTS = ("once", "data", "broken", "feeds", "tables")
LONG = {  # folders, and their part
    "feeds": "feeds",
    **dict.fromkeys(("access", "faults", "input"), "tables"),
}
PREPARED = "prepared"
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSER_PATIENCE = 45_000  # milliseconds: two runs and all their processes share the machine
TESTS = Path(__file__).parent
_numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    # A broker in files would reach a developer's own worker: in-process tests ring in the void.
    if not BROKER_URL:
        celery_app.conf.broker_url = "memory://"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", choices=PARTS, help="only one part of the tests, see part_of()")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, what is to be tested once is not tested a second time."""
    part = config.getoption("--part")
    parts = {part} if part else set(PARTS) - ({"once"} if ON_POSTGRESQL else set())
    config.hook.pytest_deselected(items=[item for item in items if part_of(item) not in parts])
    items[:] = [item for item in items if part_of(item) in parts]


def part_of(item: pytest.Item) -> str:
    """Of scripts/test, which runs the parts at the same time.

    once: what needs no database, and what is the same on every one (marked so). broken: where
    servers and workers are broken. feeds and tables: what takes long. data: everything else.
    """
    if item.get_closest_marker("once"):
        return "once"
    if item.path.parent.name == "reliability":
        return "broken"
    fixtures = set(getattr(item, "fixturenames", ()))
    if not (fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db")):
        return "once"
    return LONG.get(item.path.relative_to(TESTS).parts[0], "data")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI set, a skipped test is a failed one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("\nCI is set: a skipped test fails the run.", red=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: a database in memory cannot be shared between threads."""
    database = connections.settings["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def sandbox_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    server = SandboxServer(tmp_path_factory.mktemp("sandbox"))
    yield server
    server.stop()


@pytest.fixture
def sandbox(sandbox_server: SandboxServer) -> SandboxControl:
    """A fresh world around the present; ``sandbox.reset("2026-11-20T10:00:00Z")`` for another."""
    sandbox_server.control.reset()
    return sandbox_server.control


@pytest.fixture
def teams_settings(sandbox: SandboxControl, settings: Settings) -> Settings:
    """pytest-django's settings, pointed at the sandbox and without pacing."""
    for name, value in sandbox.environment().items():
        setattr(settings, name, value)
    for name in ("GRAPH_RATE", "GRAPH_CALL_RECORD_RATE", "GRAPH_CHAT_RATE"):
        setattr(settings, name, 10_000.0)
    return settings


@pytest.fixture
def demo_world(
    transactional_db: None, sandbox: SandboxControl, teams_settings: Settings
) -> SandboxControl:
    """The sandbox's conferences imported, Teams configured. Resets to the present: a test that
    wants another anchor resets the sandbox and calls import_conferences itself.
    """
    from conferences.actions.importing import import_conferences

    import_conferences(sandbox.conferences())
    return sandbox


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with its tables and the demo's people, of which every site has a copy: a file,
    or on PostgreSQL the one called PREPARED.
    """
    folder = tmp_path_factory.mktemp("prepared")
    with ExitStack() as stack:
        url = ""
        if ON_POSTGRESQL:
            url = create_database(DATABASE_URL, PREPARED)
            stack.callback(drop_database, DATABASE_URL, PREPARED)
        Site(folder, database_url=url).prepare_database()
        yield folder / "db.sqlite3"


@pytest.fixture(scope="module")
def make_site(
    tmp_path_factory: pytest.TempPathFactory, prepared: Path
) -> Iterator[Callable[..., Site]]:
    """Starts a Site with settings of its own: ``make_site(SYNC_LEASE_SECONDS="4")``."""
    with ExitStack() as stack:

        def make(**settings: str) -> Site:
            number, folder = next(_numbers), tmp_path_factory.mktemp("site")
            database_url = broker_url = ""
            if ON_POSTGRESQL:
                name = f"site_{number}"
                database_url = create_database(DATABASE_URL, name, PREPARED)
                stack.callback(drop_database, DATABASE_URL, name)
            else:
                shutil.copy(prepared, folder)
            if BROKER_URL:
                broker_url = f"{BROKER_URL.rpartition('/')[0]}/{number % 15 + 1}"
                with redis.Redis.from_url(broker_url) as client:
                    client.flushdb()
            site = Site(folder, database_url=database_url, broker_url=broker_url, settings=settings)
            stack.callback(site.kill)
            site.start(is_prepared=True)
            return site

        yield make


@pytest.fixture(scope="session")
def closed_port() -> Iterator[int]:
    """Where nobody listens, and where no server of another test can."""
    with socket.socket() as keeper:
        keeper.bind(("127.0.0.1", 0))
        yield keeper.getsockname()[1]


@pytest.fixture(scope="module")
def site(make_site: Callable[..., Site]) -> Site:
    """The whole site as processes: sandbox, gunicorn, a worker with beat; one per module."""
    return make_site()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Per module, because Playwright's event loop in this thread forbids the ORM."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI is set and there is no Chromium.")
        pytest.skip("There is no Chromium on this machine.")
    expect.set_options(timeout=BROWSER_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What the page's console complained about; a test that expects a complaint clears it."""
    return []


@pytest.fixture
def page(browser: Browser, page_errors: list[str]) -> Iterator[Page]:
    """A page of a new visitor; the test fails if its console shows an error."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Berlin")
    page = context.new_page()
    page.set_default_timeout(BROWSER_PATIENCE)
    page.on("pageerror", lambda error: page_errors.append(str(error)))
    page.on("console", lambda line: page_errors.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert not page_errors
