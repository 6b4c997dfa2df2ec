"""What is a conference's follows its planned times: series, time slots, changes of the plan."""

from datetime import datetime, timedelta

from conferences.models import ChatMessage, Recording, Transcript
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import (
    changes,
    keys,
    outcome,
    plan_again,
    planned,
    seen,
    small_world,
    texts,
)

demo_world = small_world

WEEK = timedelta(weeks=1)

# 96: what each occurrence holds: messages, seconds and bytes of its recording, cues.
FIRST = (["Chapter one.", "Read it.", "Half of it."], [(1800.0, 3848, 1, 1)], [3])
MIDDLE = (["Chapter two.", "Read it.", "So did I.", "Good."], [(2400.0, 4448, 1, 1)], [3])
LAST = (["Chapter three.", "Not yet."], [(3000.0, 5048, 1, 1)], [2])


def held(pk: int, slot: int | None = None):
    shown = report(pk)
    messages, recordings, transcripts = (
        [row for row in shown[name] if row["slot"] == slot]
        for name in ("messages", "recordings", "transcripts")
    )
    parts = Recording.objects.filter(is_planned=True, vanished_at=None, slot_id=slot)
    return (
        texts(messages),
        [
            (r["seconds"], r["size"], r["part"], row.parts)
            for r, row in zip(recordings, parts, strict=True)
        ],
        [len(one["cues"]) for one in transcripts],
    )


def moved(sandbox, pk: int, by: timedelta, minutes: int = 60) -> dict[str, str]:
    """The planned times, moved from where the registrar has them."""
    start = datetime.fromisoformat(planned(sandbox, pk)["starts_at"]) + by
    ends_at = start + timedelta(minutes=minutes)
    return {"starts_at": start.isoformat(), "ends_at": ends_at.isoformat()}


def test_a_series_is_cut_to_its_occurrence(demo_world):
    sync(96)
    assert held(96) == MIDDLE
    assert ChatMessage.objects.filter(event="").count() == 4
    assert (Recording.objects.count(), Transcript.objects.count()) == (1, 1)


def test_another_occurrence_and_back_again(demo_world):
    """Rows of the old plan stay and do not count; coming back writes none of them anew."""
    sync(96)
    undisturbed, stored = digest(), keys()
    for by, occurrence in ((-WEEK, FIRST), (WEEK, LAST)):
        plan_again(demo_world, 96, **moved(demo_world, 96, by))
        code, result = sync(96)
        assert (code, outcome(result, "chat")) == (0, ("succeeded", None))
        assert held(96) == occurrence
        assert changes(result, "chat") == {"created": len(occurrence[0])}
        assert changes(result, "recordings") == {"created": 1}
    assert Recording.objects.filter(is_planned=False).count() == 2
    assert Transcript.objects.filter(is_planned=False).count() == 2
    plan_again(demo_world, 96)
    _, result = sync(96)
    assert held(96) == MIDDLE
    for operation in ("recordings", "chat", "transcripts"):
        assert "created" not in changes(result, operation)
    for before, after in zip(stored, keys(), strict=True):
        assert set(before) <= set(after)
    assert digest() != undisturbed  # the other occurrences are kept


def test_a_time_at_which_nothing_was_held(demo_world):
    sync(96)
    plan_again(demo_world, 96, **moved(demo_world, 96, timedelta(days=-3)))
    _, result = sync(96)
    assert held(96) == ([], [], [])
    assert outcome(result, "chat") == ("no_data", "nobody_wrote")
    assert outcome(result, "recordings") == ("no_data", "not_recorded")
    assert ChatMessage.objects.filter(event="").count() == 4


def test_slots_that_share_a_meeting_have_their_own(demo_world):
    """96 as one conference of three sittings with one link."""
    whole = planned(demo_world, 96)
    slots = [
        {"id": number, "meeting_link": whole["meeting_link"], **moved(demo_world, 96, by)}
        for number, by in ((961, -WEEK), (962, timedelta()), (963, WEEK))
    ]
    plan_again(demo_world, 96, use_time_slots=True, time_slots=slots)
    _, result = sync(96)
    assert [held(96, slot) for slot in (961, 962, 963)] == [FIRST, MIDDLE, LAST]
    for slot, occurrence in ((961, FIRST), (962, MIDDLE), (963, LAST)):
        assert changes(result, "chat", slot) == {"created": len(occurrence[0])}
        assert changes(result, "recordings", slot) == {"created": 1}
        assert changes(result, "transcripts", slot) == {"created": 1}
    asked = seen(demo_world)
    assert (asked["chat"], asked["recordings"], asked["transcripts"]) == (1, 1, 1)
    before = digest()
    assert sync(96)[1]["message"] == f"Everything is up to date ({result['items']} items)."
    assert digest() == before


def test_slots_that_touch_cut_the_chat_between_them(demo_world):
    """92 in two halves: every message is in exactly one."""
    whole = planned(demo_world, 92)
    half = timedelta(minutes=30)
    slots = [
        {"id": number, "meeting_link": whole["meeting_link"], **moved(demo_world, 92, by, 30)}
        for number, by in ((921, timedelta()), (922, half))
    ]
    plan_again(demo_world, 92, use_time_slots=True, time_slots=slots)
    sync(92, "--operation", "chat")
    early, late = (held(92, slot)[0] for slot in (921, 922))
    assert [*early, *late] == [f"Message {n:04d}" for n in range(2000)]
    assert len(early) in {1000, 1001}  # number 1000 comes as one ends and the other starts


def test_time_slots_that_come_into_use_later_take_over(demo_world):
    sync(86)
    whole = planned(demo_world, 86)
    slot = {
        "id": 861,
        **{key: whole[key] for key in ("meeting_link", "online_meeting_id")},
        **{key: whole[key] for key in ("starts_at", "ends_at")},
    }
    plan_again(demo_world, 86, use_time_slots=True, time_slots=[slot])
    sync(86)
    shown = report(86)
    for name, count in {"messages": 5, "recordings": 2, "transcripts": 1, "files": 1}.items():
        assert (name, [row["slot"] for row in shown[name]]) == (name, [861] * count)
    assert [recording["part"] for recording in shown["recordings"]] == [1, 2]


def test_another_link_is_another_meeting(demo_world):
    """86 gets the link of 96: nothing of the old meeting counts, and back again it does."""
    sync(86)
    other = planned(demo_world, 96)
    times = {key: other[key] for key in ("meeting_link", "starts_at", "ends_at")}
    plan_again(demo_world, 86, **times, online_meeting_id=None)
    sync(86)
    assert (held(86), report(86)["files"]) == (MIDDLE, [])
    plan_again(demo_world, 86)
    sync(86)
    assert held(86) == (
        [
            *("Good morning.", "The sheet:", "Thank you!", "Is it row or column rank?"),
            "They are equal.",
        ],
        [(1680.0, 3728, 1, 2), (1500.0, 3548, 2, 2)],
        [6],
    )
    assert [file["name"] for file in report(86)["files"]] == ["sheet-5.pdf"]
