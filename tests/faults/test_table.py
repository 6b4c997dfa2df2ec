"""What the vendor may do wrong, on every kind of request: told as it is, and nothing lost."""

import pytest

from tests.conferences.commands import digest
from tests.faults.feeds import FEEDS, ONCE
from tests.faults.table import FAULTS, OF_A_FIRST_SYNC, PASSING, heard, told
from tests.faults.world import CONFERENCES, World, sync_feed, sync_first

ALL = [(fault, feed) for fault, row in FAULTS.items() for feed in FEEDS if feed in row.feeds]
AGAIN = [(fault, feed) for fault, feed in ALL if feed not in ONCE]
FIRST = [(fault, feed) for fault, feed in ALL if fault in OF_A_FIRST_SYNC]
FINAL = {("401", "token")}  # a refusal of the credentials themselves
# What has been moved or deleted is known to be so, until it is there again.
NEWS = {("404", "shared file"), ("410", "shared file")}


@pytest.mark.parametrize(("fault", "name"), AGAIN)
def test_a_fault_that_stays_is_told_and_nothing_is_lost(
    world: World, fault: str, name: str
) -> None:
    feed, expected = FEEDS[name], told(FEEDS[name], FAULTS[fault].ending(name))
    is_whole = world.prepare(feed)
    before = world.undisturbed if is_whole else digest()
    with world.struck(feed, **FAULTS[fault].does):
        assert heard(sync_feed(feed), expected) == expected
    if (fault, name) in NEWS:
        assert digest() != before
    elif not is_whole:
        assert digest() == before
    if not is_whole or (fault, name) in NEWS:
        assert sync_feed(feed)[0] == 0
    world.check_whole()


@pytest.mark.parametrize(("fault", "name"), FIRST)
def test_what_a_fault_kept_from_the_first_sync_comes_with_the_next(
    world: World, fault: str, name: str
) -> None:
    feed = FEEDS[name]
    world.forget(feed)
    with world.struck(feed, **FAULTS[fault].does):
        sync_first(feed)
    assert sync_first(feed)[0] == 0
    world.check_whole()


@pytest.mark.parametrize("conference", sorted(CONFERENCES))
@pytest.mark.parametrize("fault", PASSING)
def test_faults_that_pass_leave_no_trace(world: World, fault: str, conference: int) -> None:
    """Each kind of request of a first sync is struck once."""
    feeds = [
        feed
        for name, feed in FEEDS.items()
        if feed.conference == conference and (fault, name) not in FINAL
    ]
    for feed in feeds:
        world.forget(feed)
    with world.struck(*feeds, times=1, **PASSING[fault]):
        code, result = sync_first(*feeds)
    assert (code, result["verdict"]) == (0, "success")
    world.check_whole()
