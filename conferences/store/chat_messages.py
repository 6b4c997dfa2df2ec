"""Stores messages as the platform gave them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from conferences.models import ChatMessage, Conference
from conferences.rules.messages import plain_text
from conferences.store.plan import Place
from conferences.store.upsert import upsert
from platforms.records import RemoteMessage

CONTENT = (
    *("sender_id", "sender_name", "sender_kind", "body", "is_html", "text", "attachments"),
    *("event", "call_id", "url", "name", "seconds"),
)
COLUMNS = (
    *("slot_id", "read_through", "is_planned", "about", "created_at", "edited_at", "deleted_at"),
    *CONTENT,
)

Kinds = dict[int | None, Counter[str]]


def save_messages(
    conference: Conference, thread_id: str, placed: Sequence[tuple[Place, RemoteMessage]]
) -> Kinds:
    """Returns by slot what happened to what people wrote: "created", "updated", "unchanged",
    "vanished". A message that was deleted remotely keeps what it said.
    """
    rows = [_row(conference, thread_id, place, remote) for place, remote in placed]
    siblings = conference.messages.filter(thread_id=thread_id)
    ids = [row.source_id for row in rows]
    before = {row.source_id: row for row in siblings.filter(source_id__in=ids)}
    for row in rows:
        if row.deleted_at and (old := before.get(row.source_id)):
            for name in CONTENT:
                setattr(row, name, getattr(old, name))
    kinds: Kinds = defaultdict(Counter)
    for kind, stored in upsert(siblings, rows, "source_id", COLUMNS).items():
        for row in stored:
            if not row.event:
                kinds[row.slot_id][_what_happened(kind, row, before.get(row.source_id))] += 1
    return kinds


def _what_happened(kind: str, row: ChatMessage, old: ChatMessage | None) -> str:
    if row.deleted_at is None:
        return kind
    return "vanished" if old is not None and old.deleted_at is None else "gone before"


def _row(
    conference: Conference, thread_id: str, place: Place, remote: RemoteMessage
) -> ChatMessage:
    event = remote.event
    sender = remote.sender or (event.initiator if event else None)
    return ChatMessage(
        conference=conference,
        thread_id=thread_id,
        source_id=remote.source_id,
        slot_id=place.slot,
        read_through=place.read_through,
        about=remote.about,
        created_at=remote.created_at,
        edited_at=remote.edited_at,
        deleted_at=remote.deleted_at,
        sender_id=sender.directory_id if sender else None,
        sender_name=sender.label[:300] if sender else "",
        sender_kind=remote.sender_kind[:10],
        body=remote.body,
        is_html=remote.is_html,
        text="" if event else plain_text(remote.body, is_html=remote.is_html),
        attachments=[{"url": one.url, "name": one.name[:400]} for one in remote.attachments],
        event=event.kind[:20] if event else "",
        call_id=event.call_id if event else None,
        url=event.url if event else None,
        name=event.name[:300] if event and event.name else None,
        seconds=event.seconds if event else None,
    )
