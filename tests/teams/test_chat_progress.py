"""How many pages of a chat follow is estimated from how often people wrote."""

from datetime import UTC, datetime, timedelta

from platforms.contract import Feed, Known, Window
from platforms.records import ChatPage
from teams_integration.chat_selection import Selection

START = datetime(2026, 9, 1, 13, tzinfo=UTC)
WINDOW = Window(
    ((START, START + timedelta(hours=1)),), timedelta(minutes=30), timedelta(minutes=30)
)


def page(*minutes: float) -> list[dict[str, object]]:
    at = [(START + timedelta(minutes=one)).isoformat().replace("+00:00", "Z") for one in minutes]
    return [
        {"id": one, "messageType": "message", "createdDateTime": one, "body": {"content": "x"}}
        for one in at
    ]


def test_as_many_as_fit_until_the_start():
    selection = Selection(WINDOW, Known())
    assert selection.pages_left == 1
    for newest, left in ((60, 1), (55, 10), (50, 9), (25, 2)):
        selection.add(page(newest, newest - 5))
        assert selection.pages_left == left


def test_before_the_start_one_more_is_all_that_is_promised():
    selection = Selection(WINDOW, Known())
    for newest in (40, 0, -10):
        selection.add(page(newest, newest - 5))
    assert selection.pages_left == 1


def test_every_page_that_was_announced_is_closed_or_taken_back(demo):
    read = demo.read(Feed.CHAT, 92)
    closed = [page for page in read.pages if isinstance(page, ChatPage) and page.is_last]
    assert len(closed) == 39
    assert sum(progress.parts for progress in read.progress) == 39
