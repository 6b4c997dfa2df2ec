"""Ids and errors in words that a database does not take as they are. PostgreSQL is the stricter."""

import pytest

from teams_integration.parse.values import LONGEST_EMAIL, LONGEST_SOURCE_ID
from tests.conferences.commands import report, sync, sync_attendance
from tests.feeds.artifacts import changes, outcome, planned, texts
from tests.feeds.odd import CHAT, Answers, odd_world

demo_world = odd_world

ODD = "no\x00no\ud800no"
LONG = "L" * 10_000
LONGEST = LONG[:LONGEST_SOURCE_ID]


def reasons(result) -> set[str]:
    return {one["reason"]["code"] for one in result["operations"] if one["reason"]}


@pytest.mark.parametrize("status", [400, 403, 404])
def test_an_error_in_odd_words_is_told_as_what_it_is(demo_world, status):
    said = {"code": ODD, "message": ODD, "innerError": {"code": ODD}}
    demo_world.script(path=CHAT, status=status, body={"error": said})
    _, result = sync(94)
    assert "internal_error" not in reasons(result)
    assert outcome(result, "attendance") == ("succeeded", None)


def test_an_error_page_with_a_zero_byte_is_told_as_what_it_is(demo_world):
    demo_world.script(path=CHAT, status=403, body="<html>\x00 no")
    _, result = sync(94)
    assert outcome(result, "chat") == ("failed", "permission_missing")


def test_a_link_to_a_host_that_cannot_be_is_told_as_foreign(demo_world):
    link = "http://ev\x00il.example/x"
    demo_world.script(path=CHAT, json={"value": [], "@odata.nextLink": link})
    _, result = sync(94)
    assert outcome(result, "chat")[1] == "foreign_link"


@pytest.mark.parametrize("name", ["id", "threadId", "messageId"])
def test_a_meeting_whose_id_is_an_essay_ends_no_run(demo_world, name):
    """94: nothing is known of the meeting but its link."""
    chat = {"threadId": "19:meeting_x@thread.v2", "messageId": "0"}
    found = {"id": "x", "joinWebUrl": planned(demo_world, 94)["meeting_link"], "chatInfo": chat}
    (found if name == "id" else chat)[name] = LONG
    demo_world.script(path=r"/onlineMeetings\?", json={"value": [found]})
    _, result = sync(94)
    assert reasons(result) != set()
    assert "internal_error" not in reasons(result)


@pytest.mark.parametrize(("report_id", "record_id"), [("L" * 201, "r"), ("L", "r" * 400)])
def test_somebody_in_a_report_with_long_ids_attended(demo_world, report_id, record_id):
    """86: one person for 28 minutes; a second sync finds the same."""
    answers = Answers(demo_world, 86)
    joined, left = answers.at(2), answers.at(30)
    record = {
        "id": record_id,
        "emailAddress": "ada@example.org",
        "identity": {"id": "ada", "displayName": "Ada"},
        "attendanceIntervals": [{"joinDateTime": joined, "leaveDateTime": left}],
    }
    one = {"id": report_id, "attendanceRecords": [record]}
    times = {"meetingStartDateTime": joined, "meetingEndDateTime": left}
    demo_world.script(path=r"/attendanceReports/L", json=one)
    demo_world.script(path=r"/attendanceReports", json={"value": [{"id": report_id, **times}]})
    assert changes(sync_attendance(86)[1], "attendance") == {"created": 1}
    assert changes(sync_attendance(86)[1], "attendance") == {"unchanged": 1}
    assert [(p["name"], p["seconds"]) for p in report(86)["participants"]] == [("Ada", 1680.0)]


def test_guests_in_a_report_with_long_ids_are_told_apart(demo_world):
    """86: nothing but an entry of this report says who they are."""
    answers = Answers(demo_world, 86)
    joined, left = answers.at(2), answers.at(30)
    guests = [
        {
            "id": "r" * 499 + end,
            "identity": {"displayName": "Robin (Guest)"},
            "attendanceIntervals": [{"joinDateTime": joined, "leaveDateTime": left}],
        }
        for end in "12"
    ]
    one = {"id": LONGEST, "attendanceRecords": guests}
    times = {"meetingStartDateTime": joined, "meetingEndDateTime": left}
    demo_world.script(path=r"/attendanceReports/L", json=one)
    demo_world.script(path=r"/attendanceReports", json={"value": [{"id": LONGEST, **times}]})
    assert changes(sync_attendance(86)[1], "attendance") == {"created": 2}
    assert changes(sync_attendance(86)[1], "attendance") == {"unchanged": 2}
    assert [p["seconds"] for p in report(86)["participants"]] == [1680.0, 1680.0]


@pytest.mark.parametrize("mail", [f"{LONG}@example.edu", "none"])
def test_somebody_whose_address_is_none_attended(demo_world, mail):
    """74: call records name who was there, the directory their addresses."""
    demo_world.script(path=r"/users/(?!mara)[^/]+\?", leaves={"mail": mail})
    _, result = sync_attendance(74)
    assert outcome(result, "attendance") == ("succeeded", None)
    people = report(74)["participants"]
    assert {len(p["email"] or "") <= LONGEST_EMAIL for p in people} == {True}
    assert len([p for p in people if p["email"]]) > 1


def test_messages_whose_long_ids_and_senders_are_alike_are_two(demo_world):
    answers = Answers(demo_world, 94)
    written = [answers.message("m" * 100 + end, 5, end, by="u" * 100 + end) for end in "12"]
    answers.chat(*written)
    assert changes(sync(94, "--operation", "chat")[1], "chat") == {"created": 2}
    assert changes(sync(94, "--operation", "chat")[1], "chat") == {"unchanged": 2}
    assert sorted(texts(report(94)["messages"])) == ["1", "2"]
