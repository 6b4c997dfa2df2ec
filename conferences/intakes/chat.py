"""The chat: of it come the history, the shared files and one route to recordings."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from conferences.models import ChatThread, Conference
from conferences.store.chat_messages import Kinds, save_messages
from conferences.store.plan import (
    Places,
    follow_plan,
    margins,
    of_slots,
    read_for_these,
    read_through,
)
from platforms.contract import Feed, Known, Page
from platforms.records import ChatPage, RemoteMessage
from syncing.operation import Intake, Target
from syncing.outcomes import FeedOutcome


class ChatIntake(Intake):
    """``kinds``: by slot, what happened in this run to what people wrote."""

    def __init__(self, conference: Conference, places: Places) -> None:
        self._conference, self._places = conference, places
        self.kinds: Kinds = defaultdict(Counter)
        self._first: dict[str, ChatPage] = {}  # by what it was read for: the first page

    def known(self, targets: tuple[Target, ...]) -> Known:
        """How far the chat was read before, if it was for the very same plan."""
        read = self._conference.threads.filter(read_for=_read_for(targets)).first()
        about_calls = self._conference.messages.filter(
            of_slots(targets), is_planned=True, call_id__isnull=False
        )
        calls = dict(about_calls.order_by("-about").values_list("call_id", "about"))
        return Known(
            thread_id=read.thread_id if read else None,
            changed_until=read.changed_until if read else None,
            calls={str(call): about for call, about in calls.items()},
        )

    def save(self, targets: tuple[Target, ...], feed: Feed, page: Page) -> set[int | None]:
        assert isinstance(page, ChatPage), "this feed brings nothing else"
        begun = [m for m in page.messages if m.event and m.event.kind == "recording_started"]
        moments = [(_happened_at(message, begun), message) for message in page.messages]
        placed = [
            (place, message)
            for moment, message in moments
            if (place := self._places.of(targets, moment, moment))
        ]
        kinds = save_messages(self._conference, page.thread_id, placed) if placed else {}
        transaction.on_commit(lambda: self._remember(_read_for(targets), page, kinds))
        return {place.slot for place, _ in placed}

    def end(self, targets: tuple[Target, ...], outcome: FeedOutcome) -> None:
        messages = self._conference.messages.all()
        for target in targets:
            follow_plan(messages, target, "about", "about")
        read_for = _read_for(targets)
        first = self._first.get(read_for)
        if first is None:
            return
        of_another_meeting = read_for_these(messages, targets).filter(is_planned=True)
        of_another_meeting.exclude(thread_id=first.thread_id).update(is_planned=False)
        if first.lists_all:
            self._mark_unlisted(targets, first.thread_id, outcome)
        if first.changed_until is None:
            return
        now = {"read_for": read_for, "changed_until": first.changed_until}
        threads = ChatThread.objects.filter(conference=self._conference, thread_id=first.thread_id)
        if not threads.filter(**now).exists():
            ChatThread.objects.update_or_create(
                conference=self._conference, thread_id=first.thread_id, defaults=now
            )

    def _mark_unlisted(
        self, targets: tuple[Target, ...], thread_id: str, outcome: FeedOutcome
    ) -> None:
        """A channel lists everything each time: what it leaves out has been deleted."""
        of_thread = read_for_these(self._conference.messages.all(), targets).filter(
            thread_id=thread_id, is_planned=True, deleted_at=None
        )
        stored = of_thread.values_list("pk", "slot_id", "source_id", "event")
        gone = [row for row in stored if row[2] not in outcome.listed]
        if gone:
            pks = [pk for pk, *_ in gone]
            self._conference.messages.filter(pk__in=pks).update(deleted_at=timezone.now())
            lost: Kinds = defaultdict(Counter)
            for _pk, slot, _source_id, event in gone:
                lost[slot]["vanished"] += not event
            transaction.on_commit(lambda: self._add(lost))

    def _remember(self, read_for: str, page: ChatPage, kinds: Kinds) -> None:
        self._first.setdefault(read_for, page)
        self._add(kinds)

    def _add(self, kinds: Kinds) -> None:
        for slot, happened in kinds.items():
            self.kinds[slot] += happened


def _happened_at(message: RemoteMessage, begun: Iterable[RemoteMessage]) -> datetime:
    """When what it tells of was: a recording is told of when somebody else may be meeting."""
    event = message.event
    is_late = message.about != message.created_at  # then its call is known
    if is_late or event is None or event.kind != "recording" or not event.seconds:
        return message.about
    estimate = message.about - timedelta(seconds=event.seconds)
    same_call = [m for m in begun if m.event and m.event.call_id == event.call_id]
    return max((m.about for m in same_call if m.about <= estimate), default=estimate)


def _read_for(targets: tuple[Target, ...]) -> str:
    """All that decides which messages are kept: another plan has to read everything anew."""
    plan = sorted(
        " ".join([str(target.slot), *map(str, target.span), read_through(target)])
        for target in targets
    )
    return "\n".join([*plan, *map(str, margins())])
