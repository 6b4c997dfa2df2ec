"""Messages: who, what, and what happened to them (fact 7)."""

import struct
import zlib
from typing import Any

from tests.sandbox.asking import Asker


def by_body(asker: Asker, words: str, number: int = 46) -> dict[str, Any]:
    (found,) = [one for one in asker.messages(number) if words in (one["body"]["content"] or "")]
    return dict(found)


def events(asker: Asker, number: int, slot: int | None = None) -> dict[str, list[dict[str, Any]]]:
    """Event details by the name in their type."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in asker.messages(number, slot):
        if one["eventDetail"]:
            name = one["eventDetail"]["@odata.type"].removeprefix("#microsoft.graph.")
            found.setdefault(name.removesuffix("EventMessageDetail"), []).append(one["eventDetail"])
    return found


def test_fact_7_system_messages_are_unknown_unless_preferred(asker: Asker) -> None:
    def kinds(enums: bool) -> dict[str, int]:
        found = [one["messageType"] for one in asker.messages(46, enums=enums)]
        return {kind: found.count(kind) for kind in found}

    assert kinds(enums=False) == {"message": 10, "unknownFutureValue": 5}
    assert kinds(enums=True) == {"message": 10, "systemEventMessage": 5}


def test_fact_7_nobody_wrote_a_system_message(asker: Asker) -> None:
    for one in asker.messages(46):
        if one["messageType"] == "systemEventMessage":
            assert one["from"] is None
            assert one["body"] == {"contentType": "html", "content": "<systemEventMessage/>"}


def test_fact_7_recording_events_join_the_recording_by_call(asker: Asker) -> None:
    began, done = events(asker, 46)["callRecording"]
    (recording,) = asker.get(asker.meeting_path(46) + "/recordings").json()["value"]
    assert began["callId"] == done["callId"] == recording["callId"]
    assert (began["callRecordingStatus"], done["callRecordingStatus"]) == ("initial", "success")
    assert (began["callRecordingUrl"], done["callRecordingDuration"]) == (None, "PT58M")
    assert done["callRecordingDisplayName"].endswith("-20261120_070100-Meeting Recording.mp4")
    assert done["callRecordingUrl"].startswith(
        "https://example-my.sharepoint.com/personal/ines_duarte_example_edu/Documents/Recordings/"
    )
    assert done["initiator"]["user"]["displayName"] == "Ines Duarte"
    mara = asker.user_id("mara.lindqvist@example.edu")
    assert done["meetingOrganizer"]["user"]["id"] == mara


def test_fact_7_call_and_transcript_events(asker: Asker) -> None:
    found = events(asker, 46)
    (ended,), (transcript,) = found["callEnded"], found["callTranscript"]
    assert ended["callDuration"] == "PT1H"
    people = [one["participant"]["user"]["displayName"] for one in ended["callParticipants"]]
    assert people == ["Mara Lindqvist", "Noor Haddad", "Ines Duarte"]
    assert transcript["callTranscriptICalUid"]
    assert transcript["callId"] == ended["callId"] == found["callStarted"][0]["callId"]


def test_fact_7_members_guests_and_bots(asker: Asker) -> None:
    member = by_body(asker, "table.")["from"]
    assert member["application"] is None
    assert member["user"]["id"] == asker.user_id("mara.lindqvist@example.edu")
    assert member["user"]["userIdentityType"] == "aadUser"
    guest = by_body(asker, "microphone")["from"]["user"]
    assert (guest["displayName"], guest["userIdentityType"]) == ("Robin (Guest)", "anonymousGuest")
    (bot,) = [one for one in asker.messages(46) if (one["from"] or {}).get("application")]
    assert (bot["from"]["application"]["displayName"], bot["from"]["user"]) == ("Polls", None)
    assert "@example.edu" not in str([one["from"] for one in asker.messages(46)])


def test_fact_7_a_deleted_message_keeps_its_place_and_loses_its_content(asker: Asker) -> None:
    (gone,) = [one for one in asker.messages(46) if one["deletedDateTime"]]
    assert (gone["createdDateTime"], gone["deletedDateTime"]) == (
        "2026-11-20T07:27:00Z",
        "2026-11-20T07:28:00Z",
    )
    assert gone["lastModifiedDateTime"] == gone["deletedDateTime"]
    assert (gone["messageType"], gone["body"]["content"]) == ("message", "")


def test_fact_7_an_edit_shows_and_a_reaction_is_none(asker: Asker) -> None:
    edited, liked = by_body(asker, "n = 48"), by_body(asker, "table.")
    assert edited["lastEditedDateTime"] == edited["lastModifiedDateTime"] == "2026-11-20T07:55:00Z"
    assert (liked["createdDateTime"], liked["lastModifiedDateTime"]) == (
        "2026-11-20T07:05:00Z",
        "2026-11-20T07:05:20Z",
    )
    assert liked["lastEditedDateTime"] is None
    (reaction,) = liked["reactions"]
    assert (reaction["reactionType"], reaction["createdDateTime"]) == (
        "like",
        "2026-11-20T07:05:20Z",
    )
    assert reaction["user"]["user"]["id"] == asker.user_id("noor.haddad@example.edu")


def test_fact_7_bodies_are_text_or_html_with_mentions(asker: Asker) -> None:
    assert by_body(asker, "table.")["body"]["contentType"] == "text"
    question = by_body(asker, "page 4")
    assert question["body"]["contentType"] == "html"
    assert '<at id="0">Mara Lindqvist</at>' in question["body"]["content"]
    (mention,) = question["mentions"]
    assert (mention["id"], mention["mentionText"]) == (0, "Mara Lindqvist")
    assert mention["mentioned"]["user"]["displayName"] == "Mara Lindqvist"


def test_fact_7_files_are_references_others_are_cards(asker: Asker) -> None:
    attached = [a for one in asker.messages(46) for a in one["attachments"]]
    files = [a for a in attached if a["contentType"] == "reference"]
    assert [a["name"] for a in files] == [
        "reading-list.pdf",
        "method-notes.docx",
        "reading-list.pdf",
    ]
    assert files[0]["id"] == files[2]["id"]
    assert files[0]["contentUrl"].endswith("/Microsoft%20Teams%20Chat%20Files/reading-list.pdf")
    (card,) = [a for a in attached if a["contentType"] != "reference"]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert (card["contentUrl"], card["content"][:1]) == (None, "{")
    with_file = by_body(asker, "The paper is on it")
    assert f'<attachment id="{files[0]["id"]}"></attachment>' in with_file["body"]["content"]


def test_fact_7_inline_images_need_the_token(asker: Asker) -> None:
    figure = by_body(asker, "Figure 2")
    source = figure["body"]["content"].partition('src="')[2].partition('"')[0]
    assert source.startswith(asker.graph + "/chats/")
    assert source.endswith(f"/messages/{figure['id']}/hostedContents/figure/$value")
    image = asker.get(source)
    assert (image.status_code, image.headers["content-type"]) == (200, "image/png")
    assert asker.get(source, headers={"Authorization": ""}).status_code == 401
    assert asker.get(source.replace("figure/$", "other/$")).status_code == 404
    # A real picture: a browser would show it.
    position = 8
    while position < len(image.content):
        (length,) = struct.unpack(">I", image.content[position : position + 4])
        chunk = image.content[position + 4 : position + 8 + length]
        check = image.content[position + 8 + length : position + 12 + length]
        assert struct.pack(">I", zlib.crc32(chunk)) == check
        position += 12 + length


def test_fact_7_one_message_alone(asker: Asker) -> None:
    listed = by_body(asker, "n = 48")
    alone = asker.get(f"{asker.thread_path(46)}/messages/{listed['id']}").json()
    assert {**alone, "@odata.context": None} == {**listed, "@odata.context": None}
    assert asker.get(f"{asker.thread_path(46)}/messages/1").status_code == 404
