"""The figures of the conferences that exist for their content, written by hand."""

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.figures import ids, of_reports
from tests.sandbox.test_demo_content import MARA, listed
from tests.sandbox.test_messages import events


def test_91_there_is_a_recording_out_of_reach(asker: Asker) -> None:
    path = "/users/viktor.sund@example.edu/drive/special/recordings/children"
    assert asker.get(path).status_code == 403
    asker.change("set_drive", email="viktor.sund@example.edu", access="ok")
    (file,) = asker.get(path).json()["value"]
    assert file["name"] == "Archive lecture-20261114_080030-Meeting Recording.mp4"


def test_92_two_thousand_messages_within_the_hour(asker: Asker) -> None:
    found = asker.written(92)
    assert len(found) == len(asker.messages(92)) == 2000
    conference = asker.conference(92)
    assert found[0]["createdDateTime"] == conference["starts_at"]
    assert found[-1]["createdDateTime"][:19] == "2026-11-13T08:59:58"
    assert [one["body"]["content"] for one in found[:2]] == [
        "Message 0000",
        "<p>Message <b>0001</b></p>",
    ]
    writers = [one["from"]["user"]["displayName"] for one in found[:5]]
    assert writers == [
        "Mara Lindqvist",
        "Noor Haddad",
        "Ines Duarte",
        "Jonas Weber",
        "Mara Lindqvist",
    ]


def test_95_expired_after_120_days(asker: Asker) -> None:
    (recording,) = listed(asker, 95, "recordings")
    assert (recording["createdDateTime"], recording["endDateTime"]) == (
        "2026-07-18T10:05:00Z",
        "2026-07-18T10:55:00Z",
    )
    done = events(asker, 95)["callRecording"][1]
    path = "Aufnahmen/" + done["callRecordingDisplayName"]
    answer = asker.get(f"/users/{MARA}/drive/root:/{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "itemNotFound")


def test_96_the_conference_is_the_middle_of_three_occurrences(asker: Asker) -> None:
    conference = asker.conference(96)
    span = (conference["starts_at"], conference["ends_at"])
    assert span == ("2026-11-13T04:00:00Z", "2026-11-13T05:00:00Z")
    assert asker.get(asker.meeting_path(96)).json()["meetingType"] == "recurring"
    inside = [one for one in asker.written(96) if span[0] <= one["createdDateTime"] < span[1]]
    assert [one["body"]["content"] for one in inside] == [
        "Chapter two.",
        "Read it.",
        "So did I.",
        "Good.",
    ]
    for what, count in (("recordings", 3), ("transcripts", 3)):
        starts = [one["createdDateTime"] for one in listed(asker, 96, what)]
        assert (len(starts), starts[1]) == (count, "2026-11-13T04:05:00Z")
    reports = [one["meetingStartDateTime"] for one in asker.reports(96)]
    assert reports == ["2026-11-20T04:00:00Z", "2026-11-13T04:00:00Z", "2026-11-06T04:00:00Z"]


def test_96_each_occurrence_has_three_people(asker: Asker) -> None:
    per_report = [
        {
            r["identity"]["displayName"]: r["totalAttendanceInSeconds"]
            for r in asker.records(96, report=n)
        }
        for n in range(3)
    ]
    assert per_report == [
        {"Mara Lindqvist": 3600, "Ines Duarte": 900, "Omar Said": 300},
        {"Mara Lindqvist": 3600, "Noor Haddad": 3000, "Ines Duarte": 1800},
        {"Mara Lindqvist": 3600, "Noor Haddad": 1200, "Jonas Weber": 600},
    ]


@pytest.mark.parametrize("number", [91, 92, 93, 94, 95, 97])
def test_three_people_came_to_the_others(asker: Asker, number: int) -> None:
    organizer = "viktor.sund" if number == 91 else "mara.lindqvist"
    expected = ids(asker, {organizer: 3600, "noor.haddad": 3000, "ines.duarte": 1800})
    assert of_reports(asker, number) == expected
