"""What Microsoft may answer to the questions about one organizer, and what each is taken for."""

import pytest

from scripts.servers.sandbox import CLIENT_ID
from tests.teams.diagnosing import (
    ALL_TRANSCRIPTS,
    HEALTHY,
    MISSING,
    NOT_CHECKED,
    ORGANIZER,
    UNKNOWN,
    diagnose,
    refusal,
    without,
)

pytestmark = pytest.mark.usefixtures("teams_settings")


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
def test_what_is_said_of_transcripts(sandbox, answer, state):
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
