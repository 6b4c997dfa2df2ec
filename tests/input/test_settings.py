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

S3CRET = "s3cret-s3cret"
WHOLE = (
    *("SYNC_LEASE_SECONDS", "SYNC_HEARTBEAT_SECONDS", "SYNC_VENDOR_WAIT_SECONDS"),
    *("SYNC_RUN_SECONDS", "SYNC_NO_WORKER_SECONDS", "SYNC_RUNS_PER_PERSON", "LOGIN_FAILURES"),
    *("ATTENDANCE_EXPECTED_MINUTES", "RECORDINGS_EXPECTED_MINUTES", "LOGIN_PAUSE_MINUTES"),
    *("TRANSCRIPTS_EXPECTED_MINUTES", "ATTENDANCE_BEFORE_MINUTES", "ATTENDANCE_AFTER_MINUTES"),
    "PROXIES",
)
RATES = ("GRAPH_RATE", "GRAPH_CALL_RECORD_RATE", "GRAPH_CHAT_RATE")
URLS = ("MICROSOFT_LOGIN_URL", "GRAPH_BASE_URL")
SERVERS = ("CELERY_BROKER_URL", "RATE_GATE_URL")
# By kind: what is wrong in any setting of it.
WRONG: dict[tuple[str, ...], tuple[str, ...]] = {
    WHOLE: ("x", "-1", "1.5", "nan", "1e3", "0x10", "10 s", "9" * 5000, "\udcff", "1,000"),
    RATES: ("x", "0", "-1", "nan", "inf", "1e400", "9" * 30, "1/2", "1,5", "\udcff"),
    URLS: ("x", "http://", "http://[", "https://[", "ftp://h", "//h", "http://graph.example.org"),
    ("LOG_LEVEL",): ("info", "TRACE", "10", "\udcff"),
    ("TEAMS_TENANT_ID",): ("common", "Organizations", "CONSUMERS"),
}
# Of these the value may hold a secret: the line says what is wrong with it, not what it is.
WRONG_AND_SECRET: dict[tuple[str, ...], tuple[str, ...]] = {
    SERVERS: (
        f"amqp://u:{S3CRET}@h",
        f"{S3CRET}@h:6379",
        f"https://u:{S3CRET}@h",
        f"redis:{S3CRET}",
    ),
    ("DATABASE_URL",): (
        *(f"postgres://u:{S3CRET}@h:x/y", f"postgres://u:{S3CRET}@[/y", f"nonsense://u:{S3CRET}@h"),
        *(S3CRET, f"u:{S3CRET}@h/x"),
    ),
}
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
            assert re.match(rf"{name} (?:cannot be understood|does not begin with) ?.*\.$", line)
            assert S3CRET not in line


def test_everything_that_is_wrong_comes_in_one_list(start: Start) -> None:
    chosen = {names[0]: values[0] for names, values in (WRONG | WRONG_AND_SECRET).items()}
    lines = refused_lines(start("production", **chosen, SECRET_KEY=S3CRET, ALLOWED_HOSTS=","))
    named = {re.split(r"[= ]", line)[0] for line in lines}
    assert named == {*chosen, "SECRET_KEY", "ALLOWED_HOSTS"}
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

    @examples(25)
    @given(value=st.sampled_from(SHORT) | st.text(max_size=30))
    def begin(value: str) -> None:
        answer = start(**beside | {name: value.replace("\0", "")})
        assert answer["fault"] == "", value
        for line in refused_lines(answer) if answer["refused"] else []:
            assert line.startswith((name, "SYNC_LEASE_SECONDS")), value
            assert S3CRET not in line

    begin()


@pytest.mark.parametrize("name", ["SECRET_KEY", "TEAMS_CLIENT_SECRET"])
@pytest.mark.parametrize("place", ["/nowhere", "/dev/null", "/", "/" + "a" * 300, "\udcff"])
def test_a_file_of_a_secret_that_cannot_be_read(name: str, place: str, start: Start) -> None:
    [line] = refused_lines(start(**{f"{name}_FILE": place}))
    assert line.startswith(f"{name}_FILE={place!r} ")
    assert line.endswith("Point it to a readable file that holds the secret.")
