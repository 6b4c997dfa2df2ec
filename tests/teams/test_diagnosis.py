"""Each thing taken away in turn: exactly its line is red, and says who does what."""

import pytest

from scripts.servers.sandbox import CLIENT_ID, TENANT_ID
from teams_integration.inspections.table import INSPECTIONS
from teams_integration.permissions import WIDER
from tests.teams.diagnosing import (
    CALENDAR,
    HEALTHY,
    MARA,
    MEETINGS,
    NOT_CHECKED,
    ORGANIZER,
    PERMISSIONS,
    UNKNOWN,
    diagnose,
    refusal,
    run,
    without,
)

pytestmark = pytest.mark.usefixtures("teams_settings")

SIGN_IN = "/oauth2/v2.0/token"
CONSENT = "Global Administrator or Privileged Role Administrator"
AFTER = {  # what waits for a permission
    "User.Read.All": ORGANIZER,
    "Calendars.ReadWrite": CALENDAR,
    "OnlineMeetings.ReadWrite.All": MEETINGS,
    "OnlineMeetingTranscript.Read.All": ("transcript access",),
    "Files.Read.All": ("OneDrive",),
}


def test_a_healthy_tenant_is_green(sandbox):
    found = diagnose()
    assert (found.code, found.states) == (0, HEALTHY)
    assert list(found.states) == [inspection.check for inspection in INSPECTIONS]
    assert CLIENT_ID in found.lines["settings"]["feature"]
    for check, line in found.lines.items():
        if line["state"] == UNKNOWN:
            assert "center →" in line["act"] or "PowerShell" in line["act"], check
            assert line["who"].endswith("Administrator"), check


def test_nothing_is_changed(sandbox):
    diagnose()
    asked = sandbox.requests_seen()
    assert {seen["method"] for seen in asked if SIGN_IN not in seen["path"]} == {"GET"}
    assert len(asked) == 8


def test_without_an_organizer_nobody_is_tried(sandbox):
    found = diagnose("")
    assert (found.code, found.states) == (0, HEALTHY | dict.fromkeys(ORGANIZER, NOT_CHECKED))
    assert {found.lines[check]["act"] for check in ORGANIZER} == {"Give --organizer EMAIL."}


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_a_permission_taken_away(sandbox, permission):
    sandbox.tenant(remove_roles=[permission])
    found = diagnose()
    expected = without(permission, *AFTER.get(permission, ()))
    assert (found.code, found.states) == (1, expected)
    line = found.lines[permission]
    assert line["act"].startswith(f"Grant {permission}: ")
    assert CLIENT_ID in line["act"]
    assert "Grant admin consent" in line["act"]
    assert line["who"] == CONSENT


WIDE = [(least, wide) for least in PERMISSIONS for wide in WIDER.get(least, ())]


@pytest.mark.parametrize(("least", "wide"), WIDE)
def test_a_wider_grant_is_as_good(sandbox, least, wide):
    sandbox.tenant(remove_roles=[least], add_roles=[wide])
    found = diagnose()
    assert (found.code, found.states) == (0, HEALTHY)


def test_reading_meetings_is_not_enough(sandbox):
    sandbox.tenant(
        remove_roles=["OnlineMeetings.ReadWrite.All"], add_roles=["OnlineMeetings.Read.All"]
    )
    assert diagnose().states == without("OnlineMeetings.ReadWrite.All", *MEETINGS)


# -- one organizer: what is done to her, which line is red, what waits for it, what helps, and who
TAKEN = {
    "account": (
        *({"op": "remove_user"}, "organizer", ORGANIZER[1:]),
        *((TENANT_ID, MARA, "Active users"), "License Administrator or User Administrator"),
    ),
    "mailbox": (
        *({"op": "set_mailbox", "has": False}, "mailbox", ("Teams in calendar",)),
        *(("Exchange Online", MARA), "License Administrator or User Administrator"),
    ),
    "calendar's provider": (
        *({"op": "set_calendar", "teams": False}, "Teams in calendar", ()),
        *(("Microsoft Teams", MARA), "Teams Administrator"),
    ),
    "access policy": (
        *({"op": "set_policy", "granted": False}, "access policy", ("transcript access",)),
        (
            f"New-CsApplicationAccessPolicy -Identity LMS -AppIds {CLIENT_ID};",
            f"Grant-CsApplicationAccessPolicy -PolicyName LMS -Identity {MARA},",
        ),
        "Teams Administrator",
    ),
    "OneDrive": (
        *({"op": "set_drive", "access": "missing"}, "OneDrive", ()),
        *((f"Request-SPOPersonalSite -UserEmails {MARA}",), "SharePoint Administrator"),
    ),
    "OneDrive's access": (
        *({"op": "set_drive", "access": "denied"}, "OneDrive", ()),
        *(("locked or restricted", f"'{MARA}'"), "SharePoint Administrator"),
    ),
}


@pytest.mark.parametrize("what", TAKEN)
def test_taken_away_from_the_organizer(sandbox, what):
    change, red, waiting, words, who = TAKEN[what]
    sandbox.change(email=MARA, **change)
    found = diagnose()
    assert (found.code, found.states) == (1, without(red, *waiting))
    line = found.lines[red]
    assert all(word in line["act"] for word in words), line["act"]
    assert line["who"] == who
    for check in waiting:
        assert found.lines[check]["act"].startswith("Once this is ok: ")


def test_a_mailbox_that_exchange_keeps_closed(sandbox):
    sandbox.script(path="/calendar", **refusal("ErrorAccessDenied", "Access is denied."))
    found = diagnose()
    assert (found.code, found.states) == (1, without("mailbox", "Teams in calendar"))
    act = found.lines["mailbox"]["act"]
    assert f"Test-ServicePrincipalAuthorization -Identity {CLIENT_ID} -Resource {MARA}" in act
    assert found.lines["mailbox"]["who"] == "Exchange Administrator"


def test_people_read_a_table(sandbox):
    sandbox.tenant(remove_roles=["Chat.Read.All"])
    code, out = run("--organizer", MARA)
    lines = out.splitlines()
    [red] = [number for number, line in enumerate(lines) if line.startswith("MISSING")]
    assert code == 1
    assert lines[red].split()[1] == "Chat.Read.All"
    assert lines[red + 1].split("→")[1].startswith(f" {CONSENT}: Grant Chat.Read.All")
    starts = {line.index(check) for check in HEALTHY for line in lines if f"  {check}  " in line}
    assert len(starts) == 1
    assert lines[-1] == "1 missing, 18 ok, 5 unknown, 1 not needed"
