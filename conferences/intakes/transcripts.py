"""Transcripts, whole."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db import transaction

from conferences.models import Conference, Transcript, TranscriptCue
from conferences.store.plan import follow_plan, of_slots, place_of
from conferences.store.upsert import upsert
from conferences.store.vanishing import mark_vanished
from platforms.contract import Feed, Known, Page
from platforms.records import TranscriptPage
from syncing.operation import Intake, Target
from syncing.outcomes import FeedOutcome

COLUMNS = (
    *("slot_id", "read_through", "is_planned", "call_id", "starts_at", "ends_at"),
    *("lost", "is_attributed", "vanished_at"),
)


class TranscriptsIntake(Intake):
    """``kinds``: by slot, what happened in this run to transcripts that were fetched."""

    def __init__(self, conference: Conference) -> None:
        self._conference = conference
        self.kinds: dict[int | None, Counter[str]] = defaultdict(Counter)

    def known(self, targets: tuple[Target, ...]) -> Known:
        """A transcript never changes; one without speakers may have them next time."""
        complete = self._conference.transcripts.filter(
            of_slots(targets), is_planned=True, is_attributed=True, vanished_at=None
        )
        return Known(complete=frozenset(complete.values_list("source_id", flat=True)))

    def save(self, targets: tuple[Target, ...], feed: Feed, page: Page) -> set[int | None]:
        assert isinstance(page, TranscriptPage), "this feed brings nothing else"
        remote = page.transcript
        place = place_of(targets, remote.starts_at, remote.ends_at)
        if place is None:
            return set()
        new = Transcript(
            conference=self._conference,
            source_id=remote.source_id[:300],
            slot_id=place.slot,
            read_through=place.read_through,
            call_id=remote.call_id[:100] if remote.call_id else None,
            starts_at=remote.starts_at,
            ends_at=remote.ends_at,
            lost=page.lost,
            is_attributed=page.is_attributed,
        )
        result = upsert(self._conference.transcripts.all(), [new], "source_id", COLUMNS)
        [(kind, row)] = [(kind, row) for kind, rows in result.items() for row in rows]
        if _save_cues(row, page) and kind == "unchanged":
            kind = "updated"
        transaction.on_commit(lambda: self._remember(place.slot, kind))
        return {place.slot}

    def end(self, targets: tuple[Target, ...], outcome: FeedOutcome) -> None:
        rows = self._conference.transcripts.all()
        mark_vanished(rows.filter(of_slots(targets)), outcome.listed)
        for target in targets:
            follow_plan(rows, target, "starts_at", "ends_at")

    def _remember(self, slot: int | None, kind: str) -> None:
        self.kinds[slot][kind] += 1


def _save_cues(transcript: Transcript, page: TranscriptPage) -> bool:
    """Whether anything was written: all of a transcript's cues, or nothing."""
    new = [
        TranscriptCue(
            transcript=transcript,
            number=number,
            starts=timedelta(seconds=cue.starts),
            ends=timedelta(seconds=cue.ends),
            speaker=(cue.speaker or "")[:300],
            text=cue.text,
        )
        for number, cue in enumerate(page.cues)
    ]
    names = ("number", "starts", "ends", "speaker", "text")
    if list(transcript.cues.values_list(*names)) == [
        tuple(getattr(cue, name) for name in names) for cue in new
    ]:
        return False
    transcript.cues.all().delete()
    TranscriptCue.objects.bulk_create(new)
    return True
