"""A registrar's file gone wrong: all of it or nothing, and every wrong value is told."""

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from conferences.actions.importing import ImportProblemError, import_conferences
from conferences.models import Membership
from tests.input.documents import DOCUMENT, Change, Where, changes, places, put, repeat, set_to
from tests.input.fuzzing import examples
from tests.input.stage import digest
from tests.input.test_commands import manage

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = {"conferences", "roster", "time_slots"}
PROBLEM = re.compile(
    r"The file must hold"
    r"|conference .*?(?:, (?:time slot|roster) .*?)?: (?:.* is not an object\. Write \{ … \}\.$"
    r"|.* is unknown\. Choose from: "
    r"|\w+.*[.!]$)",
    re.DOTALL,
)


def attempt(document: Any) -> list[str]:
    """What an import says against a document. Whatever it did is undone."""
    with transaction.atomic():
        before = digest()
        try:
            import_conferences(document)
        except ImportProblemError as error:
            assert digest() == before
            return error.problems
        finally:
            transaction.set_rollback(True)
    return []


def test_the_document_itself_is_right() -> None:
    assert attempt(DOCUMENT) == []


@pytest.mark.parametrize("is_stored", [False, True])
def test_one_wrong_value(is_stored: bool) -> None:
    """Of a new conference, and of one that is there already."""
    if is_stored:
        import_conferences(DOCUMENT)

    @examples(60)
    @given(path=st.sampled_from(list(places(DOCUMENT))), change=changes)
    def go_wrong(path: Where, change: Change) -> None:
        for problem in attempt(put(path, change)):
            assert PROBLEM.match(problem), problem[:300]

    go_wrong()


@pytest.mark.parametrize("value", ["a\0", "\ud800"])
def test_what_no_database_stores(value: str) -> None:
    for path in places(DOCUMENT):
        if isinstance(path and path[-1], str) and path[-1] not in LISTS:
            problems = attempt(put(path, set_to(value)))
            assert any(f"{path[-1]}={value!r} " in problem for problem in problems), path


UNKNOWN = (
    "meeting_link",
    "meeting_id",
    "online_meeting_id",
    "team_id",
    "time_slots",
    "roster",
    "id",
)
TEXTS = ("title", "description", "course_code", "organizer_email")
KNOWN = (*TEXTS, "platform", "starts_at", "timezone", "use_time_slots")
IDS = ("meeting_link", "meeting_id", "online_meeting_id", "team_id")
NO_LISTS = (False, 0, {}, "", "all", [1], [[]])
NO_TEXTS = (True, 7, float("nan"), [], {"a": 1})
EDGES = ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00")
WRONG = [  # fields of a conference, values, and what helps
    ((*TEXTS, *IDS, "platform", "timezone"), NO_TEXTS, 'Write it in "quotes"'),
    (("roster", "time_slots"), NO_LISTS, "Write [{ … }]."),
    (("use_time_slots",), (0, 1, "", "yes", [], {}), "Write true or false."),
    (("starts_at", "ends_at"), EDGES, "The year must be from 1900 to 2999."),
    (("starts_at", "ends_at"), ({}, 7, "", True), "Write 2026-09-01T13:00:00+02:00."),
    (("platform", "auto_recording_status"), ("", "x"), "Choose from: "),
    (("timezone",), ("x" * 100_000,), "Use a name such as Europe/Berlin."),
    (("id",), ("x" * 100_000, 1.5, {}, [], -1), "is not a whole number above 0."),
    (("id",), (2**63, 10**30), "9223372036854775807"),
]


def test_a_wrong_value_is_told_with_what_helps() -> None:
    """Whatever its type, in a line that can be read and commands no terminal."""
    for names, values, remedy in WRONG:
        for name, value in product(names, values):
            problems = attempt(put(("conferences", 0, name), set_to(value)))
            [told] = [problem for problem in problems if f": {name}={value!r:.20}" in problem]
            assert remedy in told, (name, problems)
            assert len(told) < 500


CLEAR = "\x1b[2J\u202e"  # empties a terminal, and turns round what follows


@pytest.mark.parametrize("path", [("id",), ("timezone",), ("roster", 1, "email"), (CLEAR,)])
def test_no_problem_commands_a_terminal(path: Where) -> None:
    problems = "".join(attempt(put(("conferences", 0, *path), set_to(CLEAR))))
    assert ascii(CLEAR)[1:-1] in problems
    assert problems.isprintable()


TWICE = [
    ((), "conference 46: id=46 is in the file more than once. Keep one, or give another id."),
    (("time_slots", 0), "conference 46, time slot 45: id=45 is here more than once. Keep one"),
    (("roster", 1), "conference 46, roster: email='ines@example.edu' is there more than once."),
]


@pytest.mark.parametrize(("path", "said"), TWICE)
def test_no_row_silently_wins_over_its_like(path: Where, said: str) -> None:
    [problem] = attempt(put(("conferences", 0, *path), repeat))
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("one", "other"),
    [("a@\u0130x.org", "A@ix.org"), ("a@\u212ax.org", "a@kx.org"), ("a@ΟΣ.org", "a@οσ.org")],
)
def test_addresses_are_alike_as_the_database_finds(one: str, other: str) -> None:
    for email in (one, other):
        roster = [{"role": "instructor", "name": "A", "email": email}]
        values = {"id": 46, "organizer_email": email, "roster": roster}
        import_conferences({"conferences": [DOCUMENT["conferences"][1] | values]})
    assert Membership.objects.values_list("email").get() == (other,)


def test_null_is_what_is_unknown() -> None:
    for name in UNKNOWN:
        document = put(("conferences", 0, name), set_to(None))
        if name == "roster":
            del document["conferences"][0]["organizer_email"]  # who would not be on it
        assert attempt(document) == [], name
    for name in KNOWN:
        [problem] = attempt(put(("conferences", 0, name), set_to(None)))
        assert problem.startswith(f"conference 46: {name}=None")


WRITTEN = (
    *(b"", b"\0", b"{", b"\xff\xfe{}", b"\xef\xbb\xbf{}", b'{"conferences": [1,]}'),
    *(b'{"conferences": ' + b"1" * 5000 + b"}", b'"\xed\xa0\x80"', b"{'conferences': []}"),
    *(b"null", b"[]", b"1e999", b'{"Conferences": []}', b'{"conferences": null}'),
    *(b"[" * 100_000, b'{"conferences": [' + b'{"a":' * 100_000, b"[" * 900 + b"]" * 900),
    *(b'{"conferences": [NaN]}', b'{"conferences": [[]]}', b'{"conferences": ["\\ud800"]}'),
)


def test_a_file_that_is_no_document(tmp_path: Path) -> None:
    path, before = tmp_path / "conferences.json", digest()
    for content in WRITTEN:
        path.write_bytes(content)
        code, said = manage("import_conferences", str(path))
        assert (code, digest()) == (1, before), content[:80]
        assert f"{path} is not JSON: " in said or f"Nothing was imported from {path}:\n  - " in said


@examples(25)
@given(cut=st.integers(1, 2000), junk=st.binary(max_size=8))
def test_a_file_that_broke_off(cut: int, junk: bytes, tmp_path: Path) -> None:
    path = tmp_path / "conferences.json"
    whole = json.dumps(DOCUMENT).encode()
    path.write_bytes(whole[: -min(cut, len(whole) - 1)] + junk)
    before = digest()
    code, said = manage("import_conferences", str(path))
    assert (code, digest()) == (1, before)
    assert f"{path} is not JSON: " in said or "Nothing was imported" in said
