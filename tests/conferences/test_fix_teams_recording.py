"""manage.py fix_teams_recording: what it says, what it does, and what it leaves alone."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from pytest_django import Settings

from accounts.models import User
from conferences import phrases
from conferences.actions import recording_decisions
from conferences.arranging import orders
from conferences.models import Conference, ConferenceTimeSlot, RecordingNotice
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


def lines(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What people read."""
    with suppress(SystemExit):
        call_command("fix_teams_recording", *arguments)
    return capsys.readouterr().out


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
    assert told["requests"] == 0  # they are over


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
    deleted, other = told["meetings"]
    assert (deleted["result"], deleted["reason"]["code"]) == ("cannot", "organizer_unknown")
    assert other["result"] == "already_fine"  # it is over too, and was verified
    assert statuses()[1] == (46, "verified", True)


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


def test_what_is_over_and_was_set_to_record_itself_is_left_alone(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    """The vendor forgets a meeting some time after its end; that it was to be recorded stays."""
    settings.RECORDINGS_EXPECTED_MINUTES = 1
    conference = Conference.objects.get(pk=51)
    fix("--conference", "51", capsys=capsys)
    before_the_end = F("ends_at") - timedelta(minutes=30)
    ConferenceTimeSlot.objects.filter(pk=46).update(recording_checked_at=before_the_end)
    sandbox.change("expire_meeting", conference=51, slot=46)
    sandbox.forget_requests()
    for arguments in (["--dry-run"], []):
        code, told = fix("--conference", "51", *arguments, capsys=capsys)
        assert (code, told["counts"], told["requests"]) == (0, {"already_fine": 2}, 0)
    assert sandbox.requests_seen("/users/") == []
    assert statuses() == [(45, "verified", True), (46, "verified", True)]
    assert [one.slot for one in without_recording(conference, conference.meetings())] == [46]
    assert not RecordingNotice.objects.exists()


@pytest.mark.parametrize("status", ["enabled", "drifted"])
def test_what_was_known_of_a_meeting_that_is_over_is_not_lost(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str], status: str
) -> None:
    fix("--conference", "51", capsys=capsys)
    slots = ConferenceTimeSlot.objects.filter(pk=46)
    slots.update(auto_recording_status=status)
    sandbox.change("expire_meeting", conference=51, slot=46)
    code, told = fix("--conference", "51", capsys=capsys)
    over = told["meetings"][1]
    assert (code, over["result"], over["recording"]) == (1, "cannot", status)
    assert over["ways_out"] == ["accept"]
    assert statuses()[1] == (46, status, True)
    assert not RecordingNotice.objects.exists()
    said = phrases.change(slots.get().changes.all()[0])
    assert (
        "Automatic recording could not be seen to: The organizer has no meeting with this" in said
    )


def test_what_is_not_recorded_on_purpose_is_told_so(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was opted out while Teams did not let go of the setting."""
    fix("--conference", "81", capsys=capsys)
    conference = Conference.objects.get(pk=81)
    sandbox.script(method="PATCH", path="/onlineMeetings", status=403)
    recording_decisions.opt_out(conference, User.objects.create(username="ada"), "Oral exam")
    orders.carry_out(conference.changes.get(kind="opted_out").pk)
    sandbox.end_faults()
    assert ": would be fixed: switch automatic recording off and read it back" in lines(
        "--conference", "81", "--dry-run", capsys=capsys
    )
    said = lines("--conference", "81", capsys=capsys)
    assert ": fixed: automatic recording off, and read back" in said
    assert ": already fine" in lines("--conference", "81", capsys=capsys)


def test_a_pause_is_one_line_of_the_history_however_often_it_is_met(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line tells the latest moment to press again."""
    sandbox.script(path="/onlineMeetings", status=429, headers={"Retry-After": "3600"})
    fix("--conference", "81", capsys=capsys)
    changes = Conference.objects.get(pk=81).changes
    first = changes.get().told["retry_at"]
    fix("--conference", "81", capsys=capsys)
    assert changes.get().told["retry_at"] > first


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
