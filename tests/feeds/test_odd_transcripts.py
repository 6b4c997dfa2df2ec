"""Transcripts that cannot be read, and what is known of those that could be read before."""

from datetime import timedelta

from conferences.models import Transcript, TranscriptCue
from tests.conferences.commands import report, sync
from tests.feeds.artifacts import changes, outcome, plan_again, starts_of
from tests.feeds.odd import Answers, odd_world

demo_world = odd_world

DAYS = timedelta(days=3)
SPOKEN = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Ada>Hello.</v>\n"


def speakers(pk: int) -> list[list[str | None]]:
    return [[cue["speaker"] for cue in one["cues"]] for one in report(pk)["transcripts"]]


def move(sandbox, pk: int, by: timedelta) -> None:
    start = starts_of(sandbox, pk)[None] + by
    ends_at = start + timedelta(hours=1)
    plan_again(sandbox, pk, starts_at=start.isoformat(), ends_at=ends_at.isoformat())


def test_a_transcript_whose_text_expired_hides_no_other(demo_world):
    """94: the first of three is listed and answers 404."""
    sync(94, "--operation", "transcripts")
    path = demo_world.requests_seen("/content")[0]["path"]
    Transcript.objects.all().delete()
    demo_world.script(path=path.rpartition("/v1.0")[2], status=404)
    for _ in range(2):
        code, result = sync(94, "--operation", "transcripts")
        assert (code, outcome(result, "transcripts")) == (3, ("partial", "transcript_gone"))
        assert len(report(94)["transcripts"]) == 2
    assert changes(result, "transcripts") == {"unchanged": 2}


def test_speakers_that_were_known_are_not_forgotten(demo_world):
    """94: moved away, the tenant's switch is turned off, moved back."""
    sync(94)
    before = speakers(94)
    assert before[2] == ["Noor Haddad", "Mara Lindqvist"]
    move(demo_world, 94, -DAYS)
    sync(94)
    assert speakers(94) == []
    demo_world.tenant(attribution=False)
    move(demo_world, 94, timedelta())
    sync(94)
    assert speakers(94) == before


def test_speakers_of_a_transcript_that_was_gone_for_a_while_are_not_forgotten(demo_world):
    sync(86)
    before = speakers(86)
    Answers(demo_world, 86).listed("transcripts")
    sync(86)
    assert speakers(86) == []
    demo_world.end_faults()
    demo_world.tenant(attribution=False)
    sync(86)
    assert speakers(86) == before != []
    assert TranscriptCue.objects.count() == 6


def test_a_long_id_of_a_transcript_is_kept_whole(demo_world):
    """Two that differ in the last of 301 characters are two, and there as long as listed."""
    answers = Answers(demo_world, 86)
    demo_world.script(path=r"/transcripts/.*/content", raw_body=SPOKEN)
    parts = [answers.part("A" * 300 + end, 2, 30) for end in "12"]
    answers.listed("transcripts", *parts)
    assert changes(sync(86, "--operation", "transcripts")[1], "transcripts") == {"created": 2}
    assert changes(sync(86, "--operation", "transcripts")[1], "transcripts") == {"unchanged": 2}
    assert speakers(86) == [["Ada"], ["Ada"]]
