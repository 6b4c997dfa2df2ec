"""The whole site on this machine, with a sandbox in the place of Microsoft 365.

Started by scripts/demo. Everything is in var/demo (VAR_DIR/demo): database, queue, logs.
"""

import argparse
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from scripts.servers.process import (
    ROOT,
    ServerError,
    free_port,
    is_free,
    temporary_folder,
)
from scripts.servers.site import ADMINISTRATOR, INSTRUCTOR, PASSWORD, PEOPLE, Site

FOLDER = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "demo"
ENVIRONMENT = FOLDER / "environment.json"  # of the demo's processes, for --manage
USUAL_PORT = 8000


def main() -> int:
    wish = arguments()
    if wish.manage is not None:
        return manage(wish.manage)
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    try:
        return check() if wish.check else demo(keep=wish.keep, port=wish.port)
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument(
        "--keep", action="store_true", help="keep the last demo's database, let its world age"
    )
    parser.add_argument("--port", type=int, help=f"of the web site (default: {USUAL_PORT})")
    parser.add_argument(
        "--check", action="store_true", help="sync some conferences over HTTP, print, and end"
    )
    parser.add_argument(
        "--manage",
        nargs=argparse.REMAINDER,
        metavar="COMMAND",
        help="manage.py COMMAND … on the database and the sandbox of the demo that is running",
    )
    return parser.parse_args()


def demo(*, keep: bool, port: int | None) -> int:
    with only_one():
        site, port = Site(FOLDER), choose_port(port)
        anchor_file = FOLDER / "anchor"
        known = anchor_file.read_text().strip() if keep and anchor_file.exists() else None
        anchor = known or datetime.now(UTC).replace(microsecond=0).isoformat()
        say("Starting the demo …")
        try:
            if known is None:
                shutil.rmtree(FOLDER, ignore_errors=True)
                site.start(port=port, anchor=anchor)
                anchor_file.write_text(anchor)
            else:
                site.start_sandbox(anchor)
                site.manage("migrate", "--no-input")
                site.start_processes(port)
            site.sandbox.catch_up()
            ENVIRONMENT.write_text(json.dumps(site.environment))
            welcome(site, anchor)
            while not site.fallen():
                threading.Event().wait(1)
            names = ", ".join(process.name for process in site.fallen())
            raise ServerError(f"Ended by itself: {names}. Its log in {FOLDER} says why.")
        finally:
            _ignore_signals()
            say("Stopping …")
            site.stop()


def manage(command: list[str]) -> int:
    try:
        environment = json.loads(ENVIRONMENT.read_text())
    except FileNotFoundError:
        raise SystemExit(f"No demo has been started in {FOLDER}. Start it first.") from None
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=False
    ).returncode


def check() -> int:
    """The main job, unattended, on free ports and in a folder that is removed afterwards."""
    with temporary_folder("demo") as folder:
        site = Site(folder)
        try:
            site.start()
            program = str(ROOT / "scripts" / "check_demo.py")
            job = [sys.executable, program, site.url, INSTRUCTOR.email, PASSWORD]
            done = subprocess.run(
                job, cwd=folder, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
            if done.returncode:
                for log in sorted(folder.glob("*.log")):
                    last = log.read_text("utf-8", "replace").splitlines()[-40:]
                    say(f"-- the end of {log.name}", *last)
                sys.stderr.write(f"\n{done.stderr}")
            return done.returncode
        finally:
            _ignore_signals()
            site.stop()


def welcome(site: Site, anchor: str) -> None:
    width = max(len(person.email) for person in PEOPLE)
    say(
        "",
        f"Open {site.url}/ and log in. The password of everyone is {PASSWORD}",
        *(f"  {person.email:{width}}  {person.role}" for person in PEOPLE),
        "",
        f"As {INSTRUCTOR.email}, open a conference and press Sync Data:",
        *(f"  {site.url}/conferences/{number}/" for number in (46, 51, 74)),
        f"As {ADMINISTRATOR.email}, see {site.url}/admin/",
        "Commands: scripts/demo --manage fix_teams_recording --conference 51",
        "",
        f"Microsoft 365 is played by the sandbox at {site.sandbox_url} (world of {anchor}).",
        f"Mail is written into files in {site.mail_folder}.",
        f"Logs: web.log, worker.log and sandbox.log in {FOLDER}. Ctrl-C ends it all.",
    )


@contextmanager
def only_one() -> Iterator[None]:
    """Two demos would share a folder."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with (FOLDER.parent / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerError(f"A demo is already running in {FOLDER}. End it first.") from None
        yield


def choose_port(wanted: int | None) -> int:
    if wanted is None and not is_free(USUAL_PORT):
        say(f"Port {USUAL_PORT} is taken; the demo uses a free one.")
        return free_port()
    if wanted is not None and not is_free(wanted):
        raise ServerError(f"Port {wanted} is taken. Choose another with --port, or leave it out.")
    return wanted or USUAL_PORT


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _ignore_signals() -> None:
    """A second Ctrl-C must not leave children behind."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
