"""Odd settings: a start is refused with one list that names setting, value and remedy, or it works.

What a start stumbled over is never shown as it is, and no secret is told.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tests.input.fuzzing import examples
from tests.input.values import MOMENTS, NUMBERS, WORDS
from tests.input.wrong_settings import S3CRET, WHOLE, WRONG, WRONG_AND_SECRET

SHORT = [one for one in (*WORDS, *NUMBERS, *MOMENTS) if len(one) < 99 and one.count("9") < 2]

Start = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """``start("local", NAME="value")``: see starting.py."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.input.starting"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    place = str(tmp_path_factory.mktemp("var"))

    def ask(module: str = "local", **variables: str) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        asked = {
            "module": f"lms_project.settings.{module}",
            "variables": {"VAR_DIR": place} | variables,
        }
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        return dict(json.loads(process.stdout.readline()))

    yield ask
    process.communicate()


def documented() -> list[str]:
    page = Path(settings.BASE_DIR, "docs", "settings.md").read_text("utf-8")
    return re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)


def limits() -> dict[str, tuple[int, int]]:
    """Of the whole numbers, as the page has them: "60 (2 to 3600)"."""
    page = Path(settings.BASE_DIR, "docs", "settings.md").read_text("utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| \d+ \((\d+) to (\d+)\) \|", page, re.MULTILINE)
    return {name: (int(least), int(most)) for name, least, most in rows}


def refused_lines(answer: dict[str, Any]) -> list[str]:
    assert answer["fault"] == ""
    head, *lines = answer["refused"].split("\n  - ")
    assert head == "These settings are wrong:"
    return lines


@pytest.mark.parametrize(("names", "values"), WRONG.items(), ids=lambda one: one[0])
def test_a_wrong_value_is_told(
    names: tuple[str, ...], values: tuple[str, ...], start: Start
) -> None:
    for name in names:
        for value in values:
            [line] = refused_lines(start(**{name: value}))
            assert line.startswith(f"{name}={value!r} is not "), name
            assert line.endswith(".")


@pytest.mark.parametrize(("names", "values"), WRONG_AND_SECRET.items(), ids=lambda one: one[0])
def test_a_wrong_value_that_may_hold_a_secret_is_not_repeated(
    names: tuple[str, ...], values: tuple[str, ...], start: Start
) -> None:
    for name in names:
        for value in values:
            [line] = refused_lines(start(**{name: value}))
            assert re.match(
                rf"{name} (?:cannot be|does not begin with|has options|is not) .*\.$", line
            )
            assert S3CRET not in line


@pytest.mark.parametrize("tenant", ["Contoso.OnMicrosoft.com", "common.example.edu"])
def test_a_directory_may_be_named_by_its_domain(tenant: str, start: Start) -> None:
    assert start(TEAMS_TENANT_ID=tenant) == {"refused": "", "fault": ""}


def test_what_is_no_text_is_told(start: Start) -> None:
    for name in documented():
        [line] = refused_lines(start(**{name: "\udcff" * 60}))
        assert line == f"{name} is not text in UTF-8. Correct it or unset it."


@pytest.mark.parametrize("place", ["/dev/null", "/dev/null/x", "/proc/x", "/" + "a" * 300])
def test_a_folder_that_cannot_be_made_is_told(place: str, start: Start) -> None:
    [line] = refused_lines(start(VAR_DIR=place))
    assert line.startswith(f"VAR_DIR={place!r} is not a folder that can be filled (")


def test_a_number_is_taken_within_its_documented_limits_only(start: Start) -> None:
    assert sorted(limits()) == sorted(WHOLE)
    for name, (least, most) in limits().items():
        beside = {"SYNC_LEASE_SECONDS": "3600", "SYNC_HEARTBEAT_SECONDS": "1"}
        for number in (least, most):
            assert start(**beside | {name: str(number)}) == {"refused": "", "fault": ""}, name
        for number in (least - 1, most + 1):
            [line] = refused_lines(start(**beside | {name: str(number)}))
            assert line.startswith(f"{name}='{number}' is not a whole number from {least} to "), (
                name
            )


def test_everything_that_is_wrong_comes_in_one_list(start: Start) -> None:
    chosen = {names[0]: values[0] for names, values in (WRONG | WRONG_AND_SECRET).items()}
    chosen |= {"SECRET_KEY": S3CRET, "SITE_URL": "http://lms.example.edu"}
    lines = refused_lines(start("production", **chosen))
    assert {re.split(r"[= ]", line)[0] for line in lines} == set(chosen)
    assert S3CRET not in "".join(lines)


@pytest.mark.parametrize("name", sorted(set(documented()) - {"VAR_DIR"}))
def test_odd_settings(name: str, start: Start) -> None:
    """In any setting: refused in its own line, or taken; and nobody's secret beside it is told."""
    beside = {
        "SECRET_KEY": S3CRET * 5,
        "TEAMS_CLIENT_SECRET": S3CRET,
        "DATABASE_URL": f"postgres://u:{S3CRET}@h/x",
        "RATE_GATE_URL": f"redis://:{S3CRET}@h/0",
    }

    @examples(20)
    @given(value=st.sampled_from(SHORT) | st.text(max_size=30))
    def begin(value: str) -> None:
        answer = start(**beside | {name: value.replace("\0", "")})
        assert answer["fault"] == "", value
        for line in refused_lines(answer) if answer["refused"] else []:
            assert line.startswith((name, "SYNC_LEASE_SECONDS")), value
            assert S3CRET not in line

    begin()


@pytest.mark.parametrize("name", ["SECRET_KEY", "TEAMS_CLIENT_SECRET", "EMAIL_HOST_PASSWORD"])
@pytest.mark.parametrize("place", ["/nowhere", "/dev/null", "/", "/" + "a" * 300, "\udcff"])
def test_a_file_of_a_secret_that_cannot_be_read(name: str, place: str, start: Start) -> None:
    [line] = refused_lines(start(**{f"{name}_FILE": place}))
    assert line.startswith(f"{name}_FILE={place!r} ")
    assert line.endswith("Point it to a readable file that holds the secret.")
