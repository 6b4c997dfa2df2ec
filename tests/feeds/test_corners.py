"""Rare cases, each of which was told wrongly once."""

import re
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest

from conferences.models import Conference
from tests.conferences.commands import report, sync
from tests.feeds.artifacts import (
    moment,
    outcome,
    plan_again,
    planned,
    small_world,
    starts_of,
)
from tests.feeds.test_access import MINE, NOOR, paste
from tests.feeds.test_guesses import add, recorded
from tests.feeds.test_plan import moved

demo_world = small_world


def test_late_word_of_slots_that_share_a_meeting(demo_world):
    """86's link in two slots; of the first slot's call word comes while the second is on."""
    whole = planned(demo_world, 86)
    slots = [
        {"id": n, "meeting_link": whole["meeting_link"], **moved(demo_world, 86, by)}
        for n, by in ((861, timedelta()), (862, timedelta(hours=3)))
    ]
    plan_again(demo_world, 86, use_time_slots=True, time_slots=slots)
    add(demo_world, 86, 56, 59, routes=["drive", "chat"], at=moment(demo_world, 86, 200))
    sync(86)
    assert {slot for slot, _, _, _ in recorded(86)} == {861}


def test_a_channel_meeting_that_may_not_be_looked_up_says_so(demo_world):
    demo_world.tenant(remove_roles=["OnlineMeetings.ReadWrite.All"], revoke_tokens=True)
    _, result = sync(93)
    assert outcome(result, "chat")[1] == "permission_missing"
    assert outcome(result, "files")[1] == "permission_missing"


def test_a_colleagues_channel_meeting_says_whose_it_is(demo_world):
    paste(demo_world, 93, NOOR)
    _, result = sync(MINE)
    assert outcome(result, "chat")[1] == "organizer_differs"


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 404}, {"status": 403}, {"raw_body": "<html>no</html>"}]
)
def test_one_transcript_that_never_comes_hides_no_other(demo_world, fault):
    """94: the second of three is refused for good, the third is there."""
    sync(94, "--operation", "transcripts")
    path = demo_world.requests_seen("/content")[1]["path"]
    second = unquote(path.split("/transcripts/")[1].split("/")[0])
    Conference.objects.get(pk=94).transcripts.all().delete()
    demo_world.script(path=re.escape(second) + "/content", **fault)
    for _ in range(3):
        sync(94, "--operation", "transcripts")
    assert len(report(94)["transcripts"]) == 2


@pytest.mark.parametrize(("pk", "slot", "minutes"), [(51, 45, 3), (93, None, 2)])
def test_a_recording_starts_when_the_chat_says_it_began(demo_world, pk, slot, minutes):
    """Not in the list; the chat has "began" at +0:03 (51) and +0:02 (93), "done" 10 min after."""
    sync(pk)
    [recording] = report(pk)["recordings"]
    since = datetime.fromisoformat(recording["starts_at"]) - starts_of(demo_world, pk)[slot]
    assert since == timedelta(minutes=minutes)


def test_files_without_any_chat_have_failed(demo_world):
    """docs/sync.md: partial means that some came; the chat is where files are learnt from."""
    demo_world.tenant(remove_roles=["Chat.Read.All"], revoke_tokens=True)
    code, result = sync(46, "--operation", "files")
    assert (code, outcome(result, "files")) == (1, ("failed", "permission_missing"))
