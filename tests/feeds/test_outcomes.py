"""What the first sync of every demo conference says (docs/sandbox.md), written by hand."""

import pytest

from tests.conferences.commands import run, sync
from tests.feeds.artifacts import changes, outcome, small_world

demo_world = small_world

ISSUES = "Some operations had issues: {}. Other data synced successfully."
ISSUES_ALONE = "Some operations had issues: {}. The others found no data."
SYNCED = "Successfully synced {} items."

# (exit code, verdict, message, {operation and slot: (outcome, items, reason)})
WORLD = {
    46: (
        *(3, "partial", ISSUES.format("recordings")),
        {
            "attendance": ("succeeded", 12, None),
            "recordings": ("partial", 1, "drive_refused"),  # it lies in Ines's OneDrive
            "chat": ("succeeded", 9, None),
            "transcripts": ("succeeded", 1, None),
            "files": ("succeeded", 2, None),
        },
    ),
    51: (
        *(0, "success", SYNCED.format(8)),
        {
            "attendance 45": ("succeeded", 3, None),
            "attendance 46": ("succeeded", 2, None),  # and Noor, who counts in 45
            "recordings 45": ("succeeded", 1, None),
            "recordings 46": ("no_data", 0, "recordings_not_there_yet"),
            "chat 45": ("succeeded", 2, None),
            "chat 46": ("no_data", 0, "nobody_wrote"),
            "transcripts 45": ("no_data", 0, "not_transcribed"),
            "transcripts 46": ("no_data", 0, "not_transcribed"),
            "files 45": ("no_data", 0, "no_files_shared"),
            "files 46": ("no_data", 0, "no_files_shared"),
        },
    ),
    74: (
        *(0, "success", SYNCED.format(2)),
        {
            "attendance": ("succeeded", 2, None),
            "recordings": ("no_data", 0, "recordings_not_there_yet"),
            "chat": ("no_data", 0, "nobody_wrote"),
            "transcripts": ("no_data", 0, "not_transcribed"),
            "files": ("no_data", 0, "no_files_shared"),
        },
    ),
    81: (
        *(0, "success"),
        "No data available to sync. This is normal if the meeting hasn't occurred yet.",
        {
            "attendance": ("no_data", 0, "not_held_yet"),
            "recordings": ("no_data", 0, "not_held_yet"),
            "chat": ("no_data", 0, "not_held_yet"),
            "transcripts": ("no_data", 0, "not_held_yet"),
            "files": ("no_data", 0, "not_held_yet"),
        },
    ),
    82: (
        *(0, "success", "No data available to sync."),
        {
            "attendance": ("no_data", 0, "not_there_yet"),
            "recordings": ("no_data", 0, "recordings_not_there_yet"),
            "chat": ("no_data", 0, "nobody_wrote"),
            "transcripts": ("no_data", 0, "not_there_yet"),
            "files": ("no_data", 0, "no_files_shared"),
        },
    ),
    84: (
        *(3, "partial", ISSUES_ALONE.format("attendance, recordings, transcripts")),
        {
            "attendance": ("skipped", 0, "access_policy_missing"),
            "recordings": ("partial", 0, "access_policy_missing"),
            "chat": ("no_data", 0, "nobody_wrote"),
            "transcripts": ("skipped", 0, "access_policy_missing"),
            "files": ("no_data", 0, "no_files_shared"),
        },
    ),
    86: (
        *(0, "success", SYNCED.format(14)),
        {
            "attendance": ("succeeded", 5, None),
            "recordings": ("succeeded", 2, None),
            "chat": ("succeeded", 5, None),
            "transcripts": ("succeeded", 1, None),
            "files": ("succeeded", 1, None),
        },
    ),
    87: (
        *(3, "partial"),
        "Nothing could be synced yet: No meeting is linked; add its join link. "
        "The instructor acts.",
        {
            "attendance": ("skipped", 0, "no_meeting_linked"),
            "recordings": ("skipped", 0, "no_meeting_linked"),
            "chat": ("skipped", 0, "no_meeting_linked"),
            "transcripts": ("skipped", 0, "no_meeting_linked"),
            "files": ("skipped", 0, "no_meeting_linked"),
        },
    ),
    90: (
        *(0, "success", "No data available to sync."),
        {
            "attendance": ("no_data", 0, "nothing_kept"),
            "recordings": ("no_data", 0, "not_recorded"),
            "chat": ("no_data", 0, "nobody_wrote"),
            "transcripts": ("no_data", 0, "not_transcribed"),
            "files": ("no_data", 0, "no_files_shared"),
        },
    ),
    91: (
        *(3, "partial", ISSUES.format("recordings")),
        {
            "attendance": ("succeeded", 3, None),
            "recordings": ("partial", 0, "drive_refused"),
            "chat": ("no_data", 0, "nobody_wrote"),
            "transcripts": ("no_data", 0, "not_transcribed"),
            "files": ("no_data", 0, "no_files_shared"),
        },
    ),
}
# 92 … 97: three people, and (recordings, messages, transcripts, files).
CONTENT = {
    92: (0, 2000, 0, 0),
    93: (1, 6, 0, 1),
    94: (0, 0, 3, 0),
    95: (1, 2, 0, 0),
    96: (1, 4, 1, 0),
}
NOTHING = {
    "recordings": "not_recorded",
    "chat": "nobody_wrote",
    "transcripts": "not_transcribed",
    "files": "no_files_shared",
}
for number, counts in CONTENT.items():
    WORLD[number] = (
        *(0, "success", SYNCED.format(3 + sum(counts))),
        {
            "attendance": ("succeeded", 3, None),
            **{
                name: ("succeeded", count, None) if count else ("no_data", 0, why)
                for (name, why), count in zip(NOTHING.items(), counts, strict=True)
            },
        },
    )


@pytest.mark.parametrize("pk", WORLD)
def test_the_first_sync_of_a_demo_conference(demo_world, pk):
    code, verdict, message, operations = WORLD[pk]
    got, result = sync(pk)
    assert (got, result["verdict"], result["message"]) == (code, verdict, message)
    assert result["items"] == sum(items for _, items, _ in operations.values())
    keys = [f"{one['operation']} {one['slot'] or ''}".strip() for one in result["operations"]]
    assert keys == list(operations)
    for key, (ended, items, reason) in operations.items():
        name, _, slot = key.partition(" ")
        of = (name, int(slot) if slot else None)
        assert (key, *outcome(result, *of)) == (key, ended, reason)
        assert (key, changes(result, *of)) == (key, {"created": items} if items else {})


def test_what_harms_is_synced_as_everything_else(demo_world):
    """97: every hostile message is kept (what it looks like is the page's matter)."""
    code, result = sync(97)
    assert (code, outcome(result, "chat")) == (0, ("succeeded", None))
    assert changes(result, "chat") == {"created": 27}


@pytest.mark.parametrize(
    ("pk", "sentence"),
    [
        (82, "No recordings found. Recordings may not be available yet"),
        (90, "No recordings found. Recordings may not be available yet. So long after the end"),
        (91, "A drive that holds the files refuses this application (the organizer)"),
        (46, "A drive that holds the files refuses this application (Ines Duarte)"),
        (84, "No application access policy"),
    ],
)
def test_only_an_empty_listing_says_that_no_recordings_were_found(demo_world, pk, sentence):
    _, out = run("sync_conference", str(pk), "--operation", "recordings")
    assert sentence in out
    assert ("No recordings found" in out) == sentence.startswith("No recordings found")
