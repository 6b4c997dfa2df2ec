"""Downloads by redirect, and links to items: fact 8."""

from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

import pytest
import requests

from tests.sandbox.asking import Asker

MARA, NOOR = "mara.lindqvist@example.edu", "noor.haddad@example.edu"
FILE = f"/users/{MARA}/drive/root:/Microsoft%20Teams%20Chat%20Files/reading-list.pdf"


def location(asker: Asker) -> str:
    item = asker.get(FILE).json()
    path = f"/drives/{item['parentReference']['driveId']}/items/{item['id']}/content"
    answer = asker.get(path)
    assert (answer.status_code, answer.content) == (302, b"")
    by_user = asker.get(f"/users/{MARA}/drive/items/{item['id']}/content")
    assert by_user.status_code == 302
    return answer.headers["Location"]


def share(url: str) -> str:
    return "u!" + urlsafe_b64encode(url.encode()).decode().rstrip("=")


def test_fact_8_content_is_on_another_host_for_who_has_the_link(asker: Asker) -> None:
    where = urlsplit(location(asker))
    assert (urlsplit(asker.url).hostname, where.hostname) == ("127.0.0.1", "localhost")
    assert where.port == urlsplit(asker.url).port
    answer = requests.get(where.geturl(), timeout=20)
    assert (answer.status_code, len(answer.content)) == (200, 24_000)
    assert answer.headers["content-type"] == "application/pdf"
    seen = asker.control("GET", "requests")[-1]
    assert (seen["has_authorization"], seen["host"]) == (False, where.netloc)


def test_fact_8_from_localhost_it_leads_to_the_other_name(asker: Asker) -> None:
    url = asker.url.replace("127.0.0.1", "localhost") + "/v1.0" + FILE
    sent = {"Authorization": f"Bearer {asker.bearer}"}
    item = requests.get(url, headers=sent, timeout=20).json()
    assert urlsplit(item["@microsoft.graph.downloadUrl"]).hostname == "127.0.0.1"


def test_fact_8_an_authorization_header_is_refused_there(asker: Asker) -> None:
    sent = {"Authorization": f"Bearer {asker.bearer}"}
    refused = requests.get(location(asker), headers=sent, timeout=20)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "accessDenied")


def test_fact_8_the_link_is_good_for_minutes(asker: Asker) -> None:
    asker.control("POST", "clock", {"running": False})
    link = asker.get(FILE).json()["@microsoft.graph.downloadUrl"]
    asker.control("POST", "clock", {"advance_seconds": 299})
    assert requests.get(link, timeout=20).status_code == 200
    asker.control("POST", "clock", {"advance_seconds": 1})
    assert requests.get(link, timeout=20).status_code == 401


def test_fact_8_the_link_opens_nothing_else(asker: Asker) -> None:
    link, other = location(asker), asker.get(f"/users/{MARA}/drive/root:/Lehre").json()
    guid = other["eTag"].partition("{")[2].partition("}")[0].lower()
    mine = link.partition("UniqueId=")[2].partition("&")[0]
    assert requests.get(link.replace(mine, guid), timeout=20).status_code == 401
    assert requests.get(link[:-1], timeout=20).status_code == 401
    assert requests.get(link.partition("&")[0], timeout=20).status_code == 401


@pytest.mark.parametrize(
    ("wish", "status", "length", "content_range"),
    [
        ("bytes=0-99", 206, 100, "bytes 0-99/24000"),
        ("bytes=23990-", 206, 10, "bytes 23990-23999/24000"),
        ("bytes=-5", 206, 5, "bytes 23995-23999/24000"),
        ("bytes=0-99999", 206, 24000, "bytes 0-23999/24000"),
        ("bytes=0-1,5-6", 200, 24000, None),
        ("bytes=-", 200, 24000, None),
        ("lines=0-1", 200, 24000, None),
        ("bytes=24000-", 416, None, "bytes */24000"),
        ("bytes=9-3", 416, None, "bytes */24000"),
    ],
)
def test_fact_8_ranges_are_served_there(
    asker: Asker, wish: str, status: int, length: int | None, content_range: str | None
) -> None:
    link = location(asker)
    whole = requests.get(link, timeout=20).content
    answer = requests.get(link, headers={"Range": wish}, timeout=20)
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, content_range)
    if length is not None:
        assert len(answer.content) == length
        start = int(content_range.split()[1].partition("-")[0]) if content_range else 0
        assert answer.content == whole[start : start + length]


def test_fact_8_a_folder_and_a_removed_file_have_no_content(asker: Asker) -> None:
    link, item = location(asker), asker.get(FILE).json()
    drive = item["parentReference"]["driveId"]
    folder = f"/drives/{drive}/items/{item['parentReference']['id']}/content"
    assert asker.get(folder).status_code == 400
    asker.change("remove_file", file="reading-list.pdf")
    assert requests.get(link, timeout=20).status_code == 404
    gone = asker.get(f"/drives/{drive}/items/{item['id']}")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "itemNotFound")


def test_fact_8_shares_need_a_role_that_may_write_except_for_content(asker: Asker) -> None:
    path = f"/shares/{share(asker.get(FILE).json()['webUrl'])}/driveItem"
    refused = asker.get(path)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "accessDenied")
    assert asker.get(path + "/content").status_code == 302
    asker.control("POST", "tenant", {"add_roles": ["Files.ReadWrite.All"]})
    asker.login()
    assert asker.get(path).json()["id"] == asker.get(FILE).json()["id"]
    assert asker.get(path, select="name").json()["name"] == "reading-list.pdf"


def test_fact_8_shares_find_urls_and_links_and_tell_the_conditions_apart(asker: Asker) -> None:
    asker.control("POST", "tenant", {"add_roles": ["Files.ReadWrite.All"]})
    asker.login()

    def found(number: int, slot: int | None = None) -> requests.Response:
        events = [one["eventDetail"] or {} for one in asker.messages(number, slot)]
        (url, *_) = [one["callRecordingUrl"] for one in events if one.get("callRecordingUrl")]
        return asker.get(f"/shares/{share(url)}/driveItem")

    moved = found(51, 45).json()
    assert moved["name"] == "Testing Conference (1)-20261119_080300-Meeting Recording.mp4"
    assert moved["parentReference"]["path"].endswith("root:/Lehre/Testing")
    for number, status, code in ((46, 403, "accessDenied"), (95, 404, "itemNotFound")):
        answer = found(number)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    name = "Linear Algebra, tutorial-20261118_080200-Meeting Recording.mp4"
    asker.change("lock_file", file=name)
    assert found(86).status_code == 423


@pytest.mark.parametrize("token", ["u!%25%25%25", "s!abc", "abc", "u!aHR0cA=="])
def test_fact_8_a_share_is_u_and_base64url_without_padding(asker: Asker, token: str) -> None:
    assert asker.get(f"/shares/{token}/driveItem/content").status_code == 400
    unknown = share("https://example.sharepoint.com/sites/x/y.pdf")
    assert asker.get(f"/shares/{unknown}/driveItem/content").status_code == 404
