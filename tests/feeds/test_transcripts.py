"""What was said, cue by cue, and the tenant's two switches (docs/sandbox.md, by hand)."""

from datetime import datetime

import pytest

from conferences.models import Conference
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import changes, keys, outcome, seen, small_world, starts_of

demo_world = small_world

MARA, NOOR, INES = "Mara Lindqvist", "Noor Haddad", "Ines Duarte"

# by conference: one list a transcript, of (from, to, who, what)
SAID = {
    46: [
        [
            (0.0, 5.32, MARA, "Welcome, everybody."),
            (6.0, 14.5, MARA, "Today we read one paper together."),
            (15.25, 21.0, NOOR, "Is page four part of it?"),
            (21.5, 24.0, MARA, "Yes, up to the table."),
            (70.0, 82.125, "Jonas Weber", "They report p < 0.05 & n > 40."),
            (83.0, 85.0, None, "[Laughter]"),
            (600.0, 612.0, "Robin (Guest)", "My microphone works now."),
            (1200.0, 1218.5, "Lena Fischer", 'The word "significant" has two meanings.'),
            (1800.0, 1809.0, "Omar Said", "I rejoined, sorry."),
            (2400.0, 2431.0, "Priya Nair", "Figure two contradicts table one."),
            (3400.0, 3410.0, "Kim Park", "Who writes the summary?"),
            (3411.0, 3420.0, MARA, "Kim does. Thank you all."),
        ]
    ],
    86: [
        [
            (0.0, 4.0, MARA, "Sheet five, exercise one."),
            (5.0, 12.0, NOOR, "The kernel is one-dimensional."),
            (13.0, 18.0, INES, "Why?"),
            (19.0, 31.5, NOOR, "Because the rank is two and three minus two is one."),
            (300.0, 309.0, "Lena Fischer", "Exercise two is the same with other numbers."),
            (900.0, 915.0, MARA, "Almost. Look at the last row."),
        ]
    ],
    94: [
        [
            (0.0, 5.32, MARA, "Can you hear me?"),
            (6.5, 9.0, NOOR, "Loud & clear."),
            (61.0, 65.0, None, "[Applause]"),
        ],
        [
            (-4.25, -1.5, INES, "… which is why I asked."),
            (-0.75, 3.0, MARA, "Now it is on."),
            (4.0, 9.5, INES, "If a < b and b < c, then a < c."),
            (10.0, 12.0, MARA, "Granted."),
        ],
        [
            (0.0, 3.0, NOOR, "Any other business?"),
            (3.5, 5.0, MARA, "No."),
        ],
    ],
    96: [
        [
            (0.0, 6.5, MARA, "Chapter two."),
            (10.0, 16.5, NOOR, "Read it."),
            (20.0, 26.5, INES, "So did I."),
        ]
    ],
}
# seconds after the start
BEGINS = {46: [60], 86: [120], 94: [120, 1200, 3000], 96: [300]}


def cues(pk: int) -> list[list[tuple[float, float, str | None, str]]]:
    return [
        [(cue["starts"], cue["ends"], cue["speaker"], cue["text"]) for cue in one["cues"]]
        for one in report(pk)["transcripts"]
    ]


@pytest.mark.parametrize("pk", SAID)
def test_every_cue_is_there(demo_world, pk):
    sync(pk, "--operation", "transcripts")
    assert cues(pk) == SAID[pk]
    start, transcripts = starts_of(demo_world, pk)[None], report(pk)["transcripts"]
    assert all(one["is_attributed"] and one["lost"] == 0 for one in transcripts)
    begun = [datetime.fromisoformat(one["starts_at"]) - start for one in transcripts]
    assert [since.total_seconds() for since in begun] == BEGINS[pk]


def test_switched_off_for_the_tenant(demo_world):
    """46: transcripts fail with their own reason, and nothing else does."""
    demo_world.tenant(transcripts=False)
    code, result = sync(46)
    assert (code, result["message"]) == (
        3,
        "Some operations had issues: recordings, transcripts. Other data synced successfully.",
    )
    assert outcome(result, "transcripts") == ("failed", "transcripts_switched_off")
    assert outcome(result, "chat") == ("succeeded", None)
    assert changes(result, "chat") == {"created": 9}
    demo_world.tenant(transcripts=True)
    assert changes(sync(46)[1], "transcripts") == {"created": 1}
    assert cues(46) == SAID[46]


def test_switched_off_alone_is_a_failed_sync(demo_world):
    demo_world.tenant(transcripts=False)
    code, result = sync(94, "--operation", "transcripts")
    assert (code, result["verdict"]) == (1, "failed")
    assert result["message"] == (
        "Sync failed: The tenant does not let applications read transcripts; a Teams "
        "administrator allows it (Set-CsTeamsMeetingConfiguration -EnableGraphTranscriptAccess). "
        "Nothing stored was lost. An administrator acts, or try again."
    )


def test_switched_off_later_nothing_is_lost(demo_world):
    sync(94)
    before = digest()
    demo_world.tenant(transcripts=False)
    _, result = sync(94)
    assert outcome(result, "transcripts") == ("failed", "transcripts_switched_off")
    assert (digest(), cues(94)) == (before, SAID[94])


def test_without_speakers_and_later_with_them(demo_world):
    """94: kept without names while the tenant hides them; the same rows have names afterwards."""
    sync(94)
    undisturbed = digest()
    Conference.objects.get(pk=94).transcripts.all().delete()
    demo_world.tenant(attribution=False)
    code, result = sync(94)
    assert (code, outcome(result, "transcripts")) == (0, ("succeeded", None))
    assert cues(94) == [[(*cue[:2], None, cue[3]) for cue in one] for one in SAID[94]]
    assert [one["is_attributed"] for one in report(94)["transcripts"]] == [False] * 3
    transcripts = keys()[-2]
    assert changes(sync(94)[1], "transcripts") == {"unchanged": 3}
    demo_world.tenant(attribution=True)
    code, result = sync(94)
    assert (code, changes(result, "transcripts")) == (0, {"updated": 3})
    assert (cues(94), keys()[-2]) == (SAID[94], transcripts)
    assert digest() == undisturbed


def test_speakers_that_are_hidden_later_stay(demo_world):
    """What is complete is not fetched again, so nobody loses a name."""
    sync(94)
    before = digest()
    demo_world.tenant(attribution=False)
    demo_world.forget_requests()
    assert outcome(sync(94)[1], "transcripts") == ("succeeded", None)
    assert (digest(), seen(demo_world)["transcript"]) == (before, 0)


def test_a_transcript_that_does_not_come_is_tried_again(demo_world):
    """94: only the first of three comes; the others come next time."""
    demo_world.script(path=r"/transcripts/[^/]+/content", skip=1, status=500)
    _, result = sync(94)
    assert outcome(result, "transcripts") == ("partial", "platform_fault")
    assert cues(94) == SAID[94][:1]
    demo_world.end_faults()
    _, result = sync(94)
    assert changes(result, "transcripts") == {"created": 2, "unchanged": 1}
    assert cues(94) == SAID[94]
