"""A page as its reader has it: text without tags, and its elements."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from conferences.models import Conference

_BLOCK = re.compile(r"</(?:td|th|dt|dd|li|p|div|h\d)>")
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")


def html(client: Client, where: Conference | str) -> str:
    """The page of a conference or at an address; it must be there."""
    address = where if isinstance(where, str) else reverse("conference_detail", args=[where.pk])
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def words(page: str) -> str:
    """What can be read, with single spaces."""
    return _SPACE.sub(" ", unescape(_TAG.sub("", _BLOCK.sub(" ", page)))).strip()


def part(page: str, start: str, end: str) -> str:
    """From the first ``start`` to the ``end`` after it."""
    begin = page.index(start)
    return page[begin : page.index(end, begin) + len(end)]


def panel(page: str) -> str:
    return part(page, '<section id="sync-panel"', "</section>")


def results(page: str) -> str:
    return part(page, '<div id="results"', "</main>")


def rows(page: str) -> list[list[str]]:
    """The cells of all participants."""
    found = re.findall(r'<tr class="participant">(.*?)</tr>', page, re.DOTALL)
    return [
        [words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in found
    ]
