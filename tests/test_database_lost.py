"""A database that nobody answers for: every page says so, whatever asked it first."""

import re
from collections.abc import Iterator

import pytest
import requests

from scripts.servers.site import Site

SENTENCE = "Database connection error. Please wait a moment and try again."


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, closed_port: int) -> Iterator[str]:
    """Of a site whose PostgreSQL is a closed port."""
    closed = f"postgres://nobody@127.0.0.1:{closed_port}/nothing"
    site = Site(tmp_path_factory.mktemp("site"), database_url=closed)
    site.start_web()
    yield site.url
    site.kill()


@pytest.fixture
def visitor() -> Iterator[requests.Session]:
    """Has a session's cookie: who it is, only the database knows."""
    with requests.Session() as http:
        http.trust_env = False
        http.cookies["sessionid"] = "somebody"
        yield http


@pytest.mark.parametrize("page", ["conferences/", "conferences/46/", "login/", "admin/"])
def test_a_page_says_that_the_database_does_not_answer(
    url: str, visitor: requests.Session, page: str
) -> None:
    answer = visitor.get(f"{url}/{page}", timeout=20)
    assert answer.status_code == 503
    assert SENTENCE in answer.text
    assert 'id="problem"' in answer.text  # what a fragment's request shows of it


def test_json_for_whoever_asks_for_it(url: str, visitor: requests.Session) -> None:
    answer = visitor.get(
        f"{url}/conferences/46/sync/1/", headers={"Accept": "application/json"}, timeout=20
    )
    assert (answer.status_code, answer.json()) == (503, {"error": SENTENCE})


def test_a_database_first_asked_by_a_view(url: str, visitor: requests.Session) -> None:
    visitor.cookies.clear()
    form = visitor.get(f"{url}/login/", timeout=20)  # needs no database
    assert form.status_code == 200
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
    answer = visitor.post(
        f"{url}/login/",
        {"username": "ada@example.edu", "password": "x", "csrfmiddlewaretoken": token},
        timeout=20,
    )
    assert answer.status_code == 503
    assert SENTENCE in answer.text
