"""One recording from up to three routes: the platform's list, the chat, the drive. Pure.

Of the list and the chat the call tells what belongs together. A file is taken by the link with
which the chat names it, or because an instructor said so; never by its name and time alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# How much two routes may differ about the length of one part.
TOLERANCE = timedelta(minutes=1)
LATEST_WORD = timedelta(hours=25)  # of a part's end, in the chat


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

    ``begins``: when the chat told that recording begins, in this call. ``link`` identifies the
    link; ``is_lost``: it leads nowhere any more. ``is_gone``: the message was deleted.
    """

    key: int
    call_id: str | None
    told_at: datetime
    length: timedelta | None
    begins: tuple[datetime, ...] = ()
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
        """From the list; else from the chat, the file, or the moment when the chat told of it."""
        if self.listed:
            return self.listed.starts_at
        if self.began_at:
            return self.began_at
        end = self.filed.created_at if self.filed else self.told.told_at if self.told else None
        assert end is not None, "a part without any route"
        return end - self.length

    @property
    def began_at(self) -> datetime | None:
        """The last time that recording began early enough for what the chat calls done."""
        if self.told is None:
            return None
        latest = self.told.told_at - self.length + TOLERANCE
        return max((begin for begin in self.told.begins if begin <= latest), default=None)

    @property
    def length(self) -> timedelta:
        said = [route.length for route in (self.filed, self.told, self.listed) if route]
        return next((length for length in said if length is not None), timedelta())

    @property
    def is_gone(self) -> bool:
        """No route has it any more. The chat goes on naming what the others have lost."""
        routes = [route for route in (self.listed, self.filed) if route]
        if self.told and not routes:
            return self.told.is_lost or self.told.is_gone
        return all(route.is_gone for route in routes)


def merge(listed: Iterable[Listed], told: Iterable[Told], filed: Iterable[Filed]) -> list[Part]:
    """Parts in order of their start; each source in exactly one of them.

    Left out are only files that nobody names or has accepted, and what the chat tells twice.
    """
    files = {file.key: file for file in filed}
    parts = [_with_file(part, files) for part in _paired(list(listed), _once(told))]
    named = {part.filed.key for part in parts if part.filed}
    for file in sorted(files.values(), key=lambda f: (f.created_at, f.key)):
        if file.is_accepted and file.key not in named:
            _add_accepted(parts, file)
    return sorted(parts, key=lambda part: (part.starts_at, *_keys(part)))


def _once(told: Iterable[Told]) -> list[Told]:
    """Of two words of one link or file the first counts."""
    names: set[str | int] = set()
    kept = []
    for word in sorted(told, key=lambda x: (x.is_gone, x.told_at, x.key)):
        own = {name for name in (word.link, word.file) if name is not None}
        if not own & names:
            kept.append(word)
        names |= own
    return kept


def _paired(listed: list[Listed], told: list[Told]) -> list[Part]:
    """First within each call, then what is left where a route gives no call."""
    pairs: list[Part] = []
    left_listed = [one for one in listed if not one.call_id]
    left_told = [word for word in told if not word.call_id]
    call_ids = {one.call_id for one in listed} | {word.call_id for word in told}
    for call_id in sorted(filter(None, call_ids)):
        of_call, listed_alone, told_alone = _pair(
            [one for one in listed if one.call_id == call_id],
            [word for word in told if word.call_id == call_id],
        )
        pairs += of_call
        left_listed += listed_alone
        left_told += told_alone
    without_call, left_listed, left_told = _pair(left_listed, left_told)
    alone = [*(Part(one) for one in left_listed), *(Part(told=word) for word in left_told)]
    return [*pairs, *without_call, *alone]


def _pair(listed: list[Listed], told: list[Told]) -> tuple[list[Part], list[Listed], list[Told]]:
    """Pairs, and what is left of both. In order if that fits throughout; else each word goes to
    the part that ended last before it.
    """
    listed = sorted(listed, key=lambda x: (x.ends_at, x.key))
    told = sorted(told, key=lambda x: (x.told_at, x.key))
    in_order = list(zip(listed, told, strict=False))
    if len(listed) == len(told) and all(_fits(one, word) for one, word in in_order):
        return [Part(one, word) for one, word in in_order], [], []
    pairs, left_told = [], []
    for word in told:
        match = next((one for one in reversed(listed) if _fits(one, word)), None)
        if match is None:
            left_told.append(word)
        else:
            listed.remove(match)
            pairs.append(Part(match, word))
    return pairs, listed, left_told


def _fits(one: Listed, word: Told) -> bool:
    """Of no two calls, as long as the other says, and told of within a day of its end."""
    if one.call_id and word.call_id and one.call_id != word.call_id:
        return False
    if word.length is not None and abs(one.length - word.length) > TOLERANCE:
        return False
    return one.ends_at - TOLERANCE <= word.told_at <= one.ends_at + LATEST_WORD


def _with_file(part: Part, files: Mapping[int, Filed]) -> Part:
    file = part.told.file if part.told else None
    return part if file is None else replace(part, filed=files.get(file))


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
