"""Merges a conference's sources of recordings into one row each."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from conferences.models import CallRecording, ChatMessage, Conference, DriveFile, Recording
from conferences.rules.links import link_key
from conferences.rules.recordings import Filed, Listed, Part, Told, merge
from conferences.store.plan import at_planned_time
from conferences.store.upsert import changed, update

COLUMNS = (
    *("slot_id", "listed_id", "message_id", "file_id", "part", "parts", "name", "url"),
    *("starts_at", "duration", "size", "is_planned", "file_gone_at", "vanished_at"),
)


@dataclass(frozen=True, slots=True)
class _Link:
    file: int | None
    gone_at: datetime | None


class _Sources:
    """What today's plan has, by primary key."""

    def __init__(self, conference: Conference) -> None:
        self.listed = {row.pk: row for row in conference.call_recordings.filter(is_planned=True)}
        told = conference.messages.filter(event="recording", is_planned=True)
        self.told = {row.pk: row for row in told}
        begun = conference.messages.filter(event="recording_started", is_planned=True)
        self.begun = {(row.call_id, row.created_at): row for row in begun if row.call_id}
        self.links = {
            link.key: _Link(link.file_id, link.gone_at) for link in conference.file_links.all()
        }
        named = {self.link(row).file for row in self.told.values()}
        accepted = Q(accepted_at__isnull=False) & at_planned_time(conference)
        files = conference.drive_files.filter(Q(pk__in=named - {None}) | accepted)
        self.files = {row.pk: row for row in files}

    def link(self, told: ChatMessage) -> _Link:
        return self.links.get(link_key(told.url or ""), _Link(None, None))

    def parts(self) -> list[Part]:
        return merge(
            [_listed(row) for row in self.listed.values()],
            [_told(row, self.link(row), self.begun) for row in self.told.values()],
            [_filed(row) for row in self.files.values()],
        )


@transaction.atomic
def rebuild(conference: Conference) -> dict[int, str]:
    """Merge what is stored of all routes.

    Returns what happened to each recording by primary key: created, updated, unchanged or
    vanished. Rows that stay the same are not written; what an instructor decided stays.
    """
    Conference.objects.select_for_update().get(pk=conference.pk)  # one merge at a time
    sources = _Sources(conference)
    parts = sources.parts()
    stored = list(conference.recordings.all())
    rows: dict[str, list[Recording]] = defaultdict(list)
    for new in _numbered([_recording(conference, part, sources) for part in parts]):
        old = _row_of(new, stored)
        if old is None:
            rows["created"].append(new)
            continue
        stored.remove(old)
        was_there = old.vanished_at is None
        new.vanished_at = _since(old.vanished_at, new.vanished_at)
        new.file_gone_at = _since(old.file_gone_at, new.file_gone_at)
        if not changed(old, new, COLUMNS):
            rows["unchanged"].append(old)
        else:
            rows["vanished" if was_there and old.vanished_at else "updated"].append(old)
    left = [row.pk for row in stored if row.is_planned]
    if left:
        conference.recordings.filter(pk__in=left).update(is_planned=False)
    Recording.objects.bulk_create(rows["created"])
    update([*rows["updated"], *rows["vanished"]], COLUMNS)
    return {row.pk: kind for kind, found in rows.items() for row in found}


def _row_of(new: Recording, stored: list[Recording]) -> Recording | None:
    """The stored row with one of its sources; of several the one that was published."""
    same = [
        row
        for row in stored
        if any(
            getattr(new, name) is not None and getattr(row, name) == getattr(new, name)
            for name in ("listed_id", "message_id", "file_id")
        )
    ]
    return max(same, key=lambda row: (row.published_at is not None, -row.pk), default=None)


def _numbered(recordings: list[Recording]) -> list[Recording]:
    """Parts of one meeting in order; what is gone has no number of its own."""
    there = [row for row in recordings if row.vanished_at is None]
    counts = Counter(row.slot_id for row in there)
    numbers: Counter[int | None] = Counter()
    for row in there:
        numbers[row.slot_id] += 1
        row.part, row.parts = numbers[row.slot_id], counts[row.slot_id]
    return recordings


def _recording(conference: Conference, part: Part, sources: _Sources) -> Recording:
    listed = sources.listed[part.listed.key] if part.listed else None
    message = sources.told[part.told.key] if part.told else None
    file = sources.files[part.filed.key] if part.filed else None
    begun = message and sources.begun.get((message.call_id or "", part.starts_at))
    first = listed or begun or message or file
    assert first is not None, "a part without any route"
    link = sources.link(message) if message else None
    gone = (file and file.vanished_at) or (link and link.gone_at)
    return Recording(
        conference=conference,
        slot_id=first.slot_id,
        listed=listed,
        message=message,
        file=file,
        name=(file and file.name) or (message and message.name) or "",
        url=(file and file.url) or (message and message.url) or None,
        starts_at=part.starts_at,
        duration=part.length,
        size=file.size if file else None,
        file_gone_at=gone or None,
        vanished_at=timezone.now() if part.is_gone else None,
    )


def _since(old: datetime | None, new: datetime | None) -> datetime | None:
    """When something was noticed first."""
    return new and (old or new)


def _listed(row: CallRecording) -> Listed:
    return Listed(row.pk, row.call_id, row.starts_at, row.ends_at, row.vanished_at is not None)


def _told(row: ChatMessage, link: _Link, begun: Iterable[tuple[str, datetime]]) -> Told:
    return Told(
        key=row.pk,
        call_id=row.call_id,
        told_at=row.created_at,
        length=_seconds(row.seconds),
        begins=tuple(sorted(moment for call_id, moment in begun if call_id == row.call_id)),
        link=link_key(row.url) if row.url else None,
        file=link.file,
        is_lost=link.gone_at is not None,
        is_gone=row.deleted_at is not None,
    )


def _filed(row: DriveFile) -> Filed:
    return Filed(
        key=row.pk,
        created_at=row.created_at,
        length=_seconds(row.seconds),
        is_accepted=row.accepted_at is not None,
        is_gone=row.vanished_at is not None,
    )


def _seconds(value: float | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)
