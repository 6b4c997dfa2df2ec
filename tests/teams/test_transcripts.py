"""Transcripts: fetched once, with speakers where the tenant lets them be named."""

import pytest

from platforms.contract import Feed, Known
from platforms.errors import BadResponseError, NotFoundError, PermissionRefusedError
from platforms.reasons import ReasonCode
from platforms.records import Progress, TranscriptPage

CONTENT = r"/transcripts/[^/]+/content"


def transcripts(read) -> list[TranscriptPage]:
    return [page for page in read.pages if isinstance(page, TranscriptPage)]


def test_three_of_one_meeting(demo):
    read = demo.read(Feed.TRANSCRIPTS, 94)
    progress, *pages = read.pages
    assert progress == Progress(3, {"listed": 3, "in_window": 3}, progress.listed)
    assert progress.listed == {page.transcript.source_id for page in pages}
    assert [len(page.cues) for page in pages] == [3, 4, 2]
    assert all(page.is_last and page.is_attributed and page.lost == 0 for page in pages)
    assert len(demo.asked()) == len(set(demo.asked())) == 4
    opening, middle, _ = pages
    assert [(cue.starts, cue.ends, cue.speaker, cue.text) for cue in opening.cues] == [
        (0.0, 5.32, "Mara Lindqvist", "Can you hear me?"),
        (6.5, 9.0, "Noor Haddad", "Loud & clear."),
        (61.0, 65.0, None, "[Applause]"),
    ]
    assert middle.cues[0].starts == -4.25
    assert middle.cues[0].text == "… which is why I asked."
    assert middle.cues[2].text == "If a < b and b < c, then a < c."


def test_identifiers_and_entities(demo):
    [page] = transcripts(demo.read(Feed.TRANSCRIPTS, 46))
    assert len(page.cues) == 12
    assert page.cues[4].text == "They report p < 0.05 & n > 40."
    assert page.cues[6].speaker == "Robin (Guest)"


def test_of_a_series_only_this_occurrence_is_fetched(demo):
    read = demo.read(Feed.TRANSCRIPTS, 96)
    assert read.seen == {"listed": 3, "in_window": 1}
    assert [len(page.cues) for page in transcripts(read)] == [3]
    assert len(demo.asked()) == 2


def test_what_is_stored_is_not_fetched_again(demo):
    """Only that it is there."""
    first, *others = transcripts(demo.read(Feed.TRANSCRIPTS, 94))
    known = Known(complete=frozenset(page.transcript.source_id for page in others))
    read = demo.read(Feed.TRANSCRIPTS, 94, known=known)
    assert read.progress[0].parts == 3
    assert read.seen == {"listed": 3, "in_window": 3}
    assert transcripts(read) == [first, *(TranscriptPage(page.transcript) for page in others)]
    assert len(demo.asked()) == 2


def test_without_attribution_nobody_is_named(demo):
    attributed = transcripts(demo.read(Feed.TRANSCRIPTS, 94))
    demo.sandbox.tenant(attribution=False)
    pages = transcripts(demo.read(Feed.TRANSCRIPTS, 94))
    assert [page.is_attributed for page in pages] == [False] * 3
    assert {cue.speaker for page in pages for cue in page.cues} == {None}
    for page, before in zip(pages, attributed, strict=True):
        assert [cue.text for cue in page.cues] == [cue.text for cue in before.cues]
    assert len(demo.asked()) == 1 + 1 + 3  # refused once, then not asked for any more


def test_the_tenants_switch(demo):
    demo.sandbox.tenant(transcripts=False)
    error = demo.read(Feed.TRANSCRIPTS, 94).error
    assert isinstance(error, PermissionRefusedError)
    assert error.reason is ReasonCode.TRANSCRIPTS_SWITCHED_OFF


def test_a_missing_permission_is_named(demo):
    demo.sandbox.tenant(remove_roles=["OnlineMeetingTranscript.Read.All"], revoke_tokens=True)
    error = demo.read(Feed.TRANSCRIPTS, 94).error
    assert error.reason is ReasonCode.PERMISSION_MISSING
    assert error.params == {"permission": "OnlineMeetingTranscript.Read.All"}


def test_a_listed_one_that_is_not_there_hides_no_other(demo):
    demo.sandbox.script(path=CONTENT, skip=1, times=1, status=404)
    read = demo.read(Feed.TRANSCRIPTS, 94)
    assert isinstance(read.error, NotFoundError)
    assert read.error.reason is ReasonCode.TRANSCRIPT_GONE
    assert [len(page.cues) for page in transcripts(read)] == [3, 2]


@pytest.mark.parametrize("body", ["<html><!-- busy --></html>", '{"value": []}'])
def test_something_else_is_no_transcript(demo, body):
    demo.sandbox.script(path=CONTENT, raw_body=body)
    assert isinstance(demo.read(Feed.TRANSCRIPTS, 94).error, BadResponseError)


def test_what_could_not_be_read_is_counted(demo):
    body = "WEBVTT\n\nsoon --> later\nlost\n\n00:01.000 --> 00:02.000\nkept"
    demo.sandbox.script(path=CONTENT, raw_body=body)
    [page] = transcripts(demo.read(Feed.TRANSCRIPTS, 46))
    assert ([cue.text for cue in page.cues], page.lost) == (["kept"], 1)


def test_an_empty_transcript_is_one(demo):
    demo.sandbox.script(path=CONTENT, raw_body="WEBVTT\n")
    [page] = transcripts(demo.read(Feed.TRANSCRIPTS, 46))
    assert (page.cues, page.lost) == ((), 0)
