"""What takes too long: silence, drops that never end, lists that never end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from platforms.retry import RetryKind, RetryPolicy
from tests.faults.feeds import FEEDS
from tests.faults.table import FINE, heard, told
from tests.faults.world import World, sync_feed

TWICE = {
    **settings.RETRY_POLICIES,
    RetryKind.TIMEOUT: RetryPolicy(attempts=2, first_delay=0.01, cap=0.05),
}
IMPATIENT: dict[str, Any] = {
    "MEETING_PLATFORMS": {"teams": "tests.faults.impatient.ImpatientTeams"},
    "RETRY_POLICIES": TWICE,
}
SLOW: dict[str, dict[str, Any]] = {"silence": {"delay_seconds": 60}, "drops": {"drip_seconds": 6}}
LATE = [
    *(("silence", name) for name in ("token", "organizer", "meeting", "reports", "report")),
    *(("silence", name) for name in ("call record", "recordings", "transcript", "chat")),
    *(("silence", "shared file"), ("drops", "reports"), ("drops", "transcript")),
]
ENDLESS = ("reports", "report", "recordings", "transcripts", "chat")


@pytest.fixture
def impatient(world: World) -> Iterator[World]:
    with override_settings(**IMPATIENT):
        yield world


@pytest.mark.parametrize(("slowness", "name"), LATE)
def test_what_does_not_come_in_time_is_given_up(impatient: World, slowness: str, name: str) -> None:
    feed = FEEDS[name]
    expected = told(feed, ("partial" if feed.is_one_of else "failed", "unreachable"))
    impatient.prepare(feed)
    with impatient.struck(feed, **SLOW[slowness]):
        assert heard(sync_feed(feed), expected) == expected
    sync_feed(feed)
    impatient.check_whole()


@pytest.mark.parametrize("slowness", SLOW)
def test_what_comes_in_time_when_asked_again_is_nobodys_concern(
    impatient: World, slowness: str
) -> None:
    feed = FEEDS["reports"]
    with impatient.struck(feed, times=1, **SLOW[slowness]):
        assert heard(sync_feed(feed), told(feed, FINE)) == told(feed, FINE)
    impatient.check_whole()


@pytest.mark.parametrize("name", ENDLESS)
def test_a_list_with_ever_new_links_ends_with_the_run(world: World, name: str) -> None:
    feed = FEEDS[name]
    is_part = feed.is_one_of or name in ("report", "chat")
    expected = told(feed, ("partial" if is_part else "failed", "time_up"))
    world.prepare(feed)
    with override_settings(SYNC_RUN_SECONDS=1), world.struck(feed, pages="endless"):
        assert heard(sync_feed(feed), expected) == expected
    assert sync_feed(feed)[0] == 0
    world.check_whole()
