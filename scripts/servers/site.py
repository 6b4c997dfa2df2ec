"""The whole site as processes: sandbox, web, worker. Used by the demo and by tests."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import requests

from scripts.servers.process import ROOT, ServerError, ServerProcess, free_port, wait_until
from scripts.servers.sandbox import SandboxControl, SandboxServer

PASSWORD = "sandbox-password"  # noqa: S105 - of accounts that exist on loopback only
KEPT_VARIABLES = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}


@dataclass(frozen=True)
class Person:
    """An account of the demo."""

    email: str
    name: str
    role: str
    administrator: bool = False
    timezone: str = "Europe/Berlin"


INSTRUCTOR = Person("mara.lindqvist@example.edu", "Mara Lindqvist", "instructor")
LEARNER = Person("noor.haddad@example.edu", "Noor Haddad", "learner")
SECOND_INSTRUCTOR = Person("tomas.novak@example.edu", "Tomas Novak", "instructor, elsewhere")
ADMINISTRATOR = Person("admin@example.edu", "Ada Miller", "administrator", administrator=True)
PEOPLE = (INSTRUCTOR, LEARNER, SECOND_INSTRUCTOR, ADMINISTRATOR)


class Site:
    """All state and all logs are in ``folder``. SQLite and the filesystem broker by default.

    ``settings``: further environment variables of the product.
    """

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str = "",
        broker_url: str = "",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self._environment = {
            **{name: value for name, value in os.environ.items() if name in KEPT_VARIABLES},
            "DJANGO_SETTINGS_MODULE": "lms_project.settings.local",
            "PYTHONUNBUFFERED": "1",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": broker_url,
            **(settings or {}),
        }
        self._sandbox: SandboxServer | None = None
        self._web: ServerProcess | None = None
        self._workers: dict[str, ServerProcess] = {}
        self.url = ""

    @property
    def environment(self) -> dict[str, str]:
        """Of all processes of the product."""
        return dict(self._environment)

    # -- the whole -----------------------------------------------------------------------------

    def start(
        self, *, port: int | None = None, anchor: str | None = None, is_prepared: bool = False
    ) -> None:
        """Everything, with the demo's people and conferences; ``anchor``: see SandboxServer.
        ``is_prepared``: the database was, with its people.
        """
        self.start_sandbox(anchor)
        if not is_prepared:
            self.prepare_database()
        self.import_conferences()
        self.start_processes(port)

    def prepare_database(self) -> None:
        """Its tables, and the demo's people."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "--no-input")
        self.create_accounts()

    def start_sandbox(self, anchor: str | None = None) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sandbox = SandboxServer(self.folder, anchor)
        self._environment |= self.sandbox.environment()

    def start_processes(self, port: int | None = None) -> None:
        port = port or free_port()
        self._environment.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
        self._launch_worker("worker", beat=True)
        self.start_web(port)
        self._workers["worker"].wait_for_words(" ready.")

    def stop(self) -> None:
        """End all processes, also after half a start. The worker finishes what it is doing."""
        for process in self._processes():
            process.ask_to_end()
        for process in self._processes():
            process.stop()

    def kill(self) -> None:
        """As stop(), at once: for a test that is done with it."""
        for process in self._processes():
            process.kill()

    def fallen(self) -> list[ServerProcess]:
        """Processes that ended by themselves."""
        return [process for process in self._processes() if not process.is_running]

    def _processes(self) -> list[ServerProcess]:
        sandbox = self._sandbox.process if self._sandbox else None
        everyone = (*self._workers.values(), self._web, sandbox)
        return [process for process in everyone if process is not None]

    # -- its parts -----------------------------------------------------------------------------

    @property
    def sandbox(self) -> SandboxControl:
        if self._sandbox is None:
            raise ServerError("The sandbox is not running.")
        return self._sandbox.control

    @property
    def sandbox_url(self) -> str:
        return self.sandbox.url

    def start_web(self, port: int | None = None) -> None:
        """gunicorn; returns once a page is served. Keeps its port over a restart."""
        self.kill_web()
        if port is None:
            port = int(self.url.rpartition(":")[2]) if self.url else free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [
            *(sys.executable, "-m", "gunicorn", "lms_project.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
            *("--no-control-socket", "--access-logfile", "-"),
            *("--logger-class", "lms_project.gunicorn.DiscreetLogger"),
        ]
        self._web = ServerProcess("web", command, self.folder / "web.log", self._environment)
        self._web.wait_until(self._serves, f"a page at {self.url}")

    def start_worker(
        self,
        name: str = "worker",
        *,
        beat: bool | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """A Celery worker of two processes; the one called "worker" also runs the beat.

        ``settings``: further environment variables, for this worker alone.
        """
        self._launch_worker(
            name, beat=name == "worker" if beat is None else beat, settings=settings
        )
        self._workers[name].wait_for_words(" ready.")

    def stop_worker(self, name: str = "worker") -> None:
        """SIGTERM: it finishes what it is doing, for 15 seconds at most."""
        self._workers.pop(name).stop()

    def kill_worker(self, name: str = "worker") -> None:
        """SIGKILL to the worker and its children, as if the machine were gone."""
        self._workers.pop(name).kill()

    def freeze_worker(self, name: str = "worker") -> None:
        os.killpg(self._workers[name].pid, signal.SIGSTOP)

    def thaw_worker(self, name: str = "worker") -> None:
        os.killpg(self._workers[name].pid, signal.SIGCONT)

    def restart_worker(self, name: str = "worker") -> None:
        self.stop_worker(name)
        self.start_worker(name)

    def pid(self, name: str) -> int:
        """Of "web" (gunicorn's master) or of a worker."""
        process = self._web if name == "web" else self._workers[name]
        if process is None:
            raise ServerError("The web process is not running.")
        return process.pid

    def kill_web(self) -> None:
        """SIGKILL to gunicorn and its children, whatever is left of them."""
        if self._web is not None:
            self._web.kill()

    def log(self, name: str) -> str:
        """All that "web", "sandbox" or a worker has written."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    @property
    def mail_folder(self) -> Path:
        """Where mail goes as files, unless ``settings`` name a mail server."""
        return self.folder / "mail"

    # -- its content ---------------------------------------------------------------------------

    def manage(
        self,
        *arguments: str,
        text: str | None = None,
        settings: Mapping[str, str] | None = None,
        check: bool = True,
    ) -> subprocess.CompletedProcess[str]:
        """``manage.py``; ``text`` is its standard input. ServerError if it fails and ``check``."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**self._environment, **(settings or {})},
            input=text or "",
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            words = " ".join(arguments)
            raise ServerError(f"manage.py {words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def begin(
        self, name: str, *arguments: str, settings: Mapping[str, str] | None = None
    ) -> ServerProcess:
        """``manage.py`` in the background, for the caller to end; ``name``.log has its output."""
        environment = {**self._environment, **(settings or {})}
        command = [sys.executable, "manage.py", *arguments]
        return ServerProcess(name, command, self.folder / f"{name}.log", environment)

    def create_accounts(self) -> None:
        with ThreadPoolExecutor(len(PEOPLE)) as pool:
            list(pool.map(self._create_account, PEOPLE))

    def import_conferences(self) -> None:
        self.manage("import_conferences", "-", text=json.dumps(self.sandbox.conferences()))

    def _create_account(self, person: Person) -> None:
        options = ["--administrator"] if person.administrator else []
        self.manage(
            *("create_account", person.email, "--name", person.name),
            *("--timezone", person.timezone, *options),
            settings={"ACCOUNT_PASSWORD": PASSWORD},
        )

    def _launch_worker(
        self, name: str, *, beat: bool, settings: Mapping[str, str] | None = None
    ) -> None:
        if name in self._workers:
            raise ServerError(f"A worker called {name} is running.")
        command = [
            *(sys.executable, "-m", "celery", "-A", "lms_project", "worker"),
            *("--concurrency", "2", "--loglevel", "INFO", "--hostname", f"{name}@127.0.0.1"),
        ]
        if beat:
            command += ["--beat", "--schedule", str(self.folder / "celerybeat-schedule")]
        log = self.folder / f"{name}.log"
        environment = {**self._environment, **(settings or {})}
        self._workers[name] = ServerProcess(name, command, log, environment)

    def _serves(self) -> bool:
        try:
            with requests.Session() as http:
                http.trust_env = False
                http.get(f"{self.url}/login/", timeout=10)
        except requests.ConnectionError:
            return False
        return True

    def wait_for_log(self, name: str, words: str) -> None:
        wait_until(lambda: words in self.log(name), f"“{words}” in {name}.log")
