"""What fuzzing has found: each was a fault once."""

from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client

from lms_project.wsgi import application
from tests.input.stage import Stage, digest

MULTIPART = "multipart/form-data; boundary=x"
ODD = [
    *(f"text/plain; charset={name}" for name in ("base64", "hex", "unicode_escape", "utf-7")),
    *("text/plain; x*=foo''%41", f"{MULTIPART}; charset=rot13"),
]
FORMS = [{}, {"decision": "reject"}, {"decision": ["accept", "x"]}, {"publish": "yes"}]
DECISIONS = [
    *("guesses/{sitting_pk}", "recordings/{recording_pk}/publish"),
    "recordings/files/{file_pk}",
]


def answered(**environ: str) -> str:
    """By what gunicorn serves; the status."""
    said: list[str] = []
    environment = {"PATH_INFO": "/login/", "QUERY_STRING": "next=x", **environ}
    setup_testing_defaults(environment)
    list(application(environment, lambda status, _headers, *_: said.append(status)))
    return said[0]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ODD)
def test_a_header_that_cannot_be_read_is_refused(kind: str) -> None:
    assert answered(CONTENT_TYPE=kind).startswith("400 ")
    if "*=" in kind:
        assert answered(HTTP_ACCEPT=kind).startswith("400 ")


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"', "utf-8 ; x=y"])
def test_text_in_utf_8_is_read(charset: str) -> None:
    assert answered(CONTENT_TYPE=f"text/plain; charset={charset}").startswith("200 ")


def test_a_session_that_nobody_could_have_is_none(stage: Stage) -> None:
    answer = Client().request(PATH_INFO="/conferences/", HTTP_COOKIE='sessionid="abcdefgh\\000"')
    assert answer.status_code == 302


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", DECISIONS)
def test_a_decision_that_is_none_changes_nothing(
    form: dict[str, object], place: str, stage: Stage, visitor: Client
) -> None:
    before = digest()
    address = f"{stage.conference.get_absolute_url()}{place.format(**stage.keys)}/"
    answer = visitor.post(address, form)
    assert (digest() == before, answer.status_code) == (True, 400)
    assert "Choose from" in answer.content.decode()


@pytest.mark.parametrize("length", [255, 300, 100_000])
@pytest.mark.parametrize("place", ["/login/", "/admin/login/"])
def test_a_name_too_long_for_an_e_mail(place: str, length: int, stage: Stage) -> None:
    name = "a" * (length - 12) + "@example.edu"
    answer = Client().post(place, {"username": name, "password": "x"})
    assert answer.status_code == 200
    assert "at most 254 characters" in answer.content.decode()
