"""Odd words in addresses: pages that say what they show, never a fault of ours."""

import re
from html import unescape
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.input.addresses import EVERY_TAB, READS, Address, our_addresses
from tests.input.fuzzing import examples
from tests.input.stage import Stage, digest
from tests.input.values import LONG, MOMENTS, NUMBERS, RARE_MOMENTS, TURNED, encoded, named
from tests.pages import making_artifacts

READING = [one for one in our_addresses() if READS[one.name].query]
NAMED_BY_NUMBERS = [one for one in our_addresses() if one.arguments]
BEYOND = ("3", "-1", "0", "9223372036854775808", "9" * 30)
NO_NUMBERS = ("", "x", "nan", "1.5", "9" * 5000, "\0")


def visit(client: Client, place: str, query: str = "", method: str = "GET") -> tuple[int, str]:
    """Status and page; the words of the address arrive as they are."""
    answer = client.request(PATH_INFO=place, QUERY_STRING=query, REQUEST_METHOD=method)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("address", READING, ids=lambda one: one.name)
def test_odd_words_in_an_address(address: Address, stage: Stage, visitor: Client) -> None:
    place, before = address.at(stage.keys), digest()
    names = st.sampled_from([*sorted(READS[address.name].query), "unknown", ""])
    tabs = st.sampled_from([f"tab={tab}&" for tab in EVERY_TAB] + [""])

    @examples(40 if address.name == "conference_detail" else 25)
    @given(tab=tabs, query=named(names))
    def look(tab: str, query: str) -> None:
        tab = tab if address.name == "conference_detail" else ""
        status, _ = visit(visitor, place, tab + query)
        assert status in {200, 302, 405}, (tab, query)

    look()
    assert digest() == before


@pytest.mark.parametrize("address", NAMED_BY_NUMBERS, ids=lambda one: one.name)
def test_odd_numbers_in_a_path(address: Address, stage: Stage, visitor: Client) -> None:
    """Nothing lies there, which the page for it says."""
    before = digest()
    for name in address.arguments:
        keys = stage.keys | {name: 7_777_777}
        for number in ("0", "2147483648", "9223372036854775808", "9" * 30, "9" * 5000, "\u0663"):
            as_sent = number.encode().decode("iso-8859-1")
            place = address.at(keys).replace("7777777", as_sent)
            for method in ("GET", "POST"):
                status, page = visit(visitor, place, method=method)
                assert status in {404, 405}, (place[:80], method)
                assert status == 405 or "This page does not exist" in page
    assert digest() == before


@examples(50)
@given(parts=st.lists(encoded, min_size=1, max_size=3), start=st.sampled_from(["", "conferences/"]))
def test_junk_in_a_path(parts: list[str], start: str, visitor: Client) -> None:
    path = unquote_to_bytes("/" + start + "/".join(parts)).decode("iso-8859-1")
    status, _ = visit(visitor, path)
    assert status in {200, 301, 302, 404, 405}, path[:80]


def test_an_unknown_choice_falls_back_to_one_that_is_shown(stage: Stage, visitor: Client) -> None:
    conference = stage.conference.get_absolute_url()
    for value in map(quote, (NUMBERS[-1], "9" * 30, "weather", "<b>", "\0", "-")):
        listed = visit(visitor, "/conferences/", f"when={value}")[1]
        assert '<option value="all" selected>' in listed
        page = visit(visitor, conference, f"tab={value}")[1]
        assert 'id="tab-participants"' in re.findall(r'<a [^>]*aria-current="page"', page)[0]
        for tab in ("participants", "files"):
            page = visit(visitor, conference, f"tab={tab}&order={value}")[1]
            assert page.count('aria-sort="ascending"') == 1, (tab, value)
        page = visit(visitor, conference, f"tab=transcripts&transcript={value}")[1]
        assert "Good morning" in page


def test_a_page_beyond_the_last_is_the_last(stage: Stage, visitor: Client) -> None:
    for number in range(50):
        making_artifacts.message(stage.conference, f"Message {number}")
    place = stage.conference.get_absolute_url()
    for value, current in [*((one, "2") for one in BEYOND), *((one, "1") for one in NO_NUMBERS)]:
        page = visit(visitor, place, f"tab=chat&page={quote(value)}")[1]
        assert f'<span aria-current="page">{current}</span>' in page, value


@pytest.mark.parametrize("name", ["from", "to"])
def test_a_moment_that_cannot_be_read_is_told_with_a_remedy(
    name: str, stage: Stage, visitor: Client
) -> None:
    label = {"from": "From", "to": "To"}[name]
    for value in (*MOMENTS, *NUMBERS, "<b>", TURNED, LONG):
        query = f"tab=chat&{name}={quote(value)}"
        said = unescape(visit(visitor, stage.conference.get_absolute_url(), query)[1])
        shown = value.strip()[:40]
        remedy = "is no date and time. Write it as in 2026-03-10T14:30, or leave it empty."
        assert f"{label}: “{shown}” {remedy}" in said, value
    for value in RARE_MOMENTS:
        query = f"tab=chat&{name}={quote(value)}"
        said = visit(visitor, stage.conference.get_absolute_url(), query)[1]
        assert "is no date and time" not in said, value
