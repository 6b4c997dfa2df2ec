"""Every permission and lock of docs/graph-permissions.md taken away in turn."""

import re
from pathlib import Path
from typing import Any

import pytest

from scripts.servers.sandbox import SandboxControl
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import outcome, small_world

demo_world = small_world

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "graph-permissions.md").read_text(encoding="utf-8")
OPERATIONS = ("attendance", "recordings", "chat", "transcripts", "files")
MARA = "mara.lindqvist@example.edu"

# The conference that a line is tried with: 46 has everything once Ines's OneDrive is open.
TRIED_WITH = {"CallRecords.Read.All": 74, "ChannelMessage.Read.All": 93}
NORMAL = {
    46: dict.fromkeys(OPERATIONS, "succeeded"),
    74: dict.fromkeys(OPERATIONS, "no_data") | {"attendance": "succeeded"},
    93: dict.fromkeys(OPERATIONS, "succeeded") | {"transcripts": "no_data"},
}
SHUT: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "application access policy": (
        *("world", {"op": "set_policy", "email": MARA, "granted": False}, {"granted": True}),
    ),
    "Graph access to transcripts": ("tenant", {"transcripts": False}, {"transcripts": True}),
    "attributed transcripts": ("tenant", {"attribution": False}, {"attribution": True}),
    "restricted drive": (
        *("world", {"op": "set_drive", "email": MARA, "access": "denied"}, {"access": "ok"}),
    ),
}


def lines(heading: str) -> dict[str, list[str]]:
    """The table of the document whose first heading this is, by its first column."""
    table = DOCUMENT.partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {row[0]: row[1:] for row in rows}


def troubled(cell: str) -> dict[str, str]:
    """ "failed: chat; partial: recordings, files" by operation."""
    found = {}
    for part in cell.split("; ") if cell != "–" else ():
        ended, _, names = part.partition(": ")
        found |= dict.fromkeys(names.split(", "), ended)
    return found


PERMISSIONS, LOCKS = lines("permission"), lines("lock")
MAKING = lines("to make meetings")  # tried by tests/teams/test_diagnosed_documents.py


def test_the_document_has_every_permission_that_the_product_names():
    services = (ROOT / "teams_integration" / "services").glob("*.py")
    named = {
        name
        for path in services
        for name in re.findall(r'PERMISSION = "([\w.]+)"', path.read_text(encoding="utf-8"))
    }
    assert set(PERMISSIONS) | set(MAKING) == named
    assert set(LOCKS) == set(SHUT)


def test_nothing_else_is_granted_in_the_sandbox(demo_world):
    """So that what is tried below is tried with exactly these."""
    assert set(demo_world.call("GET", "tenant")["roles"]) == set(PERMISSIONS) | set(MAKING)


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_without_a_permission(demo_world, permission):
    _, cell, code, who = PERMISSIONS[permission]
    pk = TRIED_WITH.get(permission, 46)
    demo_world.change("set_drive", email="ines.duarte@example.edu", access="ok")
    switch(demo_world, permission, granted=False)
    _, result = sync(pk)
    assert outcomes(result) == NORMAL[pk] | troubled(cell)
    for operation in troubled(cell):
        reason = told(result, operation)
        assert (f"`{reason['code']}`", reason["who"]) == (code, "administrator")
        assert named_in(reason["message"]) == {permission}
    assert "Administrator" in who
    switch(demo_world, permission, granted=True)
    code, result = sync(pk)
    assert (code, outcomes(result)) == (0, NORMAL[pk])
    before, shown = digest(), report(pk)
    switch(demo_world, permission, granted=False)
    sync(pk)
    assert (digest(), report(pk)) == (before, shown)


@pytest.mark.parametrize("lock", LOCKS)
def test_behind_a_lock(demo_world, lock):
    _, cell, code, who = LOCKS[lock]
    way, shut, opened = SHUT[lock]
    demo_world.change("set_drive", email="ines.duarte@example.edu", access="ok")
    demo_world.call("POST", way, shut)
    _, result = sync(46)
    assert outcomes(result) == NORMAL[46] | troubled(cell)
    for operation in troubled(cell):
        reason = told(result, operation)
        assert (f"`{reason['code']}`", reason["who"]) == (code, "administrator")
    assert "Administrator" in who
    demo_world.call("POST", way, {**shut, **opened})
    code, result = sync(46)
    assert (code, outcomes(result)) == (0, NORMAL[46])
    before, shown = digest(), report(46)
    demo_world.call("POST", way, shut)
    sync(46)
    assert (digest(), report(46)) == (before, shown)


def test_a_policy_taken_away_later_is_told_by_what_needs_it(demo_world):
    """86, found before: its own organizer's meetings are refused while they are read."""
    sync(86)
    before = digest()
    demo_world.change("set_policy", email=MARA, granted=False)
    code, result = sync(86)
    assert (code, digest()) == (3, before)
    for operation, ended in {
        "attendance": "failed",
        "transcripts": "failed",
        "recordings": "partial",
    }.items():
        assert outcome(result, operation) == (ended, "access_policy_missing")
    assert outcome(result, "chat") == outcome(result, "files") == ("succeeded", None)


def switch(sandbox: SandboxControl, permission: str, *, granted: bool) -> None:
    wish = "add_roles" if granted else "remove_roles"
    sandbox.tenant(**{wish: [permission]}, revoke_tokens=True)


def outcomes(result: dict[str, Any]) -> dict[str, str]:
    return {one["operation"]: one["outcome"] for one in result["operations"]}


def told(result: dict[str, Any], operation: str) -> dict[str, Any]:
    [reason] = [one["reason"] for one in result["operations"] if one["operation"] == operation]
    return dict(reason)


def named_in(message: str) -> set[str]:
    return set(re.findall(r"\w+\.Read(?:Write)?\.All", message))
