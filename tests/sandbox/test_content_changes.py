"""What happens to chats, recordings and files after the fact."""

from typing import Any

import pytest

from tests.sandbox.asking import ANCHOR, Asker

MARA, NOOR = "mara.lindqvist@example.edu", "noor.haddad@example.edu"
FOLDER = f"/users/{MARA}/drive/special/recordings/children"
SPAN = {"starts_at": "2026-11-18T08:10:00Z", "ends_at": "2026-11-18T08:12:00Z"}
BACKWARDS = {"starts_at": SPAN["ends_at"], "ends_at": SPAN["starts_at"]}


def routes(asker: Asker, number: int) -> tuple[int, int, int]:
    """How many recordings the API, the folder and the chat know."""
    listed = asker.get(asker.meeting_path(number) + "/recordings").json()["value"]
    title = asker.conference(number)["title"]
    files = [f for f in asker.get(FOLDER).json()["value"] if f["name"].startswith(title)]
    events = [one["eventDetail"] or {} for one in asker.messages(number)]
    named = [event for event in events if event.get("callRecordingStatus") == "success"]
    return len(listed), len(files), len(named)


def test_messages_are_added_edited_and_deleted(asker: Asker) -> None:
    asker.control("POST", "clock", {"running": False})
    asker.control("POST", "clock", {"now": ANCHOR})
    added = asker.change(
        "add_message", conference=86, email=NOOR, body="One more.", at="2026-11-18T08:40:00Z"
    )
    late = asker.change(
        "add_message", conference=86, name="Guest", body="Hello?", file="sheet-5.pdf"
    )
    assert len(asker.written(86)) == 7
    asker.change("edit_message", conference=86, message=added["message"], body="Two more.")
    asker.change("delete_message", conference=86, message=0)
    newest = asker.get(asker.thread_path(86) + "/messages").json()["value"]
    times = [one["lastModifiedDateTime"] for one in newest[:4]]
    assert times[:3] == ["2026-11-20T10:00:00Z"] * 3
    assert times[3] < "2026-11-19"
    found = {one["id"]: one for one in newest}
    assert found[added["message"]]["body"]["content"] == "Two more."
    assert found[added["message"]]["lastEditedDateTime"] == "2026-11-20T10:00:00Z"
    assert found[added["message"]]["createdDateTime"] == "2026-11-18T08:40:00Z"
    assert found[late["message"]]["attachments"][0]["name"] == "sheet-5.pdf"
    assert "Good morning." not in [one["body"]["content"] for one in asker.messages(86)]
    assert len(asker.written(86)) == 6


def test_a_reaction_modifies_and_edits_nothing(asker: Asker) -> None:
    asker.change("add_reaction", conference=86, message=2, email=MARA, reaction="heart")
    newest = asker.get(asker.thread_path(86) + "/messages", top="1").json()["value"][0]
    assert (newest["body"]["content"], newest["lastEditedDateTime"]) == ("Thank you!", None)
    assert newest["reactions"][0]["reactionType"] == "heart"


def test_a_channels_replies_change_too(asker: Asker) -> None:
    change = {"conference": 93, "message": 2, "body": "Yes!"}
    asker.change("edit_message", **change)
    post = asker.get(asker.meeting_path(93)).json()["chatInfo"]["messageId"]
    channel = asker.control("GET", "channels")["channels"][0]
    path = f"/teams/{channel['team_id']}/channels/{channel['channel_id']}/messages/{post}/replies"
    bodies = [one["body"]["content"] for one in asker.get(path).json()["value"]]
    assert "Yes!" in bodies
    assert "Yes." not in bodies


def test_a_recording_is_added_in_some_routes_or_all(asker: Asker) -> None:
    assert routes(asker, 86) == (2, 2, 2)
    asker.change("add_recording", conference=86, **SPAN)
    assert routes(asker, 86) == (3, 3, 3)
    later = {"starts_at": "2026-11-18T08:56:00Z", "ends_at": "2026-11-18T08:57:00Z"}
    asker.change("add_recording", conference=86, routes=["drive"], email=NOOR, **later)
    assert routes(asker, 86) == (3, 4, 3)
    asker.change("remove_recording", conference=86, recording=3, routes=["drive"])
    asker.change("add_recording", conference=86, routes=["chat"], **later)
    assert routes(asker, 86) == (3, 3, 4)


def test_a_recording_is_removed_and_the_chat_goes_on_naming_it(asker: Asker) -> None:
    asker.change("remove_recording", conference=86, recording=1)
    assert routes(asker, 86) == (1, 1, 2)
    asker.change("remove_recording", conference=86, recording=0, routes=["api", "drive", "chat"])
    assert routes(asker, 86) == (0, 0, 1)


def test_a_recording_expires(asker: Asker) -> None:
    found = asker.get(asker.meeting_path(86) + "/recordings").json()["value"]
    asker.change("expire_recording", conference=86, recording=found[0]["id"])
    assert routes(asker, 86) == (2, 1, 2)
    assert asker.get(found[0]["recordingContentUrl"]).status_code == 404


def test_a_renamed_file_keeps_its_id_and_its_shares(asker: Asker) -> None:
    where = f"/users/{NOOR}/drive/root:/Microsoft%20Teams%20Chat%20Files"
    before = asker.get(f"{where}/sheet-5.pdf").json()
    asker.change("rename_file", file="sheet-5.pdf", name="sheet 5, corrected.pdf")
    drive = before["parentReference"]["driveId"]
    after = asker.get(f"/drives/{drive}/items/{before['id']}").json()
    assert (after["name"], after["size"]) == ("sheet 5, corrected.pdf", 12_345)
    assert after["webUrl"].endswith("/sheet%205%2C%20corrected.pdf")
    assert after["eTag"] != before["eTag"]
    assert after["lastModifiedDateTime"].startswith("2026-11-20T10:0")
    assert asker.get(f"{where}/sheet-5.pdf").status_code == 404
    attached = [a for one in asker.messages(86) for a in one["attachments"]]
    assert [a["contentUrl"] for a in attached] == [before["webUrl"]]
    assert attached[0]["id"].upper() in after["eTag"]


def test_removed_files_are_gone_with_their_folders(asker: Asker) -> None:
    asker.change("remove_file", file="Aufnahmen")
    assert asker.get(FOLDER).status_code == 404
    name = "Linear%20Algebra,%20tutorial-20261118_080200-Meeting%20Recording.mp4"
    assert asker.get(f"/users/{MARA}/drive/root:/Aufnahmen/{name}").status_code == 404


def test_expiry_of_a_meeting_leaves_its_chat(asker: Asker) -> None:
    path = asker.thread_path(86)
    asker.change("expire_meeting", conference=86)
    assert asker.get(path + "/messages").status_code == 200


@pytest.mark.parametrize(
    "wish",
    [
        {"op": "edit_message", "conference": 86, "message": 99, "body": "x"},
        {"op": "edit_message", "conference": 86, "message": "none", "body": "x"},
        {"op": "edit_message", "conference": 86, "message": 0},
        {"op": "add_message", "conference": 86, "body": "by nobody"},
        {"op": "add_message", "conference": 86, "email": NOOR, "body": "x", "content_type": "md"},
        {"op": "add_message", "conference": 86, "email": NOOR, "body": "x", "file": "none.pdf"},
        {"op": "add_message", "conference": 86, "email": NOOR, "body": "x", "at": "yesterday"},
        {"op": "add_recording", "conference": 86, "routes": ["mail"], **SPAN},
        {"op": "add_recording", "conference": 86, "routes": [], **SPAN},
        {"op": "add_recording", "conference": 86, **BACKWARDS},
        {"op": "remove_recording", "conference": 86, "recording": "none"},
        {"op": "rename_file", "file": "none.pdf", "name": "x.pdf"},
        {"op": "rename_file", "file": "Recordings", "name": "in three drives"},
        {"op": "lock_file"},
        {"op": "set_drive", "email": MARA, "access": "open"},
        {"op": "set_drive", "email": "kim.park@example.edu", "access": "ok"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_done(
    asker: Asker, wish: dict[str, Any]
) -> None:
    def world() -> object:
        return asker.messages(86), routes(asker, 86)

    before = world()
    answer = asker.http.post(f"{asker.url}/_sandbox/world", json=wish)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert [str(part) for part in world()] == [str(part) for part in before]


@pytest.mark.parametrize("wish", [{"transcripts": "off"}, {"attribution": 0}])
def test_switches_of_transcripts_are_flags(asker: Asker, wish: object) -> None:
    answer = asker.http.post(f"{asker.url}/_sandbox/tenant", json=wish)
    assert answer.status_code == 400
    state = asker.control("GET", "tenant")
    assert (state["transcripts"], state["attribution"]) == (True, True)
