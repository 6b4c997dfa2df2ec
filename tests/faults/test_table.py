"""What the vendor may do wrong, on every kind of request: told as it is, and nothing lost."""

import pytest

from tests.conferences.commands import digest
from tests.faults.feeds import FEEDS, ONCE
from tests.faults.table import FAULTS, OF_A_FIRST_SYNC, PASSING, heard, told
from tests.faults.world import World, sync_feed, sync_first

ALL = [(fault, feed) for fault, row in FAULTS.items() for feed in FEEDS if feed in row.feeds]
AGAIN = [(fault, feed) for fault, feed in ALL if feed not in ONCE]
FIRST = [(fault, feed) for fault, feed in ALL if fault in OF_A_FIRST_SYNC]
# A refusal of the credentials themselves is final.
PASSES = [(fault, feed) for fault in PASSING for feed in FEEDS if (fault, feed) != ("401", "token")]
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


@pytest.mark.parametrize(("fault", "name"), PASSES)
def test_a_fault_that_passes_leaves_no_trace(world: World, fault: str, name: str) -> None:
    feed = FEEDS[name]
    world.forget(feed)
    with world.struck(feed, times=1, **PASSING[fault]):
        code, result = sync_first(feed)
    assert (code, result["verdict"]) == (0, "success")
    world.check_whole()
