"""One recording from up to three routes: the platform's list, the chat, the drive. Pure.

Of the list and the chat the call tells what belongs together. A file is taken by the link with
which the chat names it, or because an instructor said so; never by its name and time alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

# How much two routes may differ about the length of one part.
TOLERANCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """A part in the platform's own list. ``key`` identifies it among its kind, here and below."""

    key: int
    call_id: str | None
    starts_at: datetime
    ends_at: datetime
    is_gone: bool = False

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Told:
    """A part that the chat says is done. ``file``: key of the file that its link led to.

    ``link`` identifies the link; ``is_lost``: it leads nowhere any more. ``is_gone``: the message
    was deleted.
    """

    key: int
    call_id: str | None
    told_at: datetime
    length: timedelta | None
    link: str | None = None
    file: int | None = None
    is_lost: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """A video. ``is_accepted``: an instructor said that it is this meeting's."""

    key: int
    created_at: datetime
    length: timedelta | None
    is_accepted: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What the routes say of one part; at least one of them knows it."""

    listed: Listed | None = None
    told: Told | None = None
    filed: Filed | None = None

    @property
    def starts_at(self) -> datetime:
        """From the list; else a part ended when the chat told of it, or its file was made."""
        if self.listed:
            return self.listed.starts_at
        end = self.told.told_at if self.told else self.filed.created_at if self.filed else None
        assert end is not None, "a part without any route"
        return end - self.length

    @property
    def length(self) -> timedelta:
        said = [route.length for route in (self.filed, self.told, self.listed) if route]
        return next((length for length in said if length is not None), timedelta())

    @property
    def is_gone(self) -> bool:
        """No route has it any more. The chat goes on naming what the others have lost."""
        if any(route and not route.is_gone for route in (self.listed, self.filed)):
            return False
        is_only_told = self.told and not self.listed and not self.filed
        return not (is_only_told and self.told and not self.told.is_lost and not self.told.is_gone)


@dataclass(slots=True)
class _Call:
    listed: list[Listed] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def merge(listed: Iterable[Listed], told: Iterable[Told], filed: Iterable[Filed]) -> list[Part]:
    """Parts in order of their start; each source in exactly one of them.

    Left out are only files that nobody names or has accepted, and what the chat tells twice.
    """
    files = {file.key: file for file in filed}
    parts = []
    for call in _calls(listed, told).values():
        parts += _pair(call)
    parts = [_with_file(part, files) for part in parts]
    named = {part.filed.key for part in parts if part.filed}
    for file in sorted(files.values(), key=lambda f: (f.created_at, f.key)):
        if file.is_accepted and file.key not in named:
            _add_accepted(parts, file)
    return sorted(parts, key=lambda part: (part.starts_at, *_keys(part)))


def _with_file(part: Part, files: Mapping[int, Filed]) -> Part:
    file = part.told.file if part.told else None
    return part if file is None else replace(part, filed=files.get(file))


def _calls(listed: Iterable[Listed], told: Iterable[Told]) -> dict[str, _Call]:
    """By call id; what has none is a call of its own. Of two words of one link the first counts."""
    calls: dict[str, _Call] = defaultdict(_Call)
    for one in sorted(listed, key=lambda x: (x.starts_at, x.key)):
        calls[one.call_id or f"listed {one.key}"].listed.append(one)
    links: set[str | int] = set()
    for word in sorted(told, key=lambda x: (x.is_gone, x.told_at, x.key)):
        names = {name for name in (word.link, word.file) if name is not None}
        if not names & links:
            calls[word.call_id or f"told {word.key}"].told.append(word)
        links |= names
    return calls


def _pair(call: _Call) -> list[Part]:
    """Parts of one call, both routes in order; where they differ in number, by length."""
    told = sorted(call.told, key=lambda x: (x.told_at, x.key))
    if len(told) == len(call.listed):
        return [Part(one, word) for one, word in zip(call.listed, told, strict=True)]
    left = list(call.listed)
    parts = []
    for word in told:
        match = min(left, key=lambda one: _difference(one, word), default=None)
        if match is not None and _difference(match, word) <= TOLERANCE:
            left.remove(match)
            parts.append(Part(match, word))
        else:
            parts.append(Part(told=word))
    return parts + [Part(one) for one in left]


def _difference(one: Listed, word: Told) -> timedelta:
    return abs(one.length - word.length) if word.length is not None else timedelta()


def _add_accepted(parts: list[Part], file: Filed) -> None:
    """To the part without a file that it overlaps most; else it is a part of its own."""
    alone = Part(filed=file)
    best: tuple[timedelta, int] | None = None
    for number, part in enumerate(parts):
        overlap = _overlap(part, alone)
        if part.filed is None and overlap > timedelta() and (best is None or overlap > best[0]):
            best = overlap, number
    if best is None:
        parts.append(alone)
    else:
        parts[best[1]] = replace(parts[best[1]], filed=file)


def _overlap(one: Part, other: Part) -> timedelta:
    ends = min(one.starts_at + one.length, other.starts_at + other.length)
    return ends - max(one.starts_at, other.starts_at)


def _keys(part: Part) -> tuple[int, int, int]:
    routes = (part.listed, part.told, part.filed)
    first, second, third = (route.key if route else -1 for route in routes)
    return first, second, third
