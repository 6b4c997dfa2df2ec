"""The demo's check believes only what pages show. A small site plays the pages."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from scripts.check_demo import TABS, WORLD, Document
from scripts.servers.process import ROOT

LOGIN = """<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t0ken">
<input name="username" type="email"><input name="password" type="password"></form>"""


class Pages(BaseHTTPRequestHandler):
    """Logs in with the token; a sync is running for one look at the page, then finished."""

    server: "PlayedSite"

    def do_GET(self) -> None:
        if self.path == "/login/":
            return self.answer(LOGIN)
        number = int(self.path.split("/")[2])
        return self.answer(self.conference(number) if self.server.logged_in else LOGIN)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        fields = parse_qs(self.rfile.read(length).decode())
        if fields.get("csrfmiddlewaretoken") != ["t0ken"]:
            return self.answer("no token", 403)
        if self.path == "/login/":
            self.server.logged_in = fields["password"] == ["right"]
            return self.answer("<h1>Hello</h1>" if self.server.logged_in else LOGIN)
        self.server.looks = 1
        return self.redirect(self.path.removesuffix("sync/"))

    def conference(self, number: int) -> str:
        running = self.server.looks > 0
        self.server.looks -= 1
        status = "running" if running else "finished"
        world = WORLD[number]
        others = world.counts["participants"] - len(world.minutes)
        people = {f"Person {n}": "1.00" for n in range(others)} | world.minutes
        people |= {name: text for name, text in self.server.wrong.items() if name in people}
        rows = "".join(
            f'<tr class="participant"><td class="name"><a>{name}</a></td><td class="email"></td>'
            f'<td class="minutes">{minutes}</td></tr>'
            for name, minutes in people.items()
        )
        counts = {**world.counts, **self.server.wrong_counts}
        tabs = "".join(
            f'<a id="tab-{name}">{name} <span class="count">{counts[name]}</span></a>'
            if name in counts
            else f'<a id="tab-{name}">{name}</a>'
            for name in TABS
        )
        return f"""<form method="post" action="/conferences/{number}/sync/">
            <input type="hidden" name="csrfmiddlewaretoken" value="t0ken"></form>
            <section id="sync-panel" data-status="{status}">
            <p class="verdict">{self.server.verdict or world.verdict}</p></section>
            {tabs}<table>{rows}</table>"""

    def answer(self, text: str, status: int = 200) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class PlayedSite(ThreadingHTTPServer):
    logged_in = False
    looks = 0
    verdict = ""  # the expected one
    wrong: dict[str, str] = {}
    wrong_counts: dict[str, int] = {}


@pytest.fixture
def played_site() -> Iterator[PlayedSite]:
    with PlayedSite(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def check(site: PlayedSite, password: str = "right") -> subprocess.CompletedProcess[str]:
    url = f"http://127.0.0.1:{site.server_port}"
    command = [sys.executable, ROOT / "scripts" / "check_demo.py", url, "a@example.edu", password]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)


def test_it_tells_what_was_synced(played_site: PlayedSite) -> None:
    done = check(played_site)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Conference 74: Successfully synced 2 items." in done.stdout
    assert "participants 12, recordings 1, chat 9, transcripts 1, files 2" in done.stdout
    assert "6.81 min" in done.stdout


def test_a_wrong_figure_is_found(played_site: PlayedSite) -> None:
    played_site.wrong = {"Hari Krishnan": "6.18"}
    done = check(played_site)
    assert done.returncode == 1
    assert "conference 74, Hari Krishnan: 6.18, not 6.81 minutes" in done.stderr


def test_a_wrong_count_is_found(played_site: PlayedSite) -> None:
    played_site.wrong_counts = {"files": 3}
    done = check(played_site)
    assert done.returncode == 1
    assert "conference 46: {" in done.stderr


def test_a_sync_that_did_not_succeed_is_told(played_site: PlayedSite) -> None:
    played_site.verdict = "Sync failed."
    done = check(played_site)
    assert (done.returncode, done.stderr) == (1, "The check failed: conference 46: Sync failed.\n")


def test_a_refused_login_is_told(played_site: PlayedSite) -> None:
    done = check(played_site, "wrong")
    assert (done.returncode, done.stderr) == (1, "The check failed: the login was refused\n")


def test_a_site_that_is_not_there_is_told() -> None:
    command = [sys.executable, ROOT / "scripts" / "check_demo.py", "http://127.0.0.1:9", "a", "b"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The check failed: ")


def test_elements_without_an_end_do_not_swallow_the_rest() -> None:
    page = Document('<ul><li>one<li>two</ul><p class="a b">A<br>B <b>C</b></p>').root
    [paragraph] = page.all("p", "b")
    assert paragraph.text == "A B C"
