"""Wrong options, and the command as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError

from scripts.servers.process import ROOT
from scripts.servers.sandbox import SandboxControl
from tests.teams.diagnosing import COMMAND, MARA, run

pytestmark = pytest.mark.usefixtures("teams_settings")


@pytest.mark.parametrize("typed", ["mara", "mara@", "mara lindqvist@example.edu", "@", "../x"])
def test_no_email(sandbox, typed):
    with pytest.raises(CommandError) as refusal:
        run("--organizer", typed)
    assert refusal.value.returncode == 2
    assert f"--organizer={typed!r}" in str(refusal.value)
    assert sandbox.requests_seen() == []


def start(sandbox: SandboxControl, folder: Path, *options: str, **settings: str) -> int:
    """The exit code of a process of its own, without database or broker."""
    done = subprocess.run(
        [sys.executable, "manage.py", COMMAND, *options],
        cwd=ROOT,
        env={"PATH": os.defpath, "VAR_DIR": str(folder), **sandbox.environment(), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) is (done.returncode != 2)
    return done.returncode


def test_exit_codes_of_a_process(sandbox, tmp_path):
    assert start(sandbox, tmp_path, "--organizer", MARA) == 0
    assert start(sandbox, tmp_path, "--organizer", "mara") == 2
    assert start(sandbox, tmp_path, "--everything") == 2
    assert start(sandbox, tmp_path, TEAMS_CLIENT_SECRET="") == 1
    sandbox.tenant(remove_roles=["Chat.Read.All"])
    assert start(sandbox, tmp_path, "--json") == 1
