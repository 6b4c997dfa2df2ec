"""One person, one row: merges what reports and call records say about who was there.

A person is recognised by directory id or e-mail, never by name alone. For each time the meeting
was held exactly one source counts: attendance reports before call records found by join link
before guesses that somebody accepted. The others are shown, not totalled.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from conferences.rules.intervals import attended


class Rank(StrEnum):
    """How good a source is; the first that covers a time counts."""

    REPORT = "1 report"
    CALL_RECORD = "2 call record"
    ACCEPTED_GUESS = "3 accepted guess"
    INCOMPLETE = "4 not read to its end"
    GUESS = "5 guess"
    ELSEWHERE = "6 of another time or meeting than planned now"


LONGEST_KEY = 500  # of AttendanceRecord.person_key
NEVER_COUNT = frozenset({Rank.GUESS, Rank.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Sitting:
    """A stored report or call record."""

    key: int
    source_id: str
    rank: Rank
    slot: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """A stored join and leave. Stays of one ``entry_id`` in one sitting are one person.

    ``is_gone``: its sitting no longer holds it.
    """

    key: int
    sitting: int
    entry_id: str
    directory_id: str | None
    email: str | None
    label: str
    joined_at: datetime
    left_at: datetime
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """``keys`` names the person, best first; ``stays`` are all, ``counted`` those in the total."""

    keys: tuple[str, ...]
    identified_by: str
    name: str
    email: str | None
    directory_id: str | None
    stays: tuple[int, ...]
    counted: frozenset[int]
    attended: timedelta
    first_joined_at: datetime
    last_left_at: datetime


def counting_sittings(sittings: Iterable[Sitting]) -> set[int]:
    """Keys of the sittings that count: those that no better source of the same slot overlaps."""
    ordered = sorted(sittings, key=lambda s: s.rank)
    counting: list[Sitting] = []
    for sitting in ordered:
        if sitting.rank not in NEVER_COUNT and not any(
            better.rank < sitting.rank and better.slot == sitting.slot and _touch(better, sitting)
            for better in counting
        ):
            counting.append(sitting)
    return {sitting.key for sitting in counting}


def merge(
    sittings: Sequence[Sitting],
    stays: Iterable[Stay],
    known_pairs: Iterable[tuple[str, str]] = (),
) -> list[Person]:
    """Everyone who was there, in a fixed order.

    ``known_pairs``: directory ids and e-mails that the roster knows to be one person. People
    known only from what never counts are left out.
    """
    by_key = {sitting.key: sitting for sitting in sittings}
    counting = counting_sittings(sittings)
    known = [stay for stay in stays if by_key[stay.sitting].rank not in NEVER_COUNT]
    people = [_person(group, by_key, counting) for group in _people(known, by_key, known_pairs)]
    return sorted(people, key=lambda person: (person.name.casefold(), person.keys))


def _people(
    stays: list[Stay], sittings: Mapping[int, Sitting], known_pairs: Iterable[tuple[str, str]]
) -> list[list[Stay]]:
    """Stays grouped by person: linked by entry, directory id or e-mail, across sittings."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for directory_id, email in known_pairs:
        parent[root(f"email:{email.lower()}")] = root(f"id:{directory_id.lower()}")
    for stay in stays:
        first, *others = _names(stay, sittings[stay.sitting])
        for other in others:
            parent[root(other)] = root(first)
        root(first)
    groups: dict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        groups[root(_names(stay, sittings[stay.sitting])[0])].append(stay)
    return list(groups.values())


def _names(stay: Stay, sitting: Sitting) -> list[str]:
    """What identifies the person of a stay; the entry last, because it is good for one sitting."""
    names = [_entry(f"{sitting.source_id}/{stay.entry_id}")]
    if stay.email:
        names.insert(0, f"email:{stay.email.lower()}")
    if stay.directory_id:
        names.insert(0, f"id:{stay.directory_id.lower()}")
    return names


def _entry(ids: str) -> str:
    """Of a report and a record in it, which together may be longer than a key can be."""
    name = f"entry:{ids}"
    return name if len(name) <= LONGEST_KEY else f"entry:sha256:{sha256(ids.encode()).hexdigest()}"


def _person(stays: list[Stay], sittings: Mapping[int, Sitting], counting: set[int]) -> Person:
    stays = sorted(stays, key=lambda s: (s.joined_at, s.left_at, s.sitting, s.entry_id, s.key))
    counted = [stay for stay in stays if stay.sitting in counting and not stay.is_gone]
    shown = counted or stays
    names = sorted({name for s in stays for name in _names(s, sittings[s.sitting])}, key=_best)
    ids = sorted(s.directory_id.lower() for s in stays if s.directory_id)
    emails = sorted(s.email.lower() for s in shown if s.email) or sorted(
        s.email.lower() for s in stays if s.email
    )
    return Person(
        keys=tuple(names),
        identified_by="directory_id" if ids else "email" if emails else "name",
        name=next((stay.label for stay in reversed(shown) if stay.label), ""),
        email=emails[0] if emails else None,
        directory_id=ids[0] if ids else None,
        stays=tuple(stay.key for stay in stays),
        counted=frozenset(stay.key for stay in counted),
        attended=attended((stay.joined_at, stay.left_at) for stay in counted),
        first_joined_at=min(stay.joined_at for stay in shown),
        last_left_at=max(stay.left_at for stay in shown),
    )


def _best(name: str) -> tuple[int, str]:
    return ("id:", "email:", "entry:").index(name[: name.index(":") + 1]), name


def _touch(one: Sitting, other: Sitting) -> bool:
    return one.starts_at <= other.ends_at and other.starts_at <= one.ends_at
