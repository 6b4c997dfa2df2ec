"""Transcripts, whole."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from conferences.models import Conference, Transcript, TranscriptCue
from conferences.store.plan import Places
from conferences.store.upsert import upsert
from conferences.store.vanishing import after_listing
from platforms.contract import Feed, Known, Page
from platforms.records import RemoteCue, TranscriptPage
from syncing.operation import Intake, Target
from syncing.outcomes import FeedOutcome

COLUMNS = (
    *("slot_id", "read_through", "is_planned", "call_id", "starts_at", "ends_at"),
    *("lost", "is_attributed", "vanished_at"),
)


class TranscriptsIntake(Intake):
    """``kinds``: by slot, what happened in this run to transcripts that were fetched."""

    def __init__(self, conference: Conference, places: Places) -> None:
        self._conference, self._places = conference, places
        self.kinds: dict[int | None, Counter[str]] = defaultdict(Counter)

    def known(self, targets: tuple[Target, ...]) -> Known:
        """A transcript never changes; one without speakers may have them next time."""
        complete = self._conference.transcripts.filter(is_attributed=True)
        return Known(complete=frozenset(complete.values_list("source_id", flat=True)))

    def save(self, targets: tuple[Target, ...], feed: Feed, page: Page) -> set[int | None]:
        assert isinstance(page, TranscriptPage), "this feed brings nothing else"
        remote = page.transcript
        place = self._places.of(targets, remote.starts_at, remote.ends_at)
        if place is None:
            return set()
        stored = self._conference.transcripts.filter(source_id=remote.source_id).first()
        brings_less = stored is not None and stored.is_attributed and not page.is_attributed
        is_new = page.cues is not None and not brings_less
        new = Transcript(
            conference=self._conference,
            source_id=remote.source_id,
            slot_id=place.slot,
            read_through=place.read_through,
            call_id=remote.call_id,
            starts_at=remote.starts_at,
            ends_at=remote.ends_at,
            lost=page.lost if is_new or stored is None else stored.lost,
            is_attributed=page.is_attributed if is_new or stored is None else stored.is_attributed,
        )
        result = upsert(self._conference.transcripts.all(), [new], "source_id", COLUMNS)
        [(kind, row)] = [(kind, row) for kind, rows in result.items() for row in rows]
        if is_new and _save_cues(row, page.cues or ()) and kind == "unchanged":
            kind = "updated"
        transaction.on_commit(lambda: self._remember(place.slot, kind))
        return {place.slot}

    def end(self, targets: tuple[Target, ...], outcome: FeedOutcome) -> None:
        after_listing(self._conference.transcripts.all(), targets, outcome.listed)

    def _remember(self, slot: int | None, kind: str) -> None:
        self.kinds[slot][kind] += 1


def _save_cues(transcript: Transcript, cues: Sequence[RemoteCue]) -> bool:
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
        for number, cue in enumerate(cues)
    ]
    names = ("number", "starts", "ends", "speaker", "text")
    if list(transcript.cues.values_list(*names)) == [
        tuple(getattr(cue, name) for name in names) for cue in new
    ]:
        return False
    transcript.cues.all().delete()
    TranscriptCue.objects.bulk_create(new)
    return True
