"""Lists as a vendor may give them: in odd pages, twice, in another order, with odd rows."""

import json
from typing import Any

import pytest

from tests.conferences.commands import run
from tests.faults.feeds import FEEDS, LISTS
from tests.faults.table import Fault, heard, told
from tests.faults.world import World, sync_feed, sync_first

LISTED = [name for name in FEEDS if name in LISTS]
DIRT = "\x00\ud800"  # NUL, and half of a pair of surrogates: no database takes either
NAMES = ("displayName", "name", "content", "callRecordingDisplayName")
HARMLESS: dict[str, dict[str, Any]] = {
    "every row a page": {"pages": [[0, 1], [1, 2], [2, None]]},
    "an empty page first": {"pages": [[0, 0], [0, None]]},
    "an empty page between": {"pages": [[0, 1], [0, 0], [1, None]]},
    "a row twice on a page": {"also": {}},
    "every row on two pages": {"pages": [[0, None], [0, None]]},
    "pages that overlap": {"pages": [[0, -1], [-2, None]]},
    "the last page first": {"pages": [[-1, None], [0, -1]]},
    "names with dirt": {"append": dict.fromkeys(NAMES, DIRT)},
}
TIMES = (
    *("createdDateTime", "lastModifiedDateTime", "startDateTime", "meetingStartDateTime"),
    "attendanceIntervals",
)
OF_WHOLE_LISTS = ("attendancesitting", "chatthread")
ENDS = ("endDateTime", "meetingEndDateTime", "lastModifiedDateTime")


def until(end: str) -> dict[str, Any]:
    """Everything lasts until then, and everybody stays."""
    stay = {"joinDateTime": "2026-11-20T10:00:00Z", "leaveDateTime": end}
    return {**dict.fromkeys(ENDS, end), "attendanceIntervals": [stay]}


ODD: dict[str, dict[str, Any]] = {
    "no id": {"id": None},
    "an id without end": {"id": "x" * 600},
    "no time": dict.fromkeys(TIMES, "never"),
    "until the end of the calendar": until("9999-12-31T23:59:59.9999999Z"),
    "until beyond the calendar": until("9999-12-31T23:59:59-01:00"),
}


@pytest.mark.parametrize("name", LISTED)
@pytest.mark.parametrize("oddity", HARMLESS)
def test_how_a_list_comes_makes_no_difference(world: World, oddity: str, name: str) -> None:
    feed = FEEDS[name]
    world.forget(feed)
    with world.struck(feed, **HARMLESS[oddity]):
        first, again = sync_first(feed), sync_first(feed)
    assert [first[0], again[0]] == [0, 0]
    assert again[1]["message"].startswith(("Everything is up to date", "No data"))
    world.check_whole()


@pytest.mark.parametrize("name", LISTED)
@pytest.mark.parametrize("oddity", ODD)
def test_an_odd_row_costs_itself_and_no_other(world: World, oddity: str, name: str) -> None:
    feed = FEEDS[name]
    expected = told(feed, Fault({}, "bad_response", "partial").ending(name))
    world.forget(feed)
    with world.struck(feed, also=ODD[oddity]):
        sync_first(feed)
        known = digest_of_rows()
        assert heard(sync_feed(feed), expected) == expected
    assert sync_first(feed)[0] == 0
    world.check_whole()
    assert known == digest_of_rows()


def digest_of_rows() -> dict[str, Any]:
    """Without what is noted of a whole list: that it was read to its end."""
    tables = json.loads(run("data_digest", "--json")[1])["tables"]
    return {name: rows for name, rows in tables.items() if name not in OF_WHOLE_LISTS}


def test_a_meeting_may_be_found_on_the_second_page(world: World) -> None:
    feed = FEEDS["meeting"]
    world.prepare(feed)
    with world.struck(feed, pages=[[0, 0], [0, None]]):
        code, result = sync_feed(feed)
    assert code == 0, result["message"]
