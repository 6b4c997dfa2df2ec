"""manage.py fix_teams_recording: what it says, what it does, and what it leaves alone."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from conferences.models import Conference, ConferenceTimeSlot
from conferences.queries.missing import without_recording
from scripts.servers.sandbox import SandboxControl

pytestmark = pytest.mark.usefixtures("demo_world")


def fix(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """The exit code and what --json printed."""
    code = 0
    try:
        call_command("fix_teams_recording", *arguments, "--json")
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, json.loads(capsys.readouterr().out)


def writes(sandbox: SandboxControl) -> list[str]:
    asked = sandbox.requests_seen("/users/")
    return [request["method"] for request in asked if request["method"] != "GET"]


def statuses() -> list[tuple[int, str, bool]]:
    rows = ConferenceTimeSlot.objects.filter(conference=51).order_by("pk")
    return [(row.pk, row.auto_recording_status, row.online_meeting_id is not None) for row in rows]


def test_the_seed_case_dry_then_done_then_fine(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = fix("--conference", "51", "--dry-run", capsys=capsys)
    assert code == 1
    assert [one["result"] for one in told["meetings"]] == ["would_fix", "would_fix"]
    assert statuses() == [(45, "pending", False), (46, "pending", False)]
    assert writes(sandbox) == []

    code, told = fix("--conference", "51", capsys=capsys)
    assert code == 0
    assert [one["result"] for one in told["meetings"]] == ["fixed", "fixed"]
    assert [one["steps"] for one in told["meetings"]] == [["find", "record"]] * 2
    assert statuses() == [(45, "verified", True), (46, "verified", True)]
    assert writes(sandbox) == ["PATCH", "PATCH"]
    assert Conference.objects.get(pk=51).auto_recording_status == "verified"

    sandbox.forget_requests()
    code, told = fix("--conference", "51", capsys=capsys)
    assert code == 0
    assert [one["result"] for one in told["meetings"]] == ["already_fine", "already_fine"]
    assert writes(sandbox) == []
    assert told["requests"] == 3  # the organizer, and the setting of each


def test_what_cannot_be_fixed_is_told_truly(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.change("expire_meeting", conference=51, slot=45)
    code, told = fix("--conference", "51", capsys=capsys)
    deleted, other = told["meetings"]
    assert code == 1
    assert (deleted["result"], deleted["reason"]["code"]) == ("cannot", "meeting_not_found")
    assert deleted["ways_out"] == ["accept"]  # it is over
    assert deleted["recording"] == "not_attempted"
    assert other["result"] == "fixed"

    sandbox.change("remove_user", email="mara.lindqvist@example.edu")
    code, told = fix("--conference", "51", capsys=capsys)
    assert code == 1
    assert [one["reason"]["code"] for one in told["meetings"]] == ["organizer_unknown"] * 2
    assert statuses()[1] == (46, "failed", True)


def test_a_short_link_is_found_by_its_number_and_an_old_long_one_is_not(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.change("shorten_link", conference=51, slot=45)
    short = sandbox.change("shorten_link", conference=51, slot=46)["join_url"]
    ConferenceTimeSlot.objects.filter(pk=46).update(meeting_link=short)
    code, told = fix("--conference", "51", capsys=capsys)
    long, found = told["meetings"]
    assert code == 1
    assert (long["result"], long["reason"]["code"]) == ("cannot", "meeting_not_found")
    assert (found["result"], found["recording"]) == ("fixed", "verified")


def test_what_is_repaired_after_its_end_was_not_to_record_itself(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    """M9 speaks of recordings that were to come, and goes on doing so after another repair."""
    conference = Conference.objects.get(pk=51)
    fix("--conference", "51", capsys=capsys)
    assert without_recording(conference, conference.meetings()) == []
    before_the_end = F("ends_at") - timedelta(hours=2)
    ConferenceTimeSlot.objects.filter(pk=46).update(
        ends_at=F("ends_at") - timedelta(days=1), starts_at=F("starts_at") - timedelta(days=1)
    )
    ConferenceTimeSlot.objects.filter(pk=46).update(recording_checked_at=before_the_end)
    fix("--conference", "51", capsys=capsys)
    assert [one.slot for one in without_recording(conference, conference.meetings())] == [46]


def test_a_meeting_to_come_has_three_ways_out(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.change("set_policy", email="mara.lindqvist@example.edu", granted=False)
    code, told = fix("--conference", "81", capsys=capsys)
    (meeting,) = told["meetings"]
    assert (code, meeting["reason"]["code"]) == (1, "access_policy_missing")
    assert meeting["reason"]["who"] == "administrator"
    assert meeting["ways_out"] == ["record_by_hand", "recreate", "accept"]


def test_people_read_a_line_for_each_meeting(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("fix_teams_recording", "--conference", "51")
    told = capsys.readouterr().out
    assert "conference 51, time slot 45 (" in told
    assert "fixed: id found from the join link, automatic recording on, and read back" in told
    assert "2 meetings: 2 fixed. " in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--conference", "4711"], "No conference 4711. Nothing was changed."),
        (["--conference", "0"], "No conference 0. Nothing was changed."),
        ([], "one of the arguments --conference --all is required"),
        (["--conference", "51", "--all"], "not allowed with argument"),
    ],
)
def test_usage(arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says) as refused:
        call_command("fix_teams_recording", *arguments)
    assert getattr(refused.value, "returncode", 1) in {1, 2}


def test_a_vendor_that_asks_for_too_long_a_pause_is_left_alone(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest is for another run, which then finds it all."""
    ConferenceTimeSlot.objects.filter(pk=46).update(conference=Conference.objects.get(pk=46))
    sandbox.script(path="/onlineMeetings", status=429, headers={"Retry-After": "86400"})
    code, told = fix("--all", capsys=capsys)
    results = [one["result"] for one in told["meetings"]]
    assert code == 1
    assert set(results) == {"put_off"}
    seen = sandbox.requests_seen("/onlineMeetings")
    assert len(seen) == 3  # after three in vain nobody is asked any more
    sandbox.end_faults()
    code, told = fix("--conference", "51", capsys=capsys)
    assert [one["result"] for one in told["meetings"]] == ["fixed"]
