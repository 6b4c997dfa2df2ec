"""The demo's figures of recordings, chats, transcripts and files, written by hand."""

from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.test_messages import events

MARA = "mara.lindqvist@example.edu"


def listed(asker: Asker, number: int, what: str, slot: int | None = None) -> list[Any]:
    return list(asker.get(f"{asker.meeting_path(number, slot)}/{what}").json()["value"])


def cues(asker: Asker, number: int) -> list[int]:
    """Of each transcript."""
    where = asker.meeting_path(number) + "/transcripts"
    texts = [
        asker.get(f"{where}/{one['id']}/content", format="text/vtt").text
        for one in listed(asker, number, "transcripts")
    ]
    return [text.count("-->") for text in texts]


def shared(asker: Asker, number: int) -> list[str]:
    files = [a for one in asker.written(number) for a in one["attachments"]]
    return [a["name"] for a in files if a["contentType"] == "reference"]


# number, slot: messages, system messages, recordings in the API, in the chat, cues.
FIGURES = [
    (46, None, 9, 5, 1, 1, [12]),
    (51, 45, 2, 2, 0, 1, []),
    (51, 46, 0, 0, 0, 0, []),
    (86, None, 5, 7, 2, 2, [6]),
    (91, None, 0, 0, 0, 0, []),
    (94, None, 0, 3, 0, 0, [3, 4, 2]),
    (95, None, 2, 2, 1, 1, []),
    (96, None, 9, 15, 3, 3, [3, 3, 2]),
    (97, None, 27, 0, 0, 0, []),
]


@pytest.mark.parametrize(
    ("number", "slot", "written", "system", "in_api", "in_chat", "spoken"), FIGURES
)
def test_figures(
    asker: Asker,
    number: int,
    slot: int | None,
    written: int,
    system: int,
    in_api: int,
    in_chat: int,
    spoken: list[int],
) -> None:
    assert len(asker.written(number, slot)) == written
    kinds = [one["messageType"] for one in asker.messages(number, slot)]
    assert kinds.count("systemEventMessage") == system
    assert len(listed(asker, number, "recordings", slot)) == in_api
    done = [
        event
        for event in events(asker, number, slot).get("callRecording", [])
        if event["callRecordingStatus"] == "success"
    ]
    assert len(done) == in_chat
    if slot is None:
        assert cues(asker, number) == spoken


@pytest.mark.parametrize("number", [74, 81, 82, 83, 84, 85, 88, 89, 90])
def test_the_others_have_nothing(asker: Asker, number: int) -> None:
    if number == 84:
        asker.change("set_policy", email="tomas.novak@example.edu", granted=True)
    assert asker.messages(number) == []
    assert listed(asker, number, "recordings") == listed(asker, number, "transcripts") == []


def test_46_two_files_one_of_them_shared_twice(asker: Asker) -> None:
    files = shared(asker, 46)
    assert files == ["reading-list.pdf", "method-notes.docx", "reading-list.pdf"]
    assert shared(asker, 86) == ["sheet-5.pdf"]


def test_46_the_recording_is_the_initiators_whose_drive_refuses(asker: Asker) -> None:
    owner = "/users/ines.duarte@example.edu/drive/special/recordings/children"
    assert asker.get(owner).status_code == 403
    of_organizer = asker.get(f"/users/{MARA}/drive/special/recordings/children").json()["value"]
    assert not [one for one in of_organizer if "Research" in one["name"]]
    asker.change("set_drive", email="ines.duarte@example.edu", access="ok")
    (file,) = asker.get(owner).json()["value"]
    done = events(asker, 46)["callRecording"][1]
    assert (file["webUrl"], file["name"]) == (
        done["callRecordingUrl"],
        done["callRecordingDisplayName"],
    )
    assert file["video"]["duration"] == 3_480_000


def test_51_the_recording_is_named_by_the_chat_alone(asker: Asker) -> None:
    (_, done) = events(asker, 51, 45)["callRecording"]
    assert done["callRecordingUrl"].startswith("https://example-my.sharepoint.com/:v:/g/personal/")
    assert done["callRecordingDuration"] == "PT55M"
    files = asker.get(f"/users/{MARA}/drive/special/recordings/children").json()["value"]
    assert not [one for one in files if "Testing" in one["name"]]


def test_86_two_parts_in_three_routes(asker: Asker) -> None:
    parts = listed(asker, 86, "recordings")
    spans = [(one["createdDateTime"][11:16], one["endDateTime"][11:16]) for one in parts]
    assert spans == [("08:02", "08:30"), ("08:30", "08:55")]
    done = [e for e in events(asker, 86)["callRecording"] if e["callRecordingStatus"] == "success"]
    assert [event["callRecordingDuration"] for event in done] == ["PT28M", "PT25M"]
    assert {event["callId"] for event in done} == {part["callId"] for part in parts}
    files = asker.get(f"/users/{MARA}/drive/special/recordings/children").json()["value"]
    own = [one for one in files if one["name"].startswith("Linear Algebra")]
    assert [one["video"]["duration"] for one in own] == [1_680_000, 1_500_000]
    assert [one["size"] for one in own] == [3728, 3548]
