"""Stores files as their drives describe them, and what links led to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from conferences.models import Conference, DriveFile, FileLink, Recording
from conferences.rules.links import link_key
from conferences.store.plan import at_planned_time
from conferences.store.upsert import upsert
from platforms.records import FileRef, RemoteFile

COLUMNS = (
    *("name", "url", "size", "mime_type", "seconds", "starts_at", "created_at", "modified_at"),
    *("is_in_folder", "found_for", "slot_id", "vanished_at"),
)


def save_files(
    conference: Conference,
    files: Sequence[RemoteFile],
    slots: Mapping[tuple[str, str], int | None],
    organizer: str,
) -> None:
    """``slots``: for files in ``organizer``'s folder of recordings, by drive and item id."""
    stored: dict[tuple[str, str], DriveFile] = {}
    for drive_id in sorted({file.drive_id for file in files}):
        siblings = conference.drive_files.filter(drive_id=drive_id)
        of_drive = [file for file in files if file.drive_id == drive_id]
        ids = [file.item_id for file in of_drive]
        before = {row.item_id: row for row in siblings.filter(item_id__in=ids)}
        rows = []
        for file in of_drive:
            old = before.get(file.item_id)
            row = _row(conference, file, organizer)
            if not row.is_in_folder and old is not None:
                row.is_in_folder, row.found_for = old.is_in_folder, old.found_for
            row.slot_id = slots.get((drive_id, file.item_id), old.slot_id if old else None)
            rows.append(row)
        for kind in upsert(siblings, rows, "item_id", COLUMNS).values():
            stored |= {(drive_id, row.item_id): row for row in kind}
    links = [
        FileLink(
            conference=conference,
            key=link_key(file.asked_by),
            url=file.asked_by,
            file=stored[file.drive_id, file.item_id],
        )
        for file in files
        if file.asked_by
    ]
    if links:
        upsert(conference.file_links.all(), links, "key", ("file_id", "gone_at"))


def mark_gone(conference: Conference, gone: Iterable[FileRef]) -> None:
    """What a look-up did not find: the file by its ids, or the place that a link names."""
    now = timezone.now()
    for ref in gone:
        if ref.item_id:
            conference.drive_files.filter(
                drive_id=ref.drive_id, item_id=ref.item_id, vanished_at=None
            ).update(vanished_at=now)
        elif ref.url:
            key = link_key(ref.url)
            conference.file_links.get_or_create(key=key, defaults={"url": ref.url, "gone_at": now})
            conference.file_links.filter(key=key, gone_at=None).update(gone_at=now)


def waiting_files(conference: Conference) -> QuerySet[DriveFile]:
    """Videos made during a planned time that no other route names: guesses, for an instructor."""
    return conference.drive_files.filter(
        at_planned_time(conference),
        ~Exists(Recording.objects.filter(file=OuterRef("pk"), is_planned=True)),
        is_in_folder=True,
        found_for__iexact=conference.organizer_email,
        accepted_at=None,
        vanished_at=None,
    )


def _row(conference: Conference, file: RemoteFile, organizer: str) -> DriveFile:
    return DriveFile(
        conference=conference,
        drive_id=file.drive_id,
        item_id=file.item_id,
        name=file.name[:400],
        url=file.url,
        size=file.size,
        mime_type=file.mime_type[:200],
        seconds=file.seconds,
        starts_at=began(file),
        created_at=file.created_at,
        modified_at=file.modified_at,
        is_in_folder=file.is_in_folder,
        found_for=organizer if file.is_in_folder else "",
    )


def began(file: RemoteFile) -> datetime:
    """When what it shows began, if the file was made at its end."""
    return file.created_at - timedelta(seconds=file.seconds or 0)
