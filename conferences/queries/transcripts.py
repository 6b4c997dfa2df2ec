"""What was said, page by page, or wherever some words were said."""

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict

from conferences.models import Conference, Transcript, TranscriptCue
from conferences.queries.search import search_words

PER_PAGE = 100


@dataclass(frozen=True)
class Transcripts:
    """``page``: the cues of the ``chosen`` transcript, or with ``q`` those of all that have it."""

    every: list[Transcript]
    chosen: Transcript | None
    page: Page[TranscriptCue]
    q: str

    @property
    def hits(self) -> list[tuple[Transcript, list[TranscriptCue]]]:
        """The page's cues by transcript."""
        by_transcript = groupby(self.page, key=lambda cue: cue.transcript)
        return [(transcript, list(cues)) for transcript, cues in by_transcript]


def list_transcripts(conference: Conference, query: QueryDict) -> Transcripts:
    """What today's plan has, oldest first; ``transcript`` chooses, ``q`` searches in all."""
    q = search_words(query)
    planned = conference.transcripts.filter(is_planned=True).select_related("slot")
    every = list(planned.order_by("starts_at", "id"))
    chosen = _chosen(every, query.get("transcript", ""))
    if q:
        cues = TranscriptCue.objects.filter(
            Q(text__icontains=q) | Q(speaker__icontains=q), transcript__in=every
        ).order_by("transcript__starts_at", "transcript_id", "number")
    else:
        cues = TranscriptCue.objects.filter(transcript=chosen).order_by("number")
    page = Paginator(cues, PER_PAGE).get_page(query.get("page"))
    by_key = {one.pk: one for one in every}
    for cue in page:
        cue.transcript = by_key[cue.transcript_id]
        cue.on_page = cue.number // PER_PAGE + 1  # type: ignore[attr-defined]
    return Transcripts(every, chosen, page, q)


def _chosen(every: list[Transcript], wanted: str) -> Transcript | None:
    """The one that is asked for; else the first that is still there."""
    asked = [one for one in every if str(one.pk) == wanted]
    there = [one for one in every if one.vanished_at is None]
    return next(iter([*asked, *there, *every]), None)
