"""docs/diagnose.md explains every line; what making meetings needs is what the tenant asks for."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from platforms.contract import NewMeeting
from platforms.errors import PermissionRefusedError
from teams_integration.diagnosis import State
from teams_integration.inspections.table import INSPECTIONS
from tests.teams.diagnosing import MARA, PERMISSIONS, diagnose
from tests.teams.reading import Demo, new_context

DOCS = Path(__file__).resolve().parents[2] / "docs"
NEEDED = (DOCS / "graph-permissions.md").read_text("utf-8")
EXPLAINED = (DOCS / "diagnose.md").read_text("utf-8")
TOMORROW = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
LECTURE = NewMeeting(MARA, "Lecture", TOMORROW, TOMORROW + timedelta(hours=1), "t-1")


def make(demo: Demo) -> None:
    demo.platform.create_event(LECTURE, new_context())


def record(demo: Demo) -> None:
    demo.platform.set_recording(demo.meeting(46), True, new_context())


TRIED: dict[str, Callable[[Demo], None]] = {
    "Calendars.ReadWrite": make,
    "OnlineMeetings.ReadWrite.All": record,
}


def table(document: str, heading: str) -> dict[str, list[str]]:
    """The cells of the table whose first heading this is, by its first column."""
    rows = document.partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {first: others for first, *others in cells}


MAKING = table(NEEDED, "to make meetings")


def test_what_making_meetings_needs_is_tried():
    assert set(MAKING) == set(TRIED)


@pytest.mark.parametrize("permission", TRIED)
def test_without_it_the_tenant_refuses_and_says_which(demo, permission):
    """Reading stays allowed: only what is written down is refused."""
    reading = permission.replace("ReadWrite", "Read")
    act = TRIED[permission]
    act(demo)
    demo.sandbox.tenant(remove_roles=[permission], add_roles=[reading], revoke_tokens=True)
    with pytest.raises(PermissionRefusedError) as refusal:
        act(demo)
    assert refusal.value.params == {"permission": permission}
    assert MAKING[permission][2] == f"`{refusal.value.reason}`"


def test_every_permission_that_is_diagnosed_is_documented(demo):
    assert set(PERMISSIONS) == set(table(NEEDED, "permission")) | set(MAKING)


def test_who_grants_is_told_as_documented(demo):
    granters = {row[-1] for row in (*table(NEEDED, "permission").values(), *MAKING.values())}
    demo.sandbox.tenant(remove_roles=list(PERMISSIONS))
    found = diagnose()
    assert {found.lines[name]["who"] for name in PERMISSIONS} == granters


def test_every_line_is_explained():
    explained = {name for cell in table(EXPLAINED, "line") for name in re.findall("`(.+?)`", cell)}
    assert explained == {inspection.check for inspection in INSPECTIONS}


def test_every_state_is_explained():
    assert set(table(EXPLAINED, "state")) == {state.value for state in State}
