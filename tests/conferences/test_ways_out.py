"""Where a repair cannot help: what it names is what the meeting's page offers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conferences.models import Conference
from scripts.servers.sandbox import SandboxControl
from tests.conferences.test_fix_teams_recording import fix, lines

pytestmark = pytest.mark.usefixtures("demo_world")
MARA = "mara.lindqvist@example.edu"


def test_a_meeting_to_come_has_three_ways_out(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.change("set_policy", email=MARA, granted=False)
    code, told = fix("--conference", "81", capsys=capsys)
    (meeting,) = told["meetings"]
    assert (code, meeting["reason"]["code"]) == (1, "access_policy_missing")
    assert meeting["reason"]["who"] == "administrator"
    assert meeting["ways_out"] == ["record_by_hand", "recreate", "accept"]


def test_the_ways_out_are_those_that_the_page_offers(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.tenant(remove_roles=["Calendars.ReadWrite"], revoke_tokens=True)
    slots = Conference.objects.get(pk=51).time_slots
    start = timezone.now() + timedelta(days=1)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    never_made = slots.create(**times)
    in_vain = slots.create(**times, wants_meeting=True)
    _code, told = fix("--conference", "51", capsys=capsys)
    ways = {one["slot"]: one["ways_out"] for one in told["meetings"]}
    assert ways[never_made.pk] == ["make", "attach", "accept"]
    assert ways[in_vain.pk] == ["try_again", "attach", "accept"]
    said = lines("--conference", "51", capsys=capsys)
    assert "- make a meeting (Manage Time Slots: Make a meeting)" in said
    assert "- try again once that is mended (Manage Time Slots: Try again)" in said
    assert "record by hand" not in said


def test_what_records_itself_need_not_be_accepted(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    """A conference without time slots has a page of another name."""
    fix("--conference", "81", capsys=capsys)
    sandbox.change("set_policy", email=MARA, granted=False)
    _code, told = fix("--conference", "81", capsys=capsys)
    assert told["meetings"][0]["ways_out"] == ["record_by_hand", "recreate"]
    said = lines("--conference", "81", capsys=capsys)
    assert "- recreate the meeting (Manage the meeting: Recreate); its link changes" in said
    assert "Manage Time Slots" not in said


def test_while_a_change_is_under_way_nothing_is_recreated(
    sandbox: SandboxControl, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.change("set_policy", email=MARA, granted=False)
    Conference.objects.get(pk=81).changes.create(kind="tried_again")
    _code, told = fix("--conference", "81", "--dry-run", capsys=capsys)
    assert told["meetings"][0]["ways_out"] == ["record_by_hand", "accept"]
