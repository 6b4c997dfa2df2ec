"""Channel meetings: facts 7 and 8."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.sandbox.asking import Asker


def channel_path(asker: Asker) -> str:
    """``/teams/{t}/channels/{c}`` of 93, which no route of the vendor's tells."""
    (found,) = asker.control("GET", "channels")["channels"]
    assert found["conference"] == 93
    return f"/teams/{found['team_id']}/channels/{quote(found['channel_id'], safe='')}"


def replies(asker: Asker, **query: Any) -> list[list[dict[str, Any]]]:
    post = asker.get(asker.meeting_path(93)).json()["chatInfo"]["messageId"]
    return asker.all_pages(f"{channel_path(asker)}/messages/{post}/replies", **query)


def test_fact_7_a_channel_meeting_names_the_channel_and_the_post(asker: Asker) -> None:
    meeting = asker.get(asker.meeting_path(93)).json()
    thread, post = meeting["chatInfo"]["threadId"], meeting["chatInfo"]["messageId"]
    assert thread.endswith("@thread.tacv2")
    assert channel_path(asker).endswith(quote(thread, safe=""))
    assert f"%40thread.tacv2/{post}?context=" in asker.link(93)
    root = asker.get(f"{channel_path(asker)}/messages/{post}").json()
    assert (root["subject"], root["replyToId"]) == ("Channel seminar", None)
    assert [one["contentType"] for one in root["attachments"]] == ["meetingReference"]


def test_fact_7_posts_newest_first_with_replies_on_request(asker: Asker) -> None:
    (bare,) = asker.all_pages(channel_path(asker) + "/messages")
    (posts,) = asker.all_pages(channel_path(asker) + "/messages", expand="replies")
    assert [len(one["replies"]) for one in posts] == [0, 10, 1]
    assert [one["createdDateTime"] for one in posts] == [
        "2026-11-12T08:30:00Z",
        "2026-11-11T08:00:00Z",
        "2026-11-11T06:00:00Z",
    ]
    assert [one["id"] for one in bare] == [one["id"] for one in posts]
    assert "replies" not in bare[0]


def test_fact_7_the_talk_is_replies_to_the_post(asker: Asker) -> None:
    (found,) = replies(asker)
    assert len(found) == 10
    identity = found[0]["channelIdentity"]
    assert channel_path(asker).split("/")[2] == identity["teamId"]
    assert {one["chatId"] for one in found} == {None}
    assert {one["messageType"] for one in found} == {"message", "unknownFutureValue"}
    post = asker.get(asker.meeting_path(93)).json()["chatInfo"]["messageId"]
    assert {one["replyToId"] for one in found} == {post}
    assert [len(page) for page in replies(asker, top="4")] == [4, 4, 2]


@pytest.mark.parametrize(
    ("name", "wanted"), [("orderby", "createdDateTime desc"), ("top", "51"), ("expand", "from")]
)
def test_fact_7_channels_understand_less_than_chats(asker: Asker, name: str, wanted: str) -> None:
    query = {name: wanted}
    assert asker.get(channel_path(asker) + "/messages", bent=True, **query).status_code == 400


def test_fact_5_a_channel_recording_is_in_the_folder_of_the_channel(asker: Asker) -> None:
    assert asker.get(asker.meeting_path(93) + "/recordings").json()["value"] == []
    folder = asker.get(channel_path(asker) + "/filesFolder").json()
    drive = folder["parentReference"]["driveId"]
    assert (folder["name"], folder["parentReference"]["driveType"]) == (
        "General",
        "documentLibrary",
    )
    inside = asker.get(f"/drives/{drive}/items/{folder['id']}/children").json()["value"]
    assert [one["name"] for one in inside] == ["plan.pdf", "Recordings"]
    assert "specialFolder" not in inside[1]
    (video,) = asker.get(f"/drives/{drive}/items/{inside[1]['id']}/children").json()["value"]
    assert video["video"]["duration"] == 3_300_000
    events = [one["eventDetail"] for (page,) in [replies(asker)] for one in page]
    urls = {event["callRecordingUrl"] for event in events if event and "callRecordingUrl" in event}
    assert urls == {None, video["webUrl"]}


def test_an_unknown_channel_or_post_is_not_found(asker: Asker) -> None:
    other = channel_path(asker).replace("seminar", "").replace("93channel", "94channel")
    assert asker.get(other + "/messages").status_code == 404
    assert asker.get(channel_path(asker) + "/messages/1/replies").status_code == 404
