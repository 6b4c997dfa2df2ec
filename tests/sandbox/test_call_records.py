"""Call records: fact 4."""

from typing import Any
from urllib.parse import unquote

import pytest

from tests.sandbox.asking import Asker

CALLS = "/communications/callRecords"
DAY_OF_74 = ("2026-11-19T06:00:00Z", "2026-11-20T06:00:00Z")
HOURS_OF_74 = ("2026-11-20T04:30:00Z", "2026-11-20T06:30:00Z")
ALL_HANDS = ("2026-11-18T03:30:00Z", "2026-11-18T06:00:00Z")
LECTURE = ("2026-11-17T06:30:00Z", "2026-11-17T08:30:00Z")


def between(since: str, until: str) -> str:
    return f"startDateTime ge {since} and startDateTime lt {until}"


def call_of(asker: Asker, number: int, window: tuple[str, str]) -> dict[str, Any]:
    (found,) = [one for one in asker.calls(*window) if one["joinWebUrl"] == asker.link(number)]
    return found


def test_fact_4_sixty_a_page(asker: Asker) -> None:
    pages = asker.all_pages(CALLS, filter=between(*DAY_OF_74))
    assert [len(page) for page in pages] == [60, 15]


def test_fact_4_prefer_makes_pages_smaller_never_bigger(asker: Asker) -> None:
    wish: dict[str, Any] = {"filter": between(*DAY_OF_74)}
    small = asker.get(CALLS, headers={"Prefer": "odata.maxpagesize=7"}, **wish).json()
    big = asker.get(CALLS, headers={"Prefer": "odata.maxpagesize=999"}, **wish).json()
    assert (len(small["value"]), len(big["value"])) == (7, 60)
    assert "@odata.nextLink" in small


def test_fact_11_next_links_are_absolute_and_opaque_on_the_host_asked(asker: Asker) -> None:
    for host in ("127.0.0.1", "localhost"):
        root = asker.graph.replace("127.0.0.1", host)
        page = asker.get(f"{root}{CALLS}", filter=between(*DAY_OF_74)).json()
        assert page["@odata.nextLink"].startswith(f"{root}{CALLS}?")
        assert len(asker.get(page["@odata.nextLink"]).json()["value"]) == 15
    assert asker.get(CALLS, skiptoken="60").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"top": "10"},
        {"orderby": "startDateTime"},
        {"count": "true"},
        {"search": "x"},
        {"expand": "sessions"},
        {"filter": "endDateTime ge 2026-11-20T00:00:00Z"},
        {"filter": "joinWebUrl eq 'https://teams.microsoft.com/x'"},
        {"filter": "startDateTime eq 2026-11-20T00:00:00Z"},
        {"filter": "startDateTime ge '2026-11-20T00:00:00Z'"},
        {"filter": "startDateTime ge yesterday"},
        {"filter": "participants_v2/any(p:q/id eq 'x')"},
        {"filter": ""},
    ],
)
def test_fact_4_nothing_but_the_two_filters(asker: Asker, query: dict[str, Any]) -> None:
    bent = query.keys() & {"top", "orderby", "count", "search", "expand"} != set()
    assert asker.get(CALLS, bent=bent, **query).status_code == 400


def test_fact_4_each_comparison(asker: Asker) -> None:
    """88 starts at 04:01:00 exactly and is alone in that hour."""
    edges = [("ge", 1), ("gt", 0), ("le", 1), ("lt", 0)]
    for name, expected in edges:
        other = "le" if name.startswith("g") else "ge"
        bound = "2026-11-18T04:30:00Z" if other == "le" else "2026-11-18T03:30:00Z"
        wish = f"startDateTime {name} 2026-11-18T04:01:00Z and startDateTime {other} {bound}"
        assert len(asker.get(CALLS, filter=wish).json()["value"]) == expected, name


def test_fact_4_the_participant_filter_alone_and_combined(asker: Asker) -> None:
    hari = asker.user_id("hari.krishnan@example.edu")
    mine = f"participants_v2/any(p:p/id eq '{hari}')"
    assert len(asker.get(CALLS, filter=mine).json()["value"]) == 3
    both = f"{between(*HOURS_OF_74)} and {mine}"
    assert len(asker.get(CALLS, filter=both).json()["value"]) == 3
    asker.control("POST", "tenant", {"refuse_combined_filters": True})
    assert asker.get(CALLS, filter=both).status_code == 400
    assert asker.get(CALLS, filter=mine).status_code == 200


def test_fact_4_the_list_has_organizer_v2_and_never_people_or_sessions(asker: Asker) -> None:
    mara = asker.user_id("mara.lindqvist@example.edu")
    record = call_of(asker, 88, ALL_HANDS)
    assert record["organizer_v2"]["id"] == mara
    assert record["organizer_v2"]["identity"]["user"]["id"] == mara
    single = asker.get(f"{CALLS}/{record['id']}").json()
    for one in (record, single):
        assert not one.keys() & {"sessions", "participants_v2", "organizer", "participants"}
    assert asker.get(f"{CALLS}/{record['id']}/organizer_v2").json()["id"] == mara


def test_fact_4_young_records_are_neither_listed_nor_found(asker: Asker) -> None:
    window = ("2026-11-20T08:30:00Z", "2026-11-20T10:00:00Z")
    assert asker.calls(*window) == []
    asker.control("POST", "clock", {"advance_seconds": 8 * 60})  # 20 minutes after the end
    record = call_of(asker, 82, window)
    asker.control("POST", "clock", {"advance_seconds": -60})
    assert asker.calls(*window) == []
    assert asker.get(f"{CALLS}/{record['id']}").status_code == 404
    assert asker.get(f"{CALLS}/{record['id']}/sessions").status_code == 404


def test_fact_4_records_are_gone_after_30_days(asker: Asker) -> None:
    record = call_of(asker, 86, ("2026-11-18T08:00:00Z", "2026-11-18T09:00:00Z"))
    asker.control("POST", "clock", {"now": "2026-12-18T08:59:30Z"})
    asker.login()
    assert asker.get(f"{CALLS}/{record['id']}").status_code == 200
    asker.control("POST", "clock", {"now": "2026-12-18T09:00:00Z"})
    asker.login()
    assert asker.get(f"{CALLS}/{record['id']}").status_code == 404
    assert asker.calls("2026-11-18T08:00:00Z", "2026-11-18T09:00:00Z") == []


def test_fact_4_the_join_url_may_differ_in_case_and_encoding(asker: Asker) -> None:
    link = asker.link(74)
    urls = [one["joinWebUrl"] for one in asker.calls(*HOURS_OF_74) if one["joinWebUrl"]]
    assert urls.count(link) == 2
    alike = [url for url in urls if unquote(url).casefold() == unquote(link).casefold()]
    assert len(alike) == 3
