"""Each thing taken away in turn: exactly its line is red, and says who does what."""

import pytest

from scripts.servers.sandbox import CLIENT_ID, TENANT_ID, SandboxControl
from teams_integration.inspections.table import INSPECTIONS
from teams_integration.permissions import WIDER
from tests.teams.diagnosing import (
    CALENDAR,
    HEALTHY,
    MARA,
    MEETINGS,
    MISSING,
    NOT_CHECKED,
    ORGANIZER,
    PERMISSIONS,
    UNKNOWN,
    diagnose,
    run,
    without,
)

pytestmark = pytest.mark.usefixtures("teams_settings", "transcripts")

SIGN_IN, ALL_TRANSCRIPTS = "/oauth2/v2.0/token", "getAllTranscripts"
CONSENT = "Global Administrator or Privileged Role Administrator"
AFTER = {  # what waits for a permission
    "User.Read.All": ORGANIZER,
    "Calendars.ReadWrite": CALENDAR,
    "OnlineMeetings.ReadWrite.All": MEETINGS,
    "OnlineMeetingTranscript.Read.All": ("transcript access",),
    "Files.Read.All": ("OneDrive",),
}


@pytest.fixture
def transcripts(sandbox: SandboxControl) -> str:
    """The tenant answers for transcripts; the fault's id."""
    return sandbox.script(path=ALL_TRANSCRIPTS, json={"value": []})


def refusal(code: str, message: str, inner: str = "") -> dict[str, object]:
    """A 403 in Graph's words."""
    body = {"code": code, "message": message, "innerError": {"code": inner} if inner else {}}
    return {"status": 403, "body": {"error": body}}


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


# -- what the lookup of a meeting that does not exist may be answered with
LOOKUP = r"/onlineMeetings\?"
NO_POLICY_FOUND = refusal("Forbidden", "No Application Access Policy found for this app")
OTHER_WORDS = refusal("Forbidden", "This application may not.")
SOMEBODY_ELSES = refusal("Forbidden", "3003: User does not have access to lookup meeting.")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"json": {"value": []}}, "ok"),
        ({"status": 404}, "ok"),
        (SOMEBODY_ELSES, "ok"),
        (NO_POLICY_FOUND, MISSING),
        (OTHER_WORDS, MISSING),
        ({"status": 400}, UNKNOWN),
    ],
)
def test_what_a_lookup_says_of_the_policy(sandbox, answer, state):
    sandbox.script(path=LOOKUP, **answer)
    found = diagnose()
    line = found.lines["access policy"]
    assert (line["state"], found.code) == (state, int(state == MISSING))
    assert (found.states["transcript access"] == NOT_CHECKED) is (state != "ok")
    assert (CLIENT_ID in line["act"]) is (state != "ok")


SWITCHED_OFF = refusal("Forbidden", "Disabled.", "GraphAccessToTranscriptsDisabled")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"json": {"value": []}}, "ok"),
        (SWITCHED_OFF, MISSING),
        ({"status": 400}, UNKNOWN),
        ({"status": 404}, UNKNOWN),
        (OTHER_WORDS, UNKNOWN),
    ],
)
def test_what_is_said_of_transcripts(sandbox, transcripts, answer, state):
    sandbox.call("DELETE", f"faults/{transcripts}")
    sandbox.script(path=ALL_TRANSCRIPTS, **answer)
    found = diagnose()
    assert found.states == HEALTHY | {"transcript access": state}
    if state != "ok":
        assert "Transcript API access" in found.lines["transcript access"]["act"]
    if state == MISSING:
        act = found.lines["transcript access"]["act"]
        assert "Set-CsTeamsMeetingConfiguration -EnableGraphTranscriptAccess $true" in act


PROBES = {
    "organizer": (r"/users/mara", ORGANIZER[1:]),
    "mailbox": ("/calendar", ("Teams in calendar",)),
    "access policy": (LOOKUP, ("transcript access",)),
    "OneDrive": (r"/drive\?", ()),
}


@pytest.mark.parametrize("red", PROBES)
def test_a_fault_of_microsofts_is_not_taken_for_a_missing_grant(sandbox, red):
    path, waiting = PROBES[red]
    sandbox.script(path=path, status=503)
    found = diagnose()
    assert (found.code, found.states) == (1, without(red, *waiting))
    assert "HTTP 503" in found.lines[red]["act"]
    assert "Run the command again" in found.lines[red]["act"]


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
