"""Chats: what may be asked, in which order, how much (fact 7)."""

from typing import Any
from urllib.parse import unquote

import pytest

from tests.sandbox.asking import Asker

MODIFIED, CREATED = "lastModifiedDateTime", "createdDateTime"


def value(asker: Asker, number: int, **query: Any) -> list[dict[str, Any]]:
    return list(asker.get(asker.thread_path(number) + "/messages", **query).json()["value"])


def test_fact_7_a_chat_leads_back_to_its_meeting(asker: Asker) -> None:
    chat = asker.get(asker.thread_path(46)).json()
    meeting = asker.get(asker.meeting_path(46)).json()
    assert (chat["id"], chat["chatType"]) == (meeting["chatInfo"]["threadId"], "meeting")
    bridge = chat["onlineMeetingInfo"]
    assert bridge["joinWebUrl"] == meeting["joinWebUrl"] == asker.link(46)
    assert bridge["calendarEventId"] == asker.conference(46)["meeting_id"]
    assert (
        bridge["organizer"]["id"] == meeting["participants"]["organizer"]["identity"]["user"]["id"]
    )
    unencoded = asker.get(unquote(asker.thread_path(46)))
    assert unencoded.json()["id"] == chat["id"]


def test_fact_7_every_meeting_has_a_chat_and_others_are_not_found(asker: Asker) -> None:
    assert value(asker, 90) == []
    assert asker.get("/chats/19%3Ameeting_none%40thread.v2").status_code == 404
    assert asker.get("/chats/19%3Ameeting_none%40thread.v2/messages").status_code == 404


def test_fact_7_twenty_by_default_fifty_at_most(asker: Asker) -> None:
    path = asker.thread_path(92) + "/messages"
    assert len(asker.get(path).json()["value"]) == 20
    assert len(asker.get(path, top="50").json()["value"]) == 50
    for wrong in ("51", "0", "-1", "many"):
        assert asker.get(path, top=wrong).status_code == 400


def test_fact_7_newest_first_to_the_end(asker: Asker) -> None:
    pages, path = [], asker.thread_path(92) + "/messages?$top=50&$orderby=createdDateTime desc"
    while path:
        page = asker.get(path, bent=True).json()
        pages.append(page["value"])
        path = page.get("@odata.nextLink", "")
    assert [len(page) for page in pages] == [50] * 40
    times = [one[CREATED] for page in pages for one in page]
    assert times == sorted(times, reverse=True)
    assert len({one["id"] for page in pages for one in page}) == 2000


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("orderby", "createdDateTime asc"),
        ("orderby", "createdDateTime"),
        ("orderby", "from desc"),
        ("orderby", "createdDateTime desc,lastModifiedDateTime desc"),
        ("select", "id"),
        ("expand", "replies"),
        ("search", "hello"),
        ("filter", "createdDateTime gt 2026-11-20T00:00:00Z"),
        ("filter", "lastModifiedDateTime ge 2026-11-20T00:00:00Z"),
        ("filter", "from eq 'Mara'"),
        ("filter", "createdDateTime lt yesterday"),
    ],
)
def test_fact_7_other_options_are_refused(asker: Asker, name: str, wanted: str) -> None:
    answer = asker.get(asker.thread_path(46) + "/messages", bent=True, **{name: wanted})
    assert answer.status_code == 400


def test_fact_7_the_order_is_by_modification_unless_asked_otherwise(asker: Asker) -> None:
    by_default, by_modified, by_created = (
        value(asker, 46, top="50", **order)
        for order in ({}, {"orderby": f"{MODIFIED} desc"}, {"orderby": f"{CREATED} desc"})
    )
    assert by_default == by_modified
    for name, found in ((MODIFIED, by_modified), (CREATED, by_created)):
        times = [one[name] for one in found]
        assert times == sorted(times, reverse=True)
    assert by_modified != by_created  # something was edited


def test_fact_7_the_filter_counts_only_with_its_own_order(asker: Asker) -> None:
    before = f"{CREATED} lt 2026-11-20T07:05:00Z"
    ignored = value(asker, 46, top="50", filter=before)
    mismatched = value(asker, 46, top="50", filter=before, orderby=f"{MODIFIED} desc")
    counted = value(asker, 46, top="50", filter=before, orderby=f"{CREATED} desc")
    assert len(ignored) == len(mismatched) == 15
    # Also of the property by which the list is ordered when nothing is asked.
    assert len(value(asker, 46, top="50", filter=f"{MODIFIED} gt 2026-11-20T07:51:00Z")) == 15
    # The call began, the recording began, two messages; the third is at 07:05 to the second.
    assert len(counted) == 4


def test_fact_7_a_watermark_brings_what_was_modified_since(asker: Asker) -> None:
    since = f"{MODIFIED} gt 2026-11-20T07:51:00Z and {MODIFIED} lt 2026-11-20T08:05:00Z"
    found = value(asker, 46, filter=since, orderby=f"{MODIFIED} desc")
    assert [one[MODIFIED] for one in found] == [
        "2026-11-20T08:00:00Z",  # the call ended
        "2026-11-20T07:55:00Z",  # an edit of 07:22
        "2026-11-20T07:52:00Z",
    ]
    assert (
        value(asker, 46, filter=f"{MODIFIED} gt 2026-11-20T09:00:00Z", orderby=f"{MODIFIED} desc")
        == []
    )


def test_fact_7_a_next_link_keeps_what_was_asked(asker: Asker) -> None:
    wish = {
        "filter": f"{CREATED} lt 2026-11-20T07:05:00Z",
        "orderby": f"{CREATED} desc",
        "top": "3",
    }
    pages = asker.all_pages(asker.thread_path(46) + "/messages", **wish)
    assert [len(page) for page in pages] == [3, 1]


def test_fact_7_what_is_not_written_yet_is_not_there(asker: Asker) -> None:
    path = asker.thread_path(46) + "/messages"
    asker.control("POST", "clock", {"now": "2026-11-20T07:04:30Z"})
    asker.login()
    assert len(asker.get(path).json()["value"]) == 4


def test_fact_7_a_channel_is_not_a_chat(asker: Asker) -> None:
    assert asker.get(asker.thread_path(93)).status_code == 400
    assert asker.get(asker.thread_path(93) + "/messages").status_code == 400
