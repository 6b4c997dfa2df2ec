"""A site full of secrets, whose platform answers with them in every way it can."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from scripts.servers.site import INSTRUCTOR, Site
from tests.secrets import plants
from tests.secrets.plants import SHAPES, SHARED_ACCESS, TOKEN
from tests.secrets.visits import Visitor, everything_seen

SYNCED = (46, 86)
AT_ONCE = {"Retry-After": "0"}


@dataclass
class Places:
    """Where a secret might have come to: name and text; and the runs as JSON."""

    texts: dict[str, str] = field(default_factory=dict)
    runs: list[str] = field(default_factory=list)
    asked_elsewhere: list[str] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another host: its address, and everything that it was sent."""
    sent: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent.append(f"{self.requestline}\n{self.headers}")
            self.send_error(404)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/{SHARED_ACCESS}", sent
        server.shutdown()


@pytest.fixture(scope="module")
def places(
    make_site: Callable[..., Site], elsewhere: tuple[str, list[str]], closed_port: int
) -> Places:
    site = make_site(
        LOG_LEVEL="DEBUG",
        SECRET_KEY=plants.SECRET_KEY,
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=str(closed_port),
        EMAIL_HOST_USER="lms",
        EMAIL_HOST_PASSWORD=plants.MAIL_PASSWORD,
        **dict.fromkeys(("GRAPH_RATE", "GRAPH_CALL_RECORD_RATE", "GRAPH_CHAT_RATE"), "1000"),
        RATE_GATE_URL=f"redis://default:{plants.REDIS_PASSWORD}@127.0.0.1:{closed_port}/0",
    )
    mara, made = Visitor(site, INSTRUCTOR), Places()
    address, made.asked_elsewhere = elsewhere

    said: list[str] = []
    for number, faults in enumerate([LINKS, LINKS, *refusals(address), *logins()]):
        site.sandbox.end_faults()
        for fault in faults:
            site.sandbox.script(**fault)
        if number % 2:
            made.runs.append(mara.sync(46))
        else:
            said.append(by_command(site))
        made.requests += site.sandbox.requests_seen()
        site.sandbox.forget_requests()
        site.sandbox.tenant(revoke_tokens=True)
    made.texts = {
        **{f"the pages of {who}": text for who, text in everything_seen(site, SYNCED).items()},
        **commands(site),
        "the answers in JSON": "\n".join(made.runs),
        "what sync_conference says": "\n".join(said),
        "the log of the web": site.log("web"),
        "the log of the worker": site.log("worker"),
    }
    return made


# Files whose addresses open them for whoever has these: in drives, in chats, in recordings.
NAMES = ("webUrl", "contentUrl", "callRecordingUrl", "recordingContentUrl")
LINKS = [
    {
        "path": r"/drives?/|/messages|/recordings\?",
        "append": dict.fromkeys(NAMES, SHARED_ACCESS),
    }
]


def by_command(site: Site) -> str:
    """What it prints and what it logs; a worker's log begins at INFO, whatever LOG_LEVEL says."""
    done = site.manage("sync_conference", "46", "86", "--json", check=False)
    return done.stdout + done.stderr


def refusals(address: str) -> Iterator[list[dict[str, Any]]]:
    """Each route refuses, each time another way; what it says has a secret in it."""
    routes = (
        *("/attendanceReports", "/callRecords", r"/recordings\?", r"/transcripts\?", "/messages"),
        *("/drive", "/onlineMeetings"),
    )
    shapes = [SHAPES[name].format("pl4nt-echo") for name in SHAPES]
    statuses = (400, 403, 404, 409, 410, 423, 429, 500, 503, 302, 401)
    for start in range(0, len(statuses), 4):
        faults = []
        for number, route in enumerate(routes):
            status = statuses[(start + number) % len(statuses)]
            said = shapes[(start + number) % len(shapes)]
            body: Any = {"error": {"code": "refused", "message": said}}
            body = said if (start + number) % 2 else body
            headers = {"Location": address, **AT_ONCE}
            faults.append({"path": route, "status": status, "body": body, "headers": headers})
        yield faults
    yield [{"path": "/v1.0/", "next_link": address}]
    yield [{"path": "/v1.0/", "raw_body": "\n".join(shapes)}]


def logins() -> Iterator[list[dict[str, Any]]]:
    """A token of no known shape, which everybody refuses aloud; and a login that says too much."""
    granted = {"token_type": "Bearer", "expires_in": 3599, "access_token": TOKEN}
    refused = {"error": {"code": "InvalidAuthenticationToken", "message": f"Bearer {TOKEN}"}}
    token = "/oauth2/v2.0/token"
    yield [
        {"path": token, "json": {**granted, "refresh_token": TOKEN, "id_token": TOKEN}},
        {"path": "/v1.0/", "status": 401, "body": refused},
    ]
    shapes = ("a form", "JSON", "an assertion")
    said = " ".join(SHAPES[shape].format("sandbox-secret") for shape in shapes)
    told = {"error": "invalid_client", "error_description": f"AADSTS7000215: {said}"}
    yield [{"path": token, "status": 401, "body": told}]
    yield [{"path": token, "raw_body": f"<html>{said}</html>"}]


def commands(site: Site) -> dict[str, str]:
    """What operators read; the database as a dump of every row of every table."""
    wanted = {
        "the database": ("dumpdata",),
        "conference_report": ("conference_report", "46", "--json"),
        "data_digest": ("data_digest", "--json"),
        "the check of the settings": ("check",),
    }

    def run(words: tuple[str, ...]) -> str:
        done = site.manage(*words, check=False)
        return done.stdout + done.stderr

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(wanted, pool.map(run, wanted.values()), strict=True))
