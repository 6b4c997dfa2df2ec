"""A registrar's file gone wrong: all of it or nothing, and every wrong value is told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from conferences.actions.importing import ImportProblemError, import_conferences
from tests.input.documents import DOCUMENT, Change, Where, changes, places, put, set_to
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

    @examples(110)
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
KNOWN = ("title", "platform", "starts_at", "timezone", "use_time_slots")


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
    *(b'{"conferences": [NaN]}', b'{"conferences": [[]]}', b'{"conferences": ["\\ud800"]}'),
)


def test_a_file_that_is_no_document(tmp_path: Path) -> None:
    path, before = tmp_path / "conferences.json", digest()
    for content in WRITTEN:
        path.write_bytes(content)
        code, said = manage("import_conferences", str(path))
        assert (code, digest()) == (1, before), content[:80]
        assert f"{path} is not JSON: " in said or f"Nothing was imported from {path}:\n  - " in said


@examples(40)
@given(cut=st.integers(1, 2000), junk=st.binary(max_size=8))
def test_a_file_that_broke_off(cut: int, junk: bytes, tmp_path: Path) -> None:
    path = tmp_path / "conferences.json"
    whole = json.dumps(DOCUMENT).encode()
    path.write_bytes(whole[: -min(cut, len(whole) - 1)] + junk)
    before = digest()
    code, said = manage("import_conferences", str(path))
    assert (code, digest()) == (1, before)
    assert f"{path} is not JSON: " in said or "Nothing was imported" in said
