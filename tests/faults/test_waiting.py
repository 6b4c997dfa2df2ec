"""When the vendor asks for a pause it gets it, and whoever looks at the run is told until when.

Of two clocks: ours, by what the run says and when it ends; and the vendor's, by its list of
requests. Neither may see a request that came early.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.test import override_settings

from platforms.retry import LONGEST_HINT
from syncing.models import SyncEvent, SyncRun
from tests.faults.feeds import FEEDS, Feed
from tests.faults.world import World, sync_feed

When = Callable[[datetime], str]
PAUSES: dict[str, tuple[str, float]] = {"whole seconds": ("1", 1.0), "decimal": ("0.628", 0.628)}
INSTANTS: dict[str, When] = {
    "HTTP date": lambda moment: format_datetime(moment.replace(microsecond=0), usegmt=True),
    "ISO instant": lambda moment: moment.isoformat(),
    "ISO instant, Z": lambda moment: moment.isoformat().replace("+00:00", "Z"),
}
SAYS_NOTHING: dict[str, dict[str, str]] = {
    "absent": {},
    "nonsense": {"Retry-After": "a little later"},
    "empty": {"Retry-After": ""},
    "negative": {"Retry-After": "-5"},
    "a date long past": {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"},
    "an instant long past": {"Retry-After": "1999-12-31T23:59:59Z"},
    "a year without end": {"Retry-After": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"},
}
FOR_EVER = {
    "seconds": "99999999999",
    "HTTP date": "Fri, 31 Dec 9999 23:59:59 GMT",
    "ISO instant": "9999-12-31T23:59:59Z",
    "ISO instant elsewhere": "9999-12-31T23:59:59-05:00",
}
HOUR = timedelta(hours=1)
AN_HOUR = {"seconds": "3600", "decimal": "3600.5"}


def now() -> datetime:
    return datetime.now(UTC)


def asked(world: World, feed: Feed) -> list[datetime]:
    """When the feed's requests came, by the vendor's clock."""
    seen = world.sandbox.requests_seen()
    return [
        datetime.fromisoformat(one["at"])
        for one in seen
        if re.search(feed.path, unquote_plus(f"{one['path']}?{one['query']}"))
    ]


def pauses_told(result: dict[str, Any]) -> list[datetime]:
    """Until when the run said that it was waiting."""
    events = SyncEvent.objects.filter(run=result["run"], key="waiting").order_by("pk")
    assert all("asked us to wait until" in event.text for event in events)
    return [datetime.fromisoformat(event.params["until"]) for event in events]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("name", ["token", "organizer", "reports", "transcript", "shared file"])
def test_a_pause_is_kept_whatever_was_asked(world: World, name: str, status: int) -> None:
    keep_pause(world, FEEDS[name], status, "0.3", 0.3)


@pytest.mark.parametrize("kind", PAUSES)
def test_a_pause_is_kept_however_it_is_said(world: World, kind: str) -> None:
    keep_pause(world, FEEDS["chat"], 429, *PAUSES[kind])


def keep_pause(world: World, feed: Feed, status: int, value: str, seconds: float) -> None:
    wait = timedelta(seconds=seconds)
    world.prepare(feed)
    before = now()
    with world.struck(feed, status=status, headers={"Retry-After": value}, times=1):
        code, result = sync_feed(feed)
    first, second, *_ = asked(world, feed)
    [until] = pauses_told(result)
    assert code == 0
    assert second - first >= wait
    assert before + wait <= until <= now()
    assert SyncRun.objects.get(pk=result["run"]).waiting_until is None
    world.check_whole()


@pytest.mark.parametrize("kind", INSTANTS)
def test_nobody_comes_before_the_named_instant(world: World, kind: str) -> None:
    feed, moment = FEEDS["chat"], now() + timedelta(seconds=1)
    value = INSTANTS[kind](moment)
    if kind == "HTTP date":
        moment = moment.replace(microsecond=0)
    theirs = datetime.fromisoformat(world.sandbox.call("GET", "clock")["now"])
    ahead = theirs - now()  # the vendor's clock, of ours; a little less than that in truth
    world.prepare(feed)
    with world.struck(feed, status=429, headers={"Retry-After": value}, times=1):
        code, result = sync_feed(feed)
    _first, second, *_ = asked(world, feed)
    told = pauses_told(result)
    assert code == 0
    assert second - ahead >= moment
    assert told
    assert min(now(), *told) >= moment
    world.check_whole()


@pytest.mark.parametrize("name", ["token", "reports", "chat"])
@pytest.mark.parametrize("kind", SAYS_NOTHING)
def test_where_nothing_is_said_we_choose_the_pause(world: World, kind: str, name: str) -> None:
    feed = FEEDS[name]
    world.prepare(feed)
    with world.struck(feed, status=429, headers=SAYS_NOTHING[kind], times=2):
        assert sync_feed(feed)[0] == 0
    assert len(asked(world, feed)) == 3
    world.check_whole()


@pytest.mark.parametrize("kind", [*AN_HOUR, *INSTANTS])
def test_a_pause_longer_than_a_run_may_wait_puts_it_off(world: World, kind: str) -> None:
    feed, before = FEEDS["chat"], now()
    world.prepare(feed)
    value = AN_HOUR.get(kind) or INSTANTS[kind](before + HOUR)
    refusal: dict[str, Any] = {"status": 429, "headers": {"Retry-After": value}}
    with override_settings(SYNC_RUN_SECONDS=20), world.struck(feed, **refusal):
        code, result = sync_feed(feed)
    [step] = result["operations"]
    again = datetime.fromisoformat(step["reason"]["retry_at"])
    assert (code, step["outcome"]) == (3, "deferred")
    second = timedelta(seconds=1)  # a vendor's clock tells whole ones
    assert before + HOUR - second <= again <= now() + HOUR + 2 * second
    assert len(asked(world, feed)) == 1
    assert pauses_told(result) == []
    world.check_whole()


@pytest.mark.parametrize("name", ["token", "chat"])
@pytest.mark.parametrize("kind", FOR_EVER)
def test_a_pause_without_end_puts_it_off_until_a_day_that_can_be_told(
    world: World, kind: str, name: str
) -> None:
    feed, before = FEEDS[name], now()
    world.prepare(feed)
    with world.struck(feed, status=429, headers={"Retry-After": FOR_EVER[kind]}):
        code, result = sync_feed(feed)
    [step] = result["operations"]
    again = datetime.fromisoformat(step["reason"]["retry_at"])
    assert (code, step["outcome"], step["reason"]["code"]) == (3, "deferred", "throttled")
    assert again - now() <= timedelta(seconds=LONGEST_HINT) <= again - before
    assert len(asked(world, feed)) == 1
    world.check_whole()


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_named_instant_is_meant_by_the_vendors_clock(world: World, hours: int) -> None:
    """Its Date tells the difference: a second of pause, neither none nor an hour."""
    feed = FEEDS["chat"]
    theirs = now().replace(microsecond=0) + timedelta(hours=hours)
    headers = {
        "Date": format_datetime(theirs, usegmt=True),
        "Retry-After": format_datetime(theirs + timedelta(seconds=1), usegmt=True),
    }
    world.prepare(feed)
    with world.struck(feed, status=429, headers=headers, times=1):
        code, _ = sync_feed(feed)
    first, second, *_ = asked(world, feed)
    assert code == 0
    assert second - first >= timedelta(seconds=1)
