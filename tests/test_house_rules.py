"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from lms_project.settings import base

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = (
    "accounts",
    "conferences",
    "lms_project",
    "platforms",
    "syncing",
    "teams_integration",
)
OURS = (*PRODUCT, "sandbox", "scripts", "tests")
FORBIDDEN_NAMES = re.compile(r"(?:^|_)(helpers?|utils?|managers?)(?:_|$)")
# Put together from halves, so that this file does not mention what it forbids.
WORKPLACE = re.compile(
    "|".join(
        (
            "/" + "work" + r"\b",
            r"\b" + "shared" + "/(?:facts|spec|design)",
            "facts" + r"/[\w-]+\.md",
            r"\b(?:spec|design)" + r"\.md\b",
        )
    )
)
CI_ALONE = Path(".ci/run"), re.compile(r"^slice=.*$", re.MULTILINE)  # it looks beside itself


def tracked(*suffixes: str) -> Iterator[Path]:
    """Files that git knows or would add, relative to the repository, whoever owns it."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() and (not suffixes or name.endswith(suffixes)):
            yield Path(name)


def python_files() -> list[Path]:
    return [path for path in tracked(".py") if "migrations" not in path.parts]


def text(path: Path) -> str:
    return (ROOT / path).read_text("utf-8", "replace")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


class LongFileWarning(UserWarning):
    """More than 200 lines: a hint, while more than 300 are a failure."""


@pytest.mark.filterwarnings("default::tests.test_house_rules.LongFileWarning")
def test_no_python_file_is_longer_than_300_lines() -> None:
    lengths = {path: len(text(path).splitlines()) for path in python_files()}
    long = [f"{path}: {lines} lines" for path, lines in lengths.items() if lines > 200]
    if long:
        warnings.warn("To be split by noun: " + "; ".join(long), LongFileWarning, stacklevel=1)
    assert {path: lines for path, lines in lengths.items() if lines > 300} == {}


def test_nothing_mentions_the_place_where_it_was_made() -> None:
    found = []
    for path in tracked():
        words = text(path)
        if path == CI_ALONE[0]:
            words = CI_ALONE[1].sub("", words)
        found += [f"{path}: {match.group()}" for match in WORKPLACE.finditer(words)]
    assert found == []


def test_requests_is_imported_by_one_file_of_the_product() -> None:
    importers = {
        path
        for path in python_files()
        if path.parts[0] in PRODUCT
        and any(
            name.partition(".")[0] in {"requests", "urllib3", "httpx"} for name in imports(path)
        )
    }
    assert importers == {Path("platforms/http.py")}


def test_nothing_of_ours_is_patched() -> None:
    """Fakes are servers or classes: no mock, and monkeypatch.setattr on nothing of ours."""
    found = []
    for path in python_files():
        found += [f"{path}: {name}" for name in imports(path) if name.startswith("unittest.mock")]
        tree = ast.parse(text(path))
        ours = set(names_of_ours(tree))
        found += [
            f"{path}:{call.lineno}: {ast.unparse(call)}"
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and call.args and patches(call, ours)
        ]
    assert found == []


def names_of_ours(tree: ast.Module) -> Iterator[str]:
    """What a file calls the things that it imports from our packages."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in OURS:
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if (first := alias.name.partition(".")[0]) in OURS:
                    yield alias.asname or first


def patches(call: ast.Call, ours: set[str]) -> bool:
    if re.search(r"\bmocker\.patch\b|\bmock\.patch\b", ast.unparse(call.func)):
        return True
    if not ast.unparse(call.func).endswith("monkeypatch.setattr"):
        return False
    target = call.args[0]
    if isinstance(target, ast.Constant):
        return str(target.value).partition(".")[0] in OURS
    return ast.unparse(target).partition(".")[0] in ours


def test_every_dependency_says_why_it_is_here() -> None:
    names = ("requirements.txt", "requirements-dev.txt", "sandbox/requirements.txt")
    lines = [line for name in names for line in text(Path(name)).splitlines()]
    dependencies = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert [line for line in dependencies if not re.search(r"==\S+ +# \w", line)] == []


def test_every_setting_is_documented() -> None:
    described = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", text(Path("docs/settings.md"))))
    assert sorted(base.env.asked - described) == []


def test_psycopg_3_is_absent() -> None:
    """Django would silently prefer it to psycopg2."""
    assert find_spec("psycopg") is None


@pytest.mark.parametrize("suffix", [".py", ".html", ".js", ".css", ""])
def test_no_file_has_a_name_that_says_nothing(suffix: str) -> None:
    names = tracked(suffix) if suffix else tracked()
    assert [path for path in names if FORBIDDEN_NAMES.search(path.stem)] == []
