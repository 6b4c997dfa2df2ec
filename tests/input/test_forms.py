"""Odd forms: refused with the field, the value and a remedy, or without effect; nothing is lost."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from syncing.models import SyncRun
from tests.input.addresses import READS, Address, our_addresses
from tests.input.fuzzing import examples
from tests.input.stage import Stage
from tests.input.values import EVERY, named, texts

FORM = "application/x-www-form-urlencoded"
SHORT = texts.filter(lambda text: len(text) < 255)
JSON = "application/json"
POSTED = [one for one in our_addresses() if READS[one.name].form and one.name != "logout"]
OPERATIONS = "attendance, recordings, chat, transcripts, files"
MULTIPART = "multipart/form-data; boundary=x"
HEAD = b'--x\r\nContent-Disposition: form-data; name="operation"'
MALFORMED = (
    *((MULTIPART, body) for body in (b"", b"--x", b"--x--", b"\r\n--x\r\n\r\n", HEAD, b"--y--")),
    (MULTIPART, HEAD + b"\r\n\r\nweather"),
    (MULTIPART, HEAD + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n?\r\n--x--\r\n"),
    (MULTIPART, HEAD + b'; filename="\xff\0"\r\n\r\nx\r\n--x--\r\n'),
    (MULTIPART, HEAD + b"\r\nContent-Type: x; charset=\xff\r\n\r\nx\r\n--x--\r\n"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=", b"--x"),
    ("multipart/form-data; boundary=" + "a" * 300, b"--x"),
    ("multipart/form-data; boundary=\u00e9", b"--x"),
    ("multipart/mixed; boundary=x", HEAD),
    ("application/json", b"{"),
    ("text/plain; charset=utf-7", b"+2AA-"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"operation=chat"),
)


def send(client: Client, place: str, body: bytes, kind: str = FORM) -> tuple[int, str]:
    """Status and page of a form sent as it stands."""
    answer = client.generic("POST", place, body, content_type=kind)
    return answer.status_code, answer.content.decode()


def unchanged(stage: Stage) -> bool:
    """Nothing that came back from the platform, or that was planned, is lost."""
    one = stage.conference
    kept = (one.messages, one.transcripts, one.shared_files, one.recordings, one.drive_files)
    return all(rows.count() == 1 for rows in kept) and one.sittings.count() == 2


def test_an_unknown_operation_is_told_with_what_there_is(stage: Stage, visitor: Client) -> None:
    place = f"{stage.conference.get_absolute_url()}sync/"
    for value in filter(None, EVERY):
        answer = visitor.post(place, {"operation": ["chat", value]}, headers={"Accept": JSON})
        assert answer.status_code == 400
        assert answer.json() == {"error": f"Unknown operation {value}. Choose from: {OPERATIONS}."}
    assert SyncRun.objects.count() == 1  # the one that was there


def test_a_page_tells_an_unknown_operation_without_running_it(
    stage: Stage, visitor: Client
) -> None:
    answer = visitor.post(f"{stage.conference.get_absolute_url()}sync/", {"operation": "<b>"})
    assert answer.status_code == 400
    assert "Unknown operation &lt;b&gt;. Choose from: " in answer.content.decode()


@pytest.mark.parametrize("address", POSTED, ids=lambda one: one.name)
def test_odd_forms(address: Address, stage: Stage, visitor: Client) -> None:
    names = st.sampled_from([*sorted(READS[address.name].form), "unknown", "csrfmiddlewaretoken"])

    @examples(20)
    @given(body=named(names))
    def fill(body: str) -> None:
        status, _ = send(visitor, address.at(stage.keys), body.encode())
        assert status in {200, 302, 400}, body

    fill()
    assert unchanged(stage)


def test_forms_that_cannot_be_read(stage: Stage, visitor: Client) -> None:
    for kind, body in MALFORMED:
        for address in POSTED:
            status, _ = send(visitor, address.at(stage.keys), body, kind)
            assert status in {200, 302, 400}, (address.name, kind, body)
    assert unchanged(stage)


@pytest.mark.parametrize("place", ["/login/", "/admin/login/"])
def test_odd_words_do_not_log_in(place: str, stage: Stage) -> None:
    @examples(25)
    @given(username=SHORT, password=SHORT)
    def log_in(username: str, password: str) -> None:
        client = Client()
        answer = client.post(place, {"username": username, "password": password, "next": username})
        assert answer.status_code in {200, 429}  # 429: somebody who guesses
        assert "_auth_user_id" not in client.session
        page = answer.content.decode()
        marks = ("errorlist", "errornote", "form-error", "field-error", "Too many")
        assert any(mark in page for mark in marks)

    log_in()


def test_too_many_fields_are_refused(stage: Stage, visitor: Client) -> None:
    body = b"&".join([b"operation=chat"] * 20_000)
    status, page = send(visitor, f"{stage.conference.get_absolute_url()}sync/", body)
    assert status == 400
    assert "This request could not be understood" in page
