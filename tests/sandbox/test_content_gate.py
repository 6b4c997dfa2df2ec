"""Locks before recordings, transcripts, chats, channels and files: facts 0, 8 and 11."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.test_channels import channel_path

MARA = "mara.lindqvist@example.edu"
GROWN = {
    "OnlineMeetingRecording.Read.All": "Forbidden",
    "OnlineMeetingTranscript.Read.All": "Forbidden",
    "Chat.Read.All": "Forbidden",
    "ChannelMessage.Read.All": "Forbidden",
    "Files.Read.All": "accessDenied",
}
PATHS: dict[str, tuple[Callable[[Asker], str], ...]] = {
    "OnlineMeetingRecording.Read.All": (
        lambda asker: asker.meeting_path(46) + "/recordings",
        lambda asker: asker.meeting_path(46) + "/recordings/x/content",
    ),
    "OnlineMeetingTranscript.Read.All": (
        lambda asker: asker.meeting_path(46) + "/transcripts",
        lambda asker: asker.meeting_path(46) + "/transcripts/x/content",
    ),
    "Chat.Read.All": (
        lambda asker: asker.thread_path(46),
        lambda asker: asker.thread_path(46) + "/messages",
    ),
    "ChannelMessage.Read.All": (
        lambda asker: channel_path(asker) + "/messages",
        lambda asker: channel_path(asker) + "/messages/1/replies",
    ),
    "Files.Read.All": (
        lambda asker: f"/users/{MARA}/drive",
        lambda asker: f"/users/{MARA}/drive/special/recordings/children",
        lambda asker: f"/users/{MARA}/drive/root/search(q='x')",
        lambda asker: channel_path(asker) + "/filesFolder",
        lambda asker: "/shares/u!aHR0cA/driveItem/content",
    ),
}


@pytest.mark.parametrize("role", GROWN)
def test_fact_0_each_route_needs_its_role(asker: Asker, role: str) -> None:
    paths = [path(asker) for path in PATHS[role]]
    assert all(asker.get(path).status_code != 403 for path in paths)
    asker.control("POST", "tenant", {"remove_roles": [role]})
    asker.login()
    for path in paths:
        answer = asker.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, GROWN[role])
    asker.get("/users/" + MARA)
    others = [path(asker) for other in GROWN.keys() - {role} for path in PATHS[other]]
    assert all(asker.get(path).status_code != 403 for path in others)


@pytest.mark.parametrize(
    ("least", "broader"),
    [
        ("Chat.Read.All", "Chat.ReadWrite.All"),
        ("ChannelMessage.Read.All", "Group.Read.All"),
        ("Files.Read.All", "Files.ReadWrite.All"),
        ("Files.Read.All", "Sites.Read.All"),
    ],
)
def test_fact_0_a_broader_grant_is_enough(asker: Asker, least: str, broader: str) -> None:
    asker.control("POST", "tenant", {"remove_roles": [least], "add_roles": [broader]})
    asker.login()
    assert all(asker.get(path(asker)).status_code != 403 for path in PATHS[least])


def test_fact_0_read_basic_shows_the_chat_and_no_message(asker: Asker) -> None:
    path = asker.thread_path(46)
    asker.control(
        "POST", "tenant", {"remove_roles": ["Chat.Read.All"], "add_roles": ["Chat.ReadBasic.All"]}
    )
    asker.login()
    assert asker.get(path).status_code == 200
    assert asker.get(path + "/messages").status_code == 403


def test_fact_0_recordings_and_transcripts_need_the_access_policy_and_the_rest_does_not(
    asker: Asker,
) -> None:
    meeting, chat = asker.meeting_path(46), asker.thread_path(46)
    asker.change("set_policy", email=MARA, granted=False)
    for artifact in ("recordings", "transcripts"):
        listed = asker.get(f"{meeting}/{artifact}")
        content = asker.get(f"{meeting}/{artifact}/x/content", headers={"Accept": "text/vtt"})
        assert (listed.status_code, content.status_code) == (403, 403)
        words = listed.json()["error"]["message"]
        assert words == "No Application Access Policy found for this app"
        assert "neither is allowed access through RSC" in content.json()["error"]["message"]
    for path in (chat, chat + "/messages", f"/users/{MARA}/drive"):
        assert asker.get(path).status_code == 200


def test_fact_10_no_token_is_401_everywhere(asker: Asker) -> None:
    for paths in PATHS.values():
        for path in paths:
            assert asker.get(path(asker), headers={"Authorization": ""}).status_code == 401


def test_fact_11_one_request_a_second_for_each_chat(asker: Asker) -> None:
    first, second = asker.thread_path(46) + "/messages", asker.thread_path(86) + "/messages"
    channel = channel_path(asker) + "/messages"
    asker.control("POST", "clock", {"running": False})
    asker.control("POST", "tenant", {"throttling": True})
    assert [asker.get(path).status_code for path in (first, second, channel)] == [200] * 3
    refused = asker.get(first)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert asker.get(channel).status_code == 429
    asker.control("POST", "clock", {"advance_seconds": 1})
    assert asker.get(first).status_code == 200
    assert asker.get(asker.thread_path(96)).status_code == 200  # the chat itself is another route


def test_fact_11_twenty_requests_a_second_for_all_chats(asker: Asker) -> None:
    asker.control("POST", "clock", {"running": False})
    asker.control("POST", "tenant", {"throttling": True})
    chats = [quote(f"19:meeting_{n}@thread.v2", safe="") for n in range(21)]
    found = [asker.get(f"/chats/{chat}/messages").status_code for chat in chats]
    assert found == [404] * 20 + [429]
