"""A PostgreSQL server: the machine's if it has one, else the binaries from PyPI (pgserver)."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from scripts.servers.process import ServerError, ServerProcess, free_port

LOCALE = "C.UTF-8"  # part of every Debian; letters beyond ASCII have upper and lower case


class PostgresServer:
    """An empty cluster in a temporary folder, over TCP on 127.0.0.1, without durability: what is
    to outlive a crash of the server (never one of the machine) asks for ``outlives_crashes``.

    PostgreSQL refuses to be run by root, so root runs it as an ordinary user of the machine.
    """

    def __init__(self, from_pypi: bool = False, *, outlives_crashes: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="lms-postgresql-"))
        try:
            self._prepare(from_pypi, outlives_crashes)
            self.start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def _prepare(self, from_pypi: bool, outlives_crashes: bool) -> None:
        folder = self._folder
        programs = None if from_pypi else _of_this_machine()
        self.origin = str(programs) if programs else "pgserver from PyPI"
        programs = programs or _copied_from_pypi(folder)
        self._user = user = _ordinary_user()
        data = folder / "data"
        data.mkdir()
        if user is not None:
            os.chown(data, user, user)
            folder.chmod(0o755)
        _make_cluster(programs, data, user)
        port = free_port()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "on" if outlives_crashes else "off",
            "full_page_writes": "off",
            "max_connections": 200,
        }
        self._command: list[str | Path] = [programs / "postgres", "-D", data]
        for name, value in options.items():
            self._command += ["-c", f"{name}={value}"]
        self.url = f"postgres://postgres@127.0.0.1:{port}/postgres"

    def start(self) -> None:
        """Also after halt(): on the same port, with the same data."""
        log = self._folder / "log"
        self._process = ServerProcess("PostgreSQL", self._command, log, user=self._user)
        try:
            self._process.wait_until(self._answers, "PostgreSQL's answer")
        except BaseException:
            self._process.kill()
            raise

    def halt(self, sign: signal.Signals = signal.SIGINT) -> None:
        """Connections are cut: SIGINT is a fast shutdown, SIGQUIT one without any order."""
        self._process.stop(sign)

    def stop(self) -> None:
        """For good: the cluster is removed."""
        self.halt()
        shutil.rmtree(self._folder, ignore_errors=True)

    def said(self) -> str:
        """What it has written to its log since the last start."""
        return self._process.said()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=5).close()
        except psycopg2.OperationalError:
            return False
        return True


def create_database(server_url: str, name: str, template: str = "template0") -> str:
    """A new database, empty or a copy, on the server of any of its databases' URLs; its URL."""
    connection = psycopg2.connect(server_url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    finally:
        connection.close()
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()


def drop_database(server_url: str, name: str) -> None:
    connection = psycopg2.connect(server_url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        connection.close()


def _of_this_machine() -> Path | None:
    """Debian's folder of the newest version, or where the PATH finds ``postgres``."""
    installed = list(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if installed:
        newest = max(installed, key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0))
        return newest.parent
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found and shutil.which("initdb") else None


def _copied_from_pypi(folder: Path) -> Path:
    """pgserver's files, where an ordinary user can read them (a clone of root's is private)."""
    spec = find_spec("pgserver")
    if spec is None or spec.origin is None:
        raise ServerError("There is no PostgreSQL here and pgserver is not installed.")
    package = Path(spec.origin).parent
    for name in ("bin", "lib", "share"):
        shutil.copytree(package / "pginstall" / name, folder / "pgserver" / "pginstall" / name)
    shutil.copytree(package.parent / "pgserver.libs", folder / "pgserver.libs")
    return folder / "pgserver" / "pginstall" / "bin"


def _ordinary_user() -> int | None:
    """For root: the id to run as. None for everyone else."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    return 65534


def _make_cluster(programs: Path, data: Path, user: int | None) -> None:
    command = [
        *(programs / "initdb", "--pgdata", data, "--username", "postgres", "--auth", "trust"),
        *("--encoding", "UTF8", "--locale", LOCALE, "--no-sync"),
    ]
    made = subprocess.run(
        [str(word) for word in command],
        cwd="/",
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise ServerError(f"initdb failed:\n{made.stdout}{made.stderr}")
