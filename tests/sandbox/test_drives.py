"""Drives, folders and search: fact 8."""

from typing import Any
from urllib.parse import quote

import pytest
import requests

from tests.sandbox.asking import Asker

MARA, NOOR = "mara.lindqvist@example.edu", "noor.haddad@example.edu"
INES, VIKTOR = "ines.duarte@example.edu", "viktor.sund@example.edu"
RECORDINGS = "drive/special/recordings"


def error(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["error"]["code"])


def listed(asker: Asker, who: str = MARA, **query: Any) -> list[dict[str, Any]]:
    return list(asker.get(f"/users/{who}/{RECORDINGS}/children", **query).json()["value"])


def test_fact_8_the_recordings_folder_is_found_whatever_its_name(asker: Asker) -> None:
    folder = asker.get(f"/users/{asker.user_id(MARA)}/{RECORDINGS}").json()
    assert (folder["name"], folder["specialFolder"]) == ("Aufnahmen", {"name": "recordings"})
    assert folder["folder"]["childCount"] == len(listed(asker)) == 6
    assert error(asker.get(f"/users/{MARA}/drive/root:/Recordings:/children")) == (
        404,
        "itemNotFound",
    )
    by_name = asker.get(f"/users/{MARA}/drive/root:/Aufnahmen:/children").json()["value"]
    assert [one["id"] for one in by_name] == [one["id"] for one in listed(asker)]


def test_fact_8_what_a_video_says_of_itself(asker: Asker) -> None:
    found = {one["name"]: one for one in listed(asker)}
    video = found["Linear Algebra, tutorial-20261118_080200-Meeting Recording.mp4"]
    assert (video["size"], video["video"]["duration"]) == (2048 + 1680, 1_680_000)
    assert video["file"]["mimeType"] == "video/mp4"
    assert video["createdDateTime"] == "2026-11-18T08:30:00Z"
    assert video["webUrl"].startswith(
        "https://example-my.sharepoint.com/personal/mara_lindqvist_example_edu/Documents/Aufnahmen/"
        "Linear%20Algebra"
    )
    drive = asker.get(f"/users/{MARA}/drive").json()
    assert video["parentReference"]["driveId"] == drive["id"]
    assert video["parentReference"]["path"] == f"/drives/{drive['id']}/root:/Aufnahmen"
    alone = asker.get(f"/drives/{drive['id']}/items/{video['id']}").json()
    assert (alone["name"], alone["eTag"]) == (video["name"], video["eTag"])


def test_fact_8_the_chat_names_the_file_by_its_url(asker: Asker) -> None:
    events = [one["eventDetail"] or {} for one in asker.messages(86)]
    named = {one["callRecordingUrl"] for one in events if one.get("callRecordingUrl")}
    assert named <= {one["webUrl"] for one in listed(asker)}
    assert len(named) == 2


def test_fact_8_a_drive_that_refuses_is_403_everywhere(asker: Asker) -> None:
    for path in ("drive", RECORDINGS, f"{RECORDINGS}/children", "drive/root:/Recordings"):
        assert error(asker.get(f"/users/{INES}/{path}")) == (403, "accessDenied")
    assert error(asker.get(f"/users/{VIKTOR}/{RECORDINGS}/children")) == (403, "accessDenied")


def test_fact_8_a_drive_that_is_not_provisioned_is_404(asker: Asker) -> None:
    missing = error(asker.get("/users/kim.park@example.edu/drive"))
    assert missing == (404, "ResourceNotFound")
    assert asker.get("/users/nobody@example.edu/drive").status_code == 404


def test_fact_8_a_missing_special_folder_is_404_and_is_not_made(asker: Asker) -> None:
    for _ in range(2):
        answer = asker.get(f"/users/jweber@example.edu/{RECORDINGS}/children")
        assert error(answer) == (404, "itemNotFound")


def test_fact_8_conditions_come_and_go(asker: Asker) -> None:
    path = f"/users/{MARA}/{RECORDINGS}/children"
    drive = asker.get(f"/users/{MARA}/drive").json()["id"]
    for access, expected in (
        ("denied", (403, "accessDenied")),
        ("missing", (404, "ResourceNotFound")),
    ):
        asker.change("set_drive", email=MARA, access=access)
        assert error(asker.get(path)) == expected
    assert error(asker.get(f"/drives/{drive}")) == (404, "itemNotFound")
    asker.change("set_drive", email=MARA, access="ok")
    assert len(listed(asker)) == 6


def test_fact_8_a_locked_file_is_listed_and_refused(asker: Asker) -> None:
    video = listed(asker)[1]
    path = f"/drives/{video['parentReference']['driveId']}/items/{video['id']}"
    asker.change("lock_file", file=video["id"])
    for where in (path, path + "/content"):
        assert error(asker.get(where)) == (423, "resourceLocked")
    seen = listed(asker)[1]
    assert seen["id"] == video["id"]
    assert "@microsoft.graph.downloadUrl" not in seen
    asker.change("lock_file", file=video["id"], locked=False)
    assert asker.get(path).status_code == 200
    asker.change("lock_file", file="Aufnahmen")
    assert error(asker.get(f"/users/{MARA}/{RECORDINGS}/children")) == (423, "resourceLocked")


def test_fact_8_children_come_in_pages_in_the_order_that_is_asked(asker: Asker) -> None:
    path = f"/users/{MARA}/{RECORDINGS}/children"
    pages = asker.all_pages(path, top="4")
    assert [len(page) for page in pages] == [4, 2]
    names = [one["name"] for page in pages for one in page]
    assert names == sorted(names, key=str.lower)
    by_time = listed(asker, orderby="createdDateTime desc")
    times = [one["createdDateTime"] for one in by_time]
    assert times == sorted(times, reverse=True)
    by_size = [one["size"] for one in listed(asker, orderby="size")]
    assert by_size == sorted(by_size)
    assert listed(asker, select="id,name")[0].keys() == {"id", "name"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("filter", "name eq 'x'"), ("orderby", "webUrl"), ("top", "0"), ("skip", "1")],
)
def test_fact_8_other_options_are_refused(asker: Asker, name: str, wanted: str) -> None:
    answer = asker.get(f"/users/{MARA}/{RECORDINGS}/children", bent=True, **{name: wanted})
    assert answer.status_code == 400


def test_fact_8_items_are_found_by_path_in_any_letter_case(asker: Asker) -> None:
    where = "root:/microsoft teams chat files/Reading-List.pdf"
    item = asker.get(f"/users/{MARA}/drive/{quote(where, safe='/:')}").json()
    assert (item["name"], item["size"]) == ("reading-list.pdf", 24_000)
    drive = item["parentReference"]["driveId"]
    assert asker.get(f"/drives/{drive}/root").json()["root"] == {}
    again = asker.get(f"/drives/{drive}/root:/Microsoft%20Teams%20Chat%20Files:/children").json()
    assert [one["id"] for one in again["value"]] == [item["id"]]


def test_fact_8_search_finds_names_and_contents_in_the_whole_drive(asker: Asker) -> None:
    def names(text: str) -> list[str]:
        found = asker.get(f"/users/{MARA}/drive/root/search(q='{quote(text)}')").json()["value"]
        return [one["name"] for one in found]

    assert len(names("meeting recording")) == 6  # one lies outside the folder of recordings
    assert names("reading-list") == ["reading-list.pdf"]
    assert names("nothing of the kind") == []
    assert names("it''s") == []
    drive = asker.get(f"/users/{MARA}/drive").json()["id"]
    pages = asker.all_pages(f"/drives/{drive}/root/search(q='recording')", top="4")
    assert [len(page) for page in pages] == [4, 2]


def test_fact_8_the_index_of_the_search_lags(asker: Asker) -> None:
    span = {"starts_at": "2026-11-20T09:00:00Z", "ends_at": "2026-11-20T09:30:00Z"}
    asker.change(
        "add_recording", conference=90, at="2026-11-20T09:59:00Z", routes=["drive"], **span
    )
    asker.change("rename_file", file="reading-list.pdf", name="list-of-reading.pdf")
    path = f"/users/{MARA}/drive/root/search(q='list-of')"
    assert asker.get(path).json()["value"] == []
    asker.control("POST", "clock", {"advance_seconds": 301})
    assert len(asker.get(path).json()["value"]) == 1
