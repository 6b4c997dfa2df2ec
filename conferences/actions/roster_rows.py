"""A roster's rows, read from a CSV file."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from conferences.actions.import_rows import named

COLUMNS = ("name", "email", "role", "directory_id")
NEEDED = ("name", "email")
LARGEST = 2 * 1024 * 1024
MOST_ROWS = 5_000

Row = tuple[int, dict[str, str]]  # the line that it ends in; values by column


@dataclass(frozen=True)
class Problem:
    """``line`` of the file, 0 for the whole of it; ``remedy`` says what is wrong and what helps."""

    line: int
    column: str
    value: str
    remedy: str | Promise


def decode(content: bytes) -> str:
    """Raises ValidationError for what is no text in UTF-8."""
    if len(content) > LARGEST:
        raise ValidationError(
            _("The file is larger than 2 MiB. Divide it into several, each with the first line.")
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ValidationError(
            _("Line %(line)s is not in UTF-8. Save the file as “CSV UTF-8” and choose it again."),
            params={"line": line},
        ) from error


def read_rows(text: str, problems: list[Problem]) -> list[Row]:
    """All rows with something in them; commas or semicolons, as the first line has them."""
    text = text.removeprefix("\ufeff")
    if (place := text.find("\0")) >= 0:
        remedy = _("is a character that cannot be stored. Remove it.")
        problems.append(Problem(text.count("\n", 0, place) + 1, "", "NUL", remedy))
        return []
    first = next(iter(text.splitlines()), "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        header = next(_lines(reader), (1, []))[1]
        if not _is_header([cell.lower() for cell in header], problems):
            return []
        rows = list(_rows(reader, [cell.lower() for cell in header], problems))
    except csv.Error:
        remedy = _(
            "This line cannot be read. Put text with a comma or a quotation mark in “quotes”, and "
            "write a quotation mark within it twice."
        )
        problems.append(Problem(reader.line_num, "", "", remedy))
    if not rows and not problems:
        remedy = _("There is nobody in the file: only its first line. Add a line for each person.")
        problems.append(Problem(0, "", "", remedy))
    return rows


def _lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    for cells in reader:
        if any(one_line := [" ".join(cell.split()) for cell in cells]):
            yield reader.line_num, one_line


def _rows(reader: Any, header: list[str], problems: list[Problem]) -> Iterator[Row]:
    for number, (line, cells) in enumerate(_lines(reader), start=1):
        if number > MOST_ROWS:
            remedy = _("A file holds at most 5,000 rows. Divide it into several.")
            problems.append(Problem(line, "", "", remedy))
            return
        if len(cells) > len(header):
            remedy = _("More cells than the first line has. Put text with a comma in “quotes”.")
            problems.append(Problem(line, "", named(cells[len(header)]), remedy))
            continue
        yield line, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def _is_header(header: Sequence[str], problems: list[Problem]) -> bool:
    missing = [name for name in NEEDED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    again = [name for name in COLUMNS if header.count(name) > 1]
    if wrong := [*unknown, *again]:
        remedy = (
            _("is no column of a roster. Use name, email, role and directory_id.")
            if unknown
            else _("is there more than once. Keep one of these columns.")
        )
        problems.append(Problem(1, named(wrong[0]), "", remedy))
    elif missing:
        problems.append(Problem(1, missing[0], "", _header_remedy()))
    return not problems


def _header_remedy() -> str:
    return _("The first line has to name the columns: name,email,role,directory_id")
