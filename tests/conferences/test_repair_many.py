"""Many old meetings at once, and a vendor that asks for pauses: none is lost or done twice."""

import json
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from conferences.models import Conference, ConferenceTimeSlot
from platforms.retry import RetryKind, RetryPolicy
from scripts.servers.sandbox import SandboxControl

MARA = "mara.lindqvist@example.edu"
MANY = int(os.environ.get("REPAIR_MANY", "80"))  # a term; five hundred are a year of them
FIND, ASK, READ = r"/onlineMeetings\?", r"/onlineMeetings/[^/?]+\?", r"/onlineMeetings/[^/?]+\?"


@pytest.fixture
def term(demo_world: SandboxControl, settings: Settings) -> Conference:
    """A conference whose meetings were all made before anybody thought of recording."""
    settings.RETRY_POLICIES = {
        kind: RetryPolicy(attempts=5, first_delay=0.01, cap=0.05) for kind in RetryKind
    }
    Conference.objects.all().delete()
    now = datetime.now(UTC)
    conference = Conference.objects.create(
        title="A whole term",
        organizer_email=MARA,
        use_time_slots=True,
        starts_at=now,
        ends_at=now + timedelta(days=MANY + 1),
    )
    made = demo_world.change("add_meetings", email=MARA, count=MANY, subject="Day")["meetings"]
    ConferenceTimeSlot.objects.bulk_create(
        ConferenceTimeSlot(
            conference=conference,
            starts_at=datetime.fromisoformat(one["starts_at"]),
            ends_at=datetime.fromisoformat(one["ends_at"]),
            meeting_id=one["meeting_id"],
            meeting_link=one["join_url"],
        )
        for one in made
    )
    return conference


def pauses() -> list[dict[str, str]]:
    """One of each kind in which a vendor may say it; all of them short."""
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    return [
        {"Retry-After": "0"},
        {"Retry-After": "0.2"},
        {"Retry-After": "1"},
        {"Retry-After": format_datetime(soon, usegmt=True)},
        {"Retry-After": soon.isoformat()},
        {"Retry-After": "-5"},
        {"Retry-After": "a little later"},
        {"Retry-After": ""},
        {},
    ]


def script_pauses(sandbox: SandboxControl) -> int:
    """Spread over the run, on what looks up, what switches and what reads back. How many."""
    kinds = [("GET", FIND), ("PATCH", ASK), ("GET", READ)]
    for number, headers in enumerate(pauses()):
        for method, path in kinds:
            wish = {"status": 429, "headers": headers, "times": 1, "skip": number * MANY // 10}
            sandbox.script(method=method, path=path, **wish)
    return len(pauses()) * len(kinds)


def fix(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    code = 0
    try:
        call_command("fix_teams_recording", "--all", "--json")
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, json.loads(capsys.readouterr().out)


def writes(sandbox: SandboxControl) -> Counter[str]:
    """PATCHes that were not refused, by meeting."""
    seen = sandbox.requests_seen("/onlineMeetings/")
    return Counter(one["path"] for one in seen if one["method"] == "PATCH" and one["status"] == 200)


def test_none_is_lost_to_pauses(
    demo_world: SandboxControl, term: Conference, capsys: pytest.CaptureFixture[str]
) -> None:
    struck = script_pauses(demo_world)
    demo_world.forget_requests()
    code, told = fix(capsys)
    seen = Counter(one["status"] for one in demo_world.requests_seen("/onlineMeetings"))
    assert (code, told["counts"], seen[429]) == (0, {"fixed": MANY}, struck)
    assert sum(seen.values()) == 3 * MANY + struck  # found, asked, read back
    assert told["requests"] > sum(seen.values())  # and the organizer, once
    once = writes(demo_world)
    assert (len(once), set(once.values())) == (MANY, {1})
    slots = term.time_slots.all()
    assert Counter(slots.values_list("auto_recording_status", flat=True)) == {"verified": MANY}
    assert not slots.filter(online_meeting_id=None).exists()
    ours = demo_world.call("GET", "meetings")["meetings"]
    ids = set(slots.values_list("online_meeting_id", flat=True))
    assert all(one["record_automatically"] for one in ours if one["online_meeting_id"] in ids)

    demo_world.end_faults()
    demo_world.forget_requests()
    code, told = fix(capsys)
    assert (code, told["counts"]) == (0, {"already_fine": MANY})
    assert not writes(demo_world)


def test_what_a_long_pause_put_off_comes_with_the_next_run(
    demo_world: SandboxControl, term: Conference, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the middle the vendor closes for an hour; what was done before is done."""
    half = MANY // 2
    wish = {"status": 429, "headers": {"Retry-After": "3600"}, "skip": half}
    demo_world.script(method="PATCH", path=ASK, **wish)
    code, told = fix(capsys)
    assert (code, told["counts"]) == (1, {"fixed": half, "put_off": MANY - half})
    demo_world.end_faults()
    code, told = fix(capsys)
    assert (code, told["counts"]) == (0, {"already_fine": half, "fixed": MANY - half})
    once = writes(demo_world)
    assert (len(once), set(once.values())) == (MANY, {1})
