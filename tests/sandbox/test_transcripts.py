"""Transcripts: facts 0 (the switches) and 6."""

from typing import Any

import pytest
import requests

from tests.sandbox.asking import Asker

PLAIN = "application/vnd.microsoft.graph.transcript+text"
VTT = {"Accept": "text/vtt"}


def path(asker: Asker, number: int, position: int = 0) -> str:
    where = asker.meeting_path(number) + "/transcripts"
    return f"{where}/{asker.get(where).json()['value'][position]['id']}"


def vtt(asker: Asker, number: int, position: int = 0) -> list[str]:
    """The lines of its content."""
    answer = asker.get(path(asker, number, position) + "/content", headers=VTT)
    assert answer.headers["content-type"] == "text/vtt"
    return answer.content.decode("utf-8").splitlines()


def inner_code(answer: requests.Response) -> Any:
    return answer.json()["error"]["innerError"].get("code")


def test_fact_6_a_transcript_names_its_call_its_span_and_its_content(asker: Asker) -> None:
    where = asker.meeting_path(46)
    (transcript,) = asker.get(f"{where}/transcripts").json()["value"]
    (recording,) = asker.get(f"{where}/recordings").json()["value"]
    for name in ("callId", "contentCorrelationId", "meetingId", "createdDateTime"):
        assert transcript[name] == recording[name]
    one = asker.get(f"{where}/transcripts/{transcript['id']}").json()
    assert one["transcriptContentUrl"] == transcript["transcriptContentUrl"]
    assert asker.get(transcript["transcriptContentUrl"], headers=VTT).status_code == 200


def test_fact_6_format_or_accept_choose_the_form(asker: Asker) -> None:
    content = path(asker, 46) + "/content"
    by_format = asker.get(content, format="text/vtt")
    assert by_format.text == asker.get(content, headers=VTT).text
    plain = asker.get(content, headers={"Accept": PLAIN})
    assert plain.headers["content-type"] == PLAIN
    assert asker.get(content, headers={"Accept": "text/html, text/vtt;q=0.5"}).status_code == 200
    assert asker.get(content).status_code == 400
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert asker.get(content, headers={"Accept": docx}).status_code == 400
    assert asker.get(content, bent=True, format="docx").status_code == 400


def test_fact_6_webvtt_with_voices_and_entities(asker: Asker) -> None:
    lines = vtt(asker, 46)
    assert lines[0] == "WEBVTT"
    assert sum("-->" in line for line in lines) == 12
    assert lines[3:5] == [
        "00:00:00.000 --> 00:00:05.320",
        "<v Mara Lindqvist>Welcome, everybody.</v>",
    ]
    assert "<v Jonas Weber>They report p &lt; 0.05 &amp; n &gt; 40.</v>" in lines


def test_fact_6_a_cue_can_have_no_voice(asker: Asker) -> None:
    assert "[Laughter]" in vtt(asker, 46)
    assert "[Applause]" in vtt(asker, 94)


def test_fact_6_cues_can_have_identifiers(asker: Asker) -> None:
    assert vtt(asker, 46)[2].endswith("/0-0")
    assert "-->" in vtt(asker, 94)[2]


def test_fact_6_offsets_can_be_unpadded(asker: Asker) -> None:
    assert [line for line in vtt(asker, 94) if "-->" in line] == [
        "0:0:0.0 --> 0:0:5.320",
        "0:0:6.500 --> 0:0:9.0",
        "0:1:1.0 --> 0:1:5.0",
    ]


def test_fact_6_offsets_can_be_negative(asker: Asker) -> None:
    assert [line for line in vtt(asker, 94, 1) if "-->" in line][:2] == [
        "-00:00:04.250 --> -00:00:01.500",
        "-00:00:00.750 --> 00:00:03.000",
    ]
    assert "<v Ines Duarte>… which is why I asked.</v>" in vtt(asker, 94, 1)


def test_fact_6_no_transcription_is_an_empty_list(asker: Asker) -> None:
    assert asker.get(asker.meeting_path(92) + "/transcripts").json()["value"] == []
    assert asker.get(asker.meeting_path(92) + "/transcripts/none").status_code == 404


@pytest.mark.parametrize("where", ["list", "get", "content"])
def test_fact_0_the_switch_overrides_every_permission(asker: Asker, where: str) -> None:
    one = path(asker, 94)
    paths = {"list": one.rpartition("/")[0], "get": one, "content": one + "/content"}
    asker.control("POST", "tenant", {"transcripts": False})
    refused = asker.get(paths[where], headers=VTT)
    assert refused.status_code == 403
    assert inner_code(refused) == "GraphAccessToTranscriptsDisabled"
    assert asker.get(asker.meeting_path(94) + "/recordings").status_code == 200
    assert asker.get(asker.thread_path(94) + "/messages").status_code == 200
    asker.control("POST", "tenant", {"transcripts": True})
    assert asker.get(paths[where], headers=VTT).status_code == 200


def test_fact_0_without_attribution_only_the_other_form_is_given(asker: Asker) -> None:
    content = path(asker, 94, 1) + "/content"
    asker.control("POST", "tenant", {"attribution": False})
    for refused in (asker.get(content, headers=VTT), asker.get(content, format="text/vtt")):
        assert refused.status_code == 403
        assert inner_code(refused) == "SpeakerAttributionNotAllowed"
    plain = asker.get(content, headers={"Accept": PLAIN})
    assert plain.status_code == 200
    assert "If a &lt; b and b &lt; c, then a &lt; c." in plain.content.decode()
    assert "Ines" not in plain.text
    assert "<v" not in plain.text
    assert asker.get(content.rpartition("/")[0]).status_code == 200


def test_fact_6_all_transcripts_of_an_organizer_in_a_span(asker: Asker) -> None:
    """The tenant's switch shuts this list as well."""
    where, _, _meeting = asker.meeting_path(94).rpartition("/")
    organizer = where.split("/")[2]
    of = f"{where}/getAllTranscripts(meetingOrganizerUserId='{organizer}'"
    everything = asker.get(f"{of})").json()["value"]
    assert len(everything) > 3
    first = min(one["createdDateTime"] for one in everything)
    early = asker.get(f"{of},startDateTime={first},endDateTime={first})").json()["value"]
    assert early == []
    asker.control("POST", "tenant", {"transcripts": False})
    refused = asker.get(f"{of})")
    assert (refused.status_code, inner_code(refused)) == (403, "GraphAccessToTranscriptsDisabled")
