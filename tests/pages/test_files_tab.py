"""Files that people shared."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference, SharedFile
from conferences.templatetags.artifacts import file_type
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html, part, results, words

pytestmark = pytest.mark.django_db


def tab(client: Client, conference: Conference, **query: str) -> str:
    query = {"tab": "files", **query}
    return results(html(client, f"{conference.get_absolute_url()}?{urlencode(query)}"))


def rows(page: str) -> list[list[str]]:
    return [
        [words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in re.findall(r'<tr class="file[^"]*">(.*?)</tr>', page, re.DOTALL)
    ]


def test_what_is_known_of_a_file(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara, use_time_slots=True)
    slot = conference.time_slots.create(starts_at=making.START, ends_at=making.START + making.HOUR)
    artifacts.shared_file(conference, "reading-list.pdf", shares=2, slot=slot)
    artifacts.shared_file(
        conference,
        "notes\u202efdp.exe",
        size=None,
        mime_type="",
        url="javascript:hit()",
        gone_at=timezone.now(),
    )
    artifacts.shared_file(conference, "vanished.pdf", vanished_at=timezone.now())
    page = tab(as_mara, conference)
    assert rows(page) == [
        [
            "reading-list.pdf slot of March 10, 2026, 10:00",
            "PDF",
            "23.4 KB",
            "Ines Duarte",
            "March 10, 2026, 10:00 shared 2 times",
        ],
        [
            "notesfdp.exe no longer where it was",
            "EXE file",
            "unknown",
            "Ines Duarte",
            "March 10, 2026, 10:01",
        ],
    ]
    assert "hit()" not in page
    link = f'<a href="{artifacts.TENANT}/personal/mara/file-0.pdf" rel="noreferrer noopener"'
    assert link in page
    assert "Files 1" in words(part(page, '<a id="tab-files"', "</a>"))


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["B.pdf", "a.pdf", "c.pdf"]),
        ("date", ["B.pdf", "a.pdf", "c.pdf"]),
        ("-date", ["c.pdf", "a.pdf", "B.pdf"]),
        ("name", ["a.pdf", "B.pdf", "c.pdf"]),
        ("-name", ["c.pdf", "B.pdf", "a.pdf"]),
        ("size", ["c.pdf", "B.pdf", "a.pdf"]),
        ("-size", ["B.pdf", "c.pdf", "a.pdf"]),
        ("zebra", ["B.pdf", "a.pdf", "c.pdf"]),
    ],
)
def test_the_order_is_the_servers(
    as_mara: Client, mara: User, order: str, names: list[str]
) -> None:
    conference = making.conference(mara)
    for name, size in (("B.pdf", 20), ("a.pdf", None), ("c.pdf", 10)):
        artifacts.shared_file(conference, name, size=size)
    assert [row[0] for row in rows(tab(as_mara, conference, order=order))] == names


def test_headings_sort(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.shared_file(conference)
    page = tab(as_mara, conference, order="size", page="1")
    assert 'class="figure size" aria-sort="ascending"><a id="sort-size"' in page
    assert 'href="?tab=files&amp;order=-size"' in page
    assert 'href="?tab=files&amp;order=name"' in page


def test_fifty_a_page(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    for _ in range(60):
        artifacts.shared_file(conference)
    assert len(rows(tab(as_mara, conference))) == 50
    assert len(rows(tab(as_mara, conference, page="2", order="-name"))) == 10


@pytest.mark.parametrize(
    ("mime_type", "name", "word"),
    [
        ("application/pdf", "x", "PDF"),
        ("APPLICATION/PDF; version=1", "x", "PDF"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "x.docx",
            "Word document",
        ),
        ("application/octet-stream", "table.XLSX", "Excel workbook"),
        ("", "talk.pptx", "PowerPoint slides"),
        ("text/plain", "notes", "text"),
        ("text/csv", "notes.txt", "table (CSV)"),
        ("image/png", "x", "picture"),
        ("video/mp4", "x", "video"),
        ("audio/mpeg", "x", "sound"),
        ("", "data.gz", "archive"),
        ("", "model.stl", "STL file"),
        ("", "no suffix", "unknown"),
        ("", "odd.<b>x", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_a_type_in_words(mime_type: str, name: str, word: str) -> None:
    assert file_type(SharedFile(mime_type=mime_type, name=name)) == word
