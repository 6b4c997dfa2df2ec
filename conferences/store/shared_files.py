"""Merges what messages share into one row a file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from conferences.models import ChatMessage, Conference, FileLink, SharedFile
from conferences.rules.links import link_key
from conferences.store.upsert import changed, update

COLUMNS = (
    *("slot_id", "key", "name", "url", "size", "mime_type", "shared_by", "shared_by_id"),
    *("shared_at", "shares", "gone_at", "vanished_at"),
)


@dataclass(frozen=True, slots=True)
class _Share:
    key: str  # of the link
    url: str
    name: str
    message: ChatMessage


@transaction.atomic
def rebuild(conference: Conference) -> dict[int, str]:
    """Returns what happened to each file by primary key: created, updated, unchanged, vanished.

    Files that nobody shares any more are marked; rows that stay the same are not written.
    """
    Conference.objects.select_for_update().get(pk=conference.pk)  # one merge at a time
    links = {link.key: link for link in conference.file_links.select_related("file")}
    stored = {row.key: row for row in conference.shared_files.all()}
    rows: dict[str, list[SharedFile]] = defaultdict(list)
    for shares in _by_file(_shares(conference), links):
        new = _row(conference, shares, links.get(shares[0].key))
        old = next((stored.pop(s.key) for s in shares if s.key in stored), None)
        if old is None:
            rows["created"].append(new)
            continue
        was_there = old.is_there
        rows[_what_happened(changed(old, new, COLUMNS), was_there, old)].append(old)
    for row in stored.values():
        if row.vanished_at is None:
            row.vanished_at = timezone.now()
            rows["vanished"].append(row)
    SharedFile.objects.bulk_create(rows["created"])
    update([*rows["updated"], *rows["vanished"]], COLUMNS)
    return {row.pk: kind for kind, found in rows.items() for row in found}


def _what_happened(has_changed: bool, was_there: bool, row: SharedFile) -> str:
    if not has_changed:
        return "unchanged"
    return "vanished" if was_there and not row.is_there else "updated"


def _shares(conference: Conference) -> list[_Share]:
    """Oldest first."""
    messages = conference.messages.filter(is_planned=True, deleted_at=None, event="")
    return [
        _Share(link_key(one["url"]), one["url"], one["name"], message)
        for message in messages.exclude(attachments=[])
        for one in message.attachments
    ]


def _by_file(shares: Iterable[_Share], links: dict[str, FileLink]) -> list[list[_Share]]:
    """Shares of one file together: by the file that their links led to, else by the link."""
    files: dict[object, list[_Share]] = defaultdict(list)
    for share in shares:
        link = links.get(share.key)
        files[link.file_id if link and link.file_id else share.key].append(share)
    return list(files.values())


def _row(conference: Conference, shares: list[_Share], link: FileLink | None) -> SharedFile:
    first = shares[0]
    file = link.file if link else None
    return SharedFile(
        conference=conference,
        slot_id=first.message.slot_id,
        key=first.key,
        name=(file.name if file else first.name) or first.url[:400],
        url=file.url if file else first.url,
        size=file.size if file else None,
        mime_type=file.mime_type if file else "",
        shared_by=first.message.sender_name,
        shared_by_id=first.message.sender_id,
        shared_at=first.message.created_at,
        shares=len(shares),
        gone_at=(file.vanished_at if file else link.gone_at) if link else None,
    )
