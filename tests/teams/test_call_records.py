"""Which call records are a meeting's: by its link, else a guess; never all of the day."""

from datetime import UTC, datetime, timedelta

import pytest

from platforms.contract import Window
from platforms.records import RemoteMeeting
from teams_integration.services.call_records import _Selection

START = datetime(2026, 11, 20, 10, tzinfo=UTC)
END = START + timedelta(hours=1)
MARGIN = timedelta(minutes=30)
WINDOW = Window(((START, END),), MARGIN, MARGIN)
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Ab%40thread.v2/0"
MEETING = RemoteMeeting("m1", "mara", (LINK,))


def record(url: str | None, organizer: str = "mara", start: int = 5, end: int = 50) -> dict:
    moments = [START + timedelta(minutes=m) for m in (start, end)]
    return {
        "id": "r1",
        "joinWebUrl": url,
        "startDateTime": moments[0].isoformat(),
        "endDateTime": moments[1].isoformat(),
        "organizer_v2": {"id": organizer},
    }


def selected(source: dict) -> tuple[int, int, int, int]:
    """In the window, matched, guesses, elsewhere."""
    selection = _Selection()
    selection.add(source, MEETING, WINDOW)
    return (
        selection.in_window,
        len(selection.matched),
        len(selection.guesses),
        selection.elsewhere,
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (record(LINK), (1, 1, 0, 0)),
        (record(LINK.lower().replace("%3a", ":")), (1, 1, 0, 0)),
        (record(LINK, organizer="tomas"), (1, 0, 0, 0)),  # a pasted link opens no meeting
        (record(LINK, start=85, end=95), (1, 1, 0, 0)),  # a late rejoin
        (record(LINK, start=300, end=360), (0, 0, 0, 1)),  # held at another time
        (record(None), (1, 0, 1, 0)),  # a guess: same organizer, planned time, no link
        (record(None, start=70, end=80), (1, 0, 0, 0)),  # near, but not at the planned time
        (record(None, organizer="tomas"), (1, 0, 0, 0)),
        (record(None, organizer=""), (1, 0, 0, 0)),
        (record(LINK.replace("Ab", "Xy")), (1, 0, 0, 0)),  # another meeting of the same organizer
    ],
)
def test_which_records_are_this_meetings(source, expected):
    assert selected(source) == expected


def test_an_organizer_nobody_knows_matches_nothing():
    selection = _Selection()
    selection.add(record(None, organizer=""), RemoteMeeting(None, "", (LINK,)), WINDOW)
    assert selection.guesses == ()
