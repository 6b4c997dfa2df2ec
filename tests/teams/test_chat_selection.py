"""Which messages are a meeting's, in whatever order and however well Graph filters."""

from datetime import UTC, datetime, timedelta

from platforms.contract import Known, Window
from teams_integration.chat_selection import Selection

START = datetime(2026, 11, 20, 10, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WINDOW = Window(((START, START + HOUR),), 30 * MINUTE, 30 * MINUTE)
TWO_DAYS = Window(
    ((START, START + HOUR), (START + 24 * HOUR, START + 25 * HOUR)), 30 * MINUTE, 30 * MINUTE
)


def row(
    minutes: float, call: str | None = None, modified: float | None = None, **changes: object
) -> dict[str, object]:
    """A message so many minutes after the start; with ``call`` a system message about it."""
    created_at = START + minutes * MINUTE
    modified_at = created_at if modified is None else START + modified * MINUTE
    event = {"@odata.type": "#microsoft.graph.callEndedEventMessageDetail", "callId": call}
    return {
        "id": str(minutes),
        "messageType": "systemEventMessage" if call else "message",
        "createdDateTime": created_at.isoformat(),
        "lastModifiedDateTime": modified_at.isoformat(),
        "eventDetail": event if call else None,
        **changes,
    }


def ids(found) -> list[str]:
    return [message.source_id for message in found]


def test_what_was_written_in_the_window():
    selection = Selection(WINDOW, Known())
    found = selection.add([row(91), row(90), row(30), row(-30), row(-31)])
    assert ids(found) == ["90", "30", "-30"]
    assert (selection.read, selection.kept) == (5, 3)
    assert selection.is_over


def test_between_two_days_nobody_wrote_for_the_meeting():
    assert ids(Selection(TWO_DAYS, Known()).add([row(1441), row(700), row(1)])) == ["1441", "1"]


def test_it_goes_on_until_a_page_ends_before_the_window():
    selection = Selection(WINDOW, Known())
    selection.add([row(5000), row(-30)])
    assert not selection.is_over
    selection.add([])
    assert not selection.is_over
    selection.add([row(-30), row(-31)])
    assert selection.is_over


def test_a_page_before_the_window_does_not_end_it_until_the_pages_are_known_to_be_in_order():
    selection = Selection(WINDOW, Known())
    assert selection.add([row(-300), row(-400)]) == ()
    assert not selection.is_over
    assert selection.add([row(-500), row(-600)]) == ()
    assert selection.is_over


def test_pages_in_another_order_are_read_to_the_last():
    selection = Selection(WINDOW, Known())
    found = [
        selection.add([row(minutes), row(minutes - 1)])
        for minutes in (-300, 200, 30, 20, -200, -250, -400)
    ]
    assert [ids(page) for page in found] == [[], [], ["30", "29"], ["20", "19"], [], [], []]
    assert not selection.is_over


def test_a_page_that_reaches_over_the_whole_window_is_the_last():
    """Also if the next one were newer: nothing of the window can be on it."""
    selection = Selection(WINDOW, Known())
    selection.add([row(91), row(-31)])
    assert selection.is_over
    selection = Selection(WINDOW, Known())
    selection.add([row(90), row(-31)])
    assert not selection.is_over


def test_late_word_belongs_to_the_call_that_it_is_about():
    selection = Selection(WINDOW, Known())
    assert ids(selection.add([row(200, "c1"), row(190, "c2"), row(70), row(60, "c1")])) == [
        "70",
        "60",
    ]
    assert ids(selection.add([row(1, "c1")])) == ["1"]
    [late] = selection.late()
    assert (late.source_id, late.about) == ("200", START + MINUTE)
    assert late.created_at == START + 200 * MINUTE
    assert selection.kept == 4
    assert selection.late() == ()


def test_the_first_word_of_a_call_says_when_it_was():
    known = Known(changed_until=START - HOUR, calls={"c1": START + 20 * MINUTE})
    selection = Selection(WINDOW, known)
    selection.add([row(30, "c1"), row(200, "c1"), row(10, "c1"), row(60, "c1")])
    assert [late.about for late in selection.late()] == [START + 10 * MINUTE]


def test_a_stored_message_tells_of_the_call_as_well():
    known = Known(changed_until=START + 2 * HOUR, calls={"c1": START + 2 * MINUTE})
    selection = Selection(WINDOW, known)
    assert selection.add([row(200, "c1"), row(190, "c2")]) == ()
    assert [late.about for late in selection.late()] == [START + 2 * MINUTE]


def test_word_that_comes_too_late_or_before_the_window_is_nobodys():
    known = Known(changed_until=START - 5 * HOUR, calls={"c1": START})
    selection = Selection(WINDOW, known)
    day = 24 * 60
    selection.add([row(90 + day + 1, "c1"), row(90 + day, "c1"), row(-31, "c1")])
    assert ids(selection.late()) == [str(90 + day)]


def test_people_are_never_held_back():
    selection = Selection(WINDOW, Known(calls={"c1": START}))
    assert selection.add([row(200), row(30, "c1")])[0].source_id == "30"
    assert selection.late() == ()


def test_what_is_complete_after_the_first_page():
    selection = Selection(WINDOW, Known())
    selection.add([row(5000), row(30, modified=6000), row(29, messageType="typing", modified=7000)])
    selection.add([row(20, modified=9000)])
    assert selection.changed_until == START + 7000 * MINUTE


def test_an_empty_chat_leaves_what_is_known():
    for until in (None, START):
        selection = Selection(WINDOW, Known(changed_until=until))
        selection.add([])
        assert selection.changed_until == until
        selection.add([row(1)])  # an empty page may have a link to another
        assert selection.changed_until == START + MINUTE


def test_a_filter_that_graph_ignored_ends_the_reading_all_the_same():
    known = Known(changed_until=START + 10 * MINUTE)
    selection = Selection(WINDOW, known)
    found = selection.add([row(1, modified=11), row(9), row(5, modified=12)])
    assert (ids(found), selection.is_over, selection.read) == (["1"], True, 3)
    assert selection.changed_until == START + 12 * MINUTE


def test_the_last_minute_that_is_known_is_read_once_more():
    known = Known(changed_until=START + 10 * MINUTE)
    selection = Selection(WINDOW, known)
    assert ids(selection.add([row(10), row(9.5), row(9.01)])) == ["10", "9.5", "9.01"]
    assert (selection.is_over, selection.changed_until) == (False, known.changed_until)
    assert selection.add([row(9), row(8.99)]) == ()
    assert (selection.is_over, selection.changed_until) == (True, known.changed_until)


def test_a_change_long_after_does_not_end_a_reading_by_change():
    selection = Selection(WINDOW, Known(changed_until=START - HOUR))
    assert ids(selection.add([row(30, modified=50), row(-200, modified=40)])) == ["30"]
    assert not selection.is_over


def test_a_channel_has_no_order_and_no_watermark():
    known = Known(changed_until=START + 10 * HOUR)
    selection = Selection(WINDOW, known, has_order=False)
    assert ids(selection.add([row(-100), row(1), row(-200)])) == ["1"]
    assert (selection.is_over, selection.changed_until) == (False, None)
