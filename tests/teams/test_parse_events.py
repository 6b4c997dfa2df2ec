"""What system messages tell: of calls, recordings and transcripts."""

import pytest

from platforms.errors import BadResponseError
from platforms.records import RemotePerson
from teams_integration.parse import messages
from tests.teams.test_parse_messages import source


def told(kind: str, **detail: object) -> dict[str, object]:
    detail["@odata.type"] = f"#microsoft.graph.{kind}EventMessageDetail"
    return source(messageType="systemEventMessage", eventDetail=detail, **{"from": None})


@pytest.mark.parametrize(
    ("detail", "kind"),
    [
        (told("callStarted"), "call_started"),
        (told("callEnded"), "call_ended"),
        (told("callTranscript"), "transcript"),
        (told("callRecording", callRecordingStatus="initial"), "recording_started"),
        (told("callRecording", callRecordingStatus="success"), "recording"),
        (told("callRecording", callRecordingStatus="failure"), "recording_failed"),
        (told("callRecording", callRecordingStatus="chunkFinished"), "other"),
        (told("callRecording", callRecordingStatus=None), "other"),
        (told("membersAdded"), "other"),
        (source(messageType="systemEventMessage", eventDetail=None), "other"),
        (source(messageType="unknownFutureValue"), "other"),
        (told("callEnded") | {"messageType": "unknownFutureValue"}, "call_ended"),
        (told("callEnded") | {"messageType": "aTypeOfTomorrow"}, "call_ended"),
    ],
)
def test_kinds_of_events(detail, kind):
    assert messages.message(detail).event.kind == kind


def test_what_word_of_a_recording_tells():
    initiator = {"user": {"id": "AB-1", "displayName": "Ada", "userIdentityType": "aadUser"}}
    event = messages.message(
        told(
            "callRecording",
            callRecordingStatus="success",
            callId="c1",
            callRecordingUrl="https://x/r.mp4",
            callRecordingDisplayName="r.mp4",
            callRecordingDuration="PT58M",
            initiator=initiator,
        )
    ).event
    assert (event.call_id, event.url, event.name) == ("c1", "https://x/r.mp4", "r.mp4")
    assert (event.seconds, event.initiator) == (3480.0, RemotePerson("ab-1", None, "Ada"))


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [
        ("PT58M", 3480.0),
        ("PT1H2.5S", 3602.5),
        ("PT0S", 0.0),
        ("P0D", 0.0),
        ("P1DT1S", 86401.0),
        ("P7D", 604_800.0),
        (None, None),
        ("", None),
    ],
)
def test_durations(duration, seconds):
    assert messages.message(told("callEnded", callDuration=duration)).event.seconds == seconds


@pytest.mark.parametrize(
    "duration",
    [
        *("soon", "58", "00:58:00", "PT58X", "P1Y", "P1W", "PT1H30"),
        *("-PT5M", "P7DT1S", "P999999D", "P9999999999999D"),
    ],
)
def test_for_an_odd_duration_no_message_is_lost(duration):
    """Unreadable, negative, or longer than a week: how long it took is not known."""
    event = messages.message(told("callEnded", callId="c1", callDuration=duration)).event
    assert (event.kind, event.call_id, event.seconds) == ("call_ended", "c1", None)


def test_a_number_is_no_duration():
    with pytest.raises(BadResponseError, match="“callDuration”"):
        messages.message(told("callEnded", callDuration=58))
