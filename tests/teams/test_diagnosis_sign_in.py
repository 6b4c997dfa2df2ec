"""Settings, credentials and addresses taken away: everything after them is not checked."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from scripts.servers.sandbox import CLIENT_ID
from tests.teams.diagnosing import (
    MARA,
    ORGANIZER,
    PERMISSIONS,
    diagnose,
    run,
    without,
)

pytestmark = pytest.mark.usefixtures("teams_settings")

DISCOVERY, SIGN_IN = "openid-configuration", "/oauth2/v2.0/token"
NAMES = ("TEAMS_TENANT_ID", "TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET")
NO_TOKEN = without("token", "Graph", *PERMISSIONS, *ORGANIZER)
NO_SETTINGS = without("settings", "token", "Graph", *PERMISSIONS, *ORGANIZER)
NO_GRAPH = without("Graph", *ORGANIZER)
NOWHERE = "00000000-0000-4000-8000-000000000000"


def refused(number: int, words: str = "") -> dict[str, object]:
    """A refusal of Entra ID's."""
    said = {"error": "invalid_client", "error_description": f"AADSTS{number}: {words}"}
    return {"path": SIGN_IN, "status": 401, "body": said}


def test_nothing_is_set(sandbox, settings):
    for name in NAMES:
        setattr(settings, name, "")
    found = diagnose()
    assert (found.code, found.states) == (1, NO_SETTINGS)
    assert all(name in found.lines["settings"]["act"] for name in NAMES)
    assert sandbox.requests_seen() == []


@pytest.mark.parametrize("name", NAMES)
def test_set_by_half(sandbox, settings, name):
    setattr(settings, name, "")
    found = diagnose()
    assert (found.code, found.states) == (1, NO_SETTINGS)
    assert found.lines["settings"]["act"].startswith(f"Set {name} too")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (refused(7000215, "Invalid client secret provided."), "refuses the client secret"),
        (refused(7000222, "The provided client secret keys are expired."), "has expired"),
        (refused(700016, "Application not found."), f"has no application {CLIENT_ID}"),
        (refused(90002, "Tenant not found."), "knows no tenant"),
        (refused(53003, "Blocked by Conditional Access."), "AADSTS53003: Blocked"),
        ({"path": DISCOVERY, "status": 400}, "knows no tenant"),
        ({"path": DISCOVERY, "status": 503}, "HTTP 503"),
        ({"path": SIGN_IN, "status": 503}, "HTTP 503"),
        ({"path": SIGN_IN, "raw_body": "<html>"}, "did not answer as it should"),
        ({"path": SIGN_IN, "status": 429, "headers": {"Retry-After": "3600"}}, "HTTP 429"),
        ({"path": SIGN_IN, "reset": True}, "No answer from 127.0.0.1"),
    ],
)
def test_signing_in_fails(sandbox, fault, words):
    sandbox.script(**fault)
    found = diagnose()
    assert (found.code, found.states) == (1, NO_TOKEN)
    line = found.lines["token"]
    assert words in line["act"]
    assert line["who"]


def test_a_secret_taken_away(sandbox):
    sandbox.tenant(refuse_credentials=True)
    found = diagnose()
    assert (found.code, found.states) == (1, NO_TOKEN)
    line = found.lines["token"]
    assert f"{CLIENT_ID} → Certificates & secrets" in line["act"]
    assert "TEAMS_CLIENT_SECRET" in line["act"]
    assert line["who"] == "Application Administrator"


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_value(sandbox, settings, name):
    setattr(settings, name, NOWHERE)
    found = diagnose()
    assert (found.code, found.states) == (1, NO_TOKEN)
    assert name in found.lines["token"]["act"]


@pytest.mark.parametrize(
    ("setting", "path", "expected", "red"),
    [
        ("MICROSOFT_LOGIN_URL", "", NO_TOKEN, "token"),
        ("GRAPH_BASE_URL", "/v1.0", NO_GRAPH, "Graph"),
    ],
)
def test_nobody_answers(sandbox, settings, closed_port, setting, path, expected, red):
    host = f"127.0.0.1:{closed_port}"
    setattr(settings, setting, f"http://{host}{path}")
    found = diagnose()
    assert (found.code, found.states) == (1, expected)
    assert found.lines[red]["act"].startswith(f"No answer from {host} ")
    assert setting in found.lines[red]["act"]


@pytest.fixture(params=[403, 404])
def proxy(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server that refuses whatever it is asked, and is not Microsoft's."""

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(request.param)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_address_that_is_not_graphs(sandbox, settings, proxy):
    settings.GRAPH_BASE_URL = f"{proxy}/v1.0"
    found = diagnose()
    assert (found.code, found.states) == (1, NO_GRAPH)
    assert f"What answers at {proxy}/v1.0 is not Microsoft Graph" in found.lines["Graph"]["act"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"status": 401}, "does not take the token"),
        ({"status": 503}, "HTTP 503"),
        ({"raw_body": "<html>"}, "is not Microsoft Graph v1.0"),
        ({"status": 400}, "is not Microsoft Graph v1.0"),
    ],
)
def test_graph_does_not_answer_as_it_should(sandbox, fault, words):
    sandbox.script(path="/v1.0/", **fault)
    found = diagnose()
    assert (found.code, found.states) == (1, NO_GRAPH)
    assert words in found.lines["Graph"]["act"]


def test_what_opens_the_tenant_is_never_told(sandbox):
    """Also where the vendor repeats it."""
    echo = "client_secret=sandbox-secret and Bearer eyJhbGciOi.eyJyb2xlcyI.c2lnbmVk"
    sandbox.script(path=r"/calendar|/drive\?", status=400, body={"error": {"message": echo}})
    told = [run("--organizer", MARA)[1], diagnose().out]
    sandbox.script(**refused(7000299, echo))
    told += [run("--organizer", MARA)[1], diagnose().out]
    assert ["[secret]" in out for out in told] == [True] * 4
    assert not any(word in out for out in told for word in ("sandbox-secret", "eyJ"))


def test_the_vendors_words_do_nothing_to_a_terminal(sandbox):
    sandbox.script(path="/calendar", status=503, body="\x1b]0;mine\x07 \x1b[31mred")
    _, out = run("--organizer", MARA)
    assert "]0;mine" in out
    assert not any(sign in out for sign in "\x1b\x07")
