"""Meetings that are planned next to each other in one Teams meeting, and plans put right."""

from datetime import UTC, datetime, timedelta

from conferences.actions.importing import import_conferences
from conferences.models import (
    CallRecording,
    ChatMessage,
    Conference,
    ConferenceTimeSlot,
    Transcript,
)
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import outcome, plan_again, planned, starts_of, texts
from tests.feeds.odd import odd_world

demo_world = odd_world

TOMAS = "tomas.novak@example.edu"
WEEK = 7 * 24 * 60
# 86 in two time slots, cut after a quarter of an hour: what was written in each.
EARLY, LATE = 861, 862
BOTH = {
    EARLY: ["Good morning.", "The sheet:", "Thank you!"],
    LATE: ["Is it row or column rank?", "They are equal."],
}


def in_slots(sandbox, pk: int, spans: dict[int, tuple[int, int]]) -> None:
    """The conference in time slots of its one meeting, in minutes from its planned start."""
    start, link = starts_of(sandbox, pk)[None], planned(sandbox, pk)["meeting_link"]
    slots = [
        {
            "id": slot,
            "starts_at": (start + timedelta(minutes=first)).isoformat(),
            "ends_at": (start + timedelta(minutes=last)).isoformat(),
            "meeting_link": link,
        }
        for slot, (first, last) in spans.items()
    ]
    plan_again(sandbox, pk, use_time_slots=True, time_slots=slots)


def cut(sandbox) -> None:
    in_slots(sandbox, 86, {EARLY: (0, 15), LATE: (15, 60)})


def said(pk: int) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = {}
    for message in report(pk)["messages"]:
        found.setdefault(message["slot"], []).append(message["text"])
    return found


def test_a_slot_that_could_not_be_looked_up_keeps_what_was_written_in_it(demo_world):
    """86; of two look-ups of the organizer one is refused."""
    cut(demo_world)
    sync(86)
    assert said(86) == BOTH
    demo_world.script(path=r"/users/mara[^/]*$|/users/mara[^/]*\?", status=403, times=1)
    _, result = sync(86)
    reasons = [outcome(result, "chat", slot)[1] for slot in BOTH]
    assert sorted(map(str, reasons)) == ["None", "permission_missing"]
    assert said(86) == BOTH


def test_a_cancelled_slot_gives_nothing_to_the_one_next_to_it(demo_world):
    cut(demo_world)
    sync(86)
    ConferenceTimeSlot.objects.filter(pk=LATE).update(cancelled_at=datetime.now(UTC))
    sync(86)
    assert said(86) == BOTH
    ChatMessage.objects.all().delete()
    Conference.objects.get(pk=86).threads.all().delete()
    sync(86)
    assert said(86) == {EARLY: BOTH[EARLY]}


def test_a_series_that_is_put_off_takes_its_transcripts_along(demo_world):
    """96 in two sittings, the first and the middle of three; both are a week later."""
    in_slots(demo_world, 96, {961: (-WEEK, 60 - WEEK), 962: (0, 60)})
    sync(96)
    before = [(one["slot"], one["starts_at"]) for one in report(96)["transcripts"]]
    in_slots(demo_world, 96, {961: (0, 60), 962: (WEEK, WEEK + 60)})
    sync(96)
    after = [(one["slot"], one["starts_at"]) for one in report(96)["transcripts"]]
    assert [slot for slot, _ in before] == [slot for slot, _ in after] == [961, 962]
    assert after[0][1] == before[1][1]
    at_once = digest()
    sync(96)
    assert digest() == at_once


def test_the_chat_of_a_meeting_whose_id_is_put_right_is_read_from_its_beginning(demo_world):
    """51: its first slot was given the id of 46's meeting; its link was right always."""
    sync(46, "--operation", "chat")
    sync(51, "--operation", "attendance")
    slot = ConferenceTimeSlot.objects.get(pk=45)
    right, wrong = slot.online_meeting_id, Conference.objects.get(pk=46).online_meeting_id
    assert right != wrong
    for meeting_id in (wrong, right):
        slot.refresh_from_db()
        slot.online_meeting_id = meeting_id
        slot.save()
        sync(51)
    assert [(m["slot"], m["sender"]) for m in report(51)["messages"]] == [
        *((45, "Noor Haddad"), (45, "Mara Lindqvist")),
    ]
    assert [one["seconds"] for one in report(51)["recordings"]] == [3300.0]


def test_the_chat_of_a_former_organizers_meeting_is_closed(demo_world):
    """46: somebody puts the organizer right; the ids that were found stay as they are."""
    sync(46)
    conference = Conference.objects.get(pk=46)
    conference.organizer_email = TOMAS
    conference.save()
    demo_world.change("edit_message", conference=46, message=2, body="Mara's secret")
    _, result = sync(46, "--operation", "chat")
    assert result["verdict"] != "success"
    assert not [text for text in texts(report(46)["messages"]) if "secret" in text]


def test_what_was_said_and_written_in_the_meeting_before_is_not_the_next_conferences(demo_world):
    """86's link once more, from 86's end on, as with a personal room."""
    first = planned(demo_world, 86)
    ends_at = datetime.fromisoformat(first["ends_at"]) + timedelta(hours=1)
    same = {key: first[key] for key in ("organizer_email", "roster", "timezone", "meeting_link")}
    times = {"starts_at": first["ends_at"], "ends_at": ends_at.isoformat()}
    import_conferences({"conferences": [{"id": 990, "title": "Next", **same, **times}]})
    sync(990)
    shown = report(990)
    assert [shown[name] for name in ("messages", "transcripts", "files")] == [[], [], []]
    assert not CallRecording.objects.filter(conference=990).exists()


def test_what_was_read_through_another_link_has_not_vanished(demo_world):
    """86 gets 94's link; nobody asked for the old meeting's recordings."""
    sync(86)
    link = planned(demo_world, 94)["meeting_link"]
    plan_again(demo_world, 86, meeting_link=link, online_meeting_id=None)
    sync(86)
    shown = report(86)
    assert (shown["recordings"], shown["transcripts"]) == ([], [])
    for model in (CallRecording, Transcript):
        rows = model._default_manager.filter(read_through__startswith="https")
        assert not rows.filter(vanished_at__isnull=False).exists()
    plan_again(demo_world, 86)
    sync(86)
    assert [len(report(86)[name]) for name in ("recordings", "transcripts")] == [2, 1]
