"""One sandbox process for all tests here; every test starts in a fresh world."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.asking import ANCHOR, Asker
from tests.sandbox.contract import Contract

ROOT = Path(__file__).resolve().parents[2]
READY = "sandbox ready "


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--now", ANCHOR]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith(READY), line
        yield line.removeprefix(READY).strip()
        process.terminate()


@pytest.fixture(scope="session")
def contract() -> Contract | None:
    folder = os.environ.get("VENDOR_OPENAPI_DIR")
    return Contract(Path(folder)) if folder else None


@pytest.fixture
def asker(sandbox_url: str, contract: Contract | None) -> Iterator[Asker]:
    asker = Asker(sandbox_url, contract)
    asker.control("POST", "reset", {})
    asker.login()
    asker.control("DELETE", "requests")
    yield asker
    asker.http.close()
