"""A meeting that is made anew: what was held in the old one counts, and a sync reads both."""

from datetime import UTC, datetime, timedelta

from conferences.actions import meetings
from conferences.models import (
    AttendanceSitting,
    CallRecording,
    Conference,
    ConferenceTimeSlot,
    RetiredMeeting,
)
from tests.conferences.carrying import carry_out_all
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import changes, seen, small_world, texts
from tests.feeds.retired import (
    MARA,
    NOOR,
    OPERATIONS,
    VIKTOR,
    Held,
    mara,
    people,
    with_another_meeting,
)

demo_world = small_world
__all__ = ["mara"]


def there() -> tuple[int, int]:
    """How many recordings and sittings the platform still lists."""
    rows = (CallRecording.objects, AttendanceSitting.objects)
    recordings, sittings = (one.filter(vanished_at=None).count() for one in rows)
    return recordings, sittings


def test_a_slot_made_anew_while_it_is_held_has_both_meetings(demo_world, mara):
    """Two links, one sitting: who changed over is one person, and what was said is one chat."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=50)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    conference = Conference.objects.create(
        title="Seminar", organizer_email=MARA, use_time_slots=True, **times
    )
    pk, slot = conference.pk, meetings.plan_slot(conference, *times.values(), by=mara)
    carry_out_all()
    slot.refresh_from_db()
    old = Held(demo_world, slot.meeting_link, start)
    old.attend(NOOR, 0, 20)
    old.write("The sound is bad here.", 15)
    old.record(1, 19)
    sync(pk)
    meetings.recreate_meeting(slot, mara)
    carry_out_all()
    slot.refresh_from_db()
    new = Held(demo_world, slot.meeting_link, start)
    new.attend(NOOR, 25, 40)
    new.attend(MARA, 22, 40)
    new.write("Much better.", 26)
    new.record(25, 39)
    ConferenceTimeSlot.objects.update(ends_at=start + timedelta(minutes=45))  # now it is over

    _, result = sync(pk)

    assert people(pk) == {"Noor Haddad": 35 * 60, "Mara Lindqvist": 18 * 60}
    assert texts(report(pk)["messages"]) == ["The sound is bad here.", "Much better."]
    assert [row["seconds"] for row in report(pk)["recordings"]] == [18 * 60, 14 * 60]
    assert changes(result, "chat", slot.pk) == {"created": 1, "unchanged": 1}
    assert changes(result, "recordings", slot.pk) == {"created": 1, "updated": 1}  # 1 of 2
    assert {row["slot"] for name in ("messages", "recordings") for row in report(pk)[name]} == {
        slot.pk
    }


def test_what_was_read_before_stays_beside_what_is_new(demo_world, mara):
    """Over, read, then given another link: nothing of the old meeting is lost or counted twice."""
    sync(86)
    before, attended = report(86), people(86)
    _, new = with_another_meeting(demo_world, mara)
    new.attend(VIKTOR, 0, 10)
    new.write("Is anybody here?", 5)

    code, result = sync(86)

    assert (code, result["verdict"]) == (0, "success")
    assert people(86) == {**attended, "Viktor Sund": 600}
    after = report(86)
    for name in ("recordings", "transcripts", "files"):
        assert (name, after[name]) == (name, before[name])
    assert sorted(texts(after["messages"])) == sorted(
        [*texts(before["messages"]), "Is anybody here?"]
    )
    kinds = {name: changes(result, name) for name in OPERATIONS}
    assert kinds == {
        "attendance": {"created": 1, "unchanged": 5},
        "recordings": {"unchanged": 2},
        "chat": {"created": 1, "unchanged": 5},
        "transcripts": {"unchanged": 1},
        "files": {"unchanged": 1},
    }


def test_the_second_sync_writes_nothing_and_asks_no_more_than_it_must(demo_world, mara):
    sync(86)
    demo_world.forget_requests()
    sync(86)
    of_one = seen(demo_world)
    _, new = with_another_meeting(demo_world, mara)
    new.attend(MARA, 0, 10)
    sync(86)
    known = digest()
    demo_world.forget_requests()

    _, result = sync(86)

    assert result["message"].startswith("Everything is up to date")
    assert digest() == known
    more = seen(demo_world) - of_one
    assert more == {
        "organizer": 1,
        "attendance reports": 2,  # the list, and Mara's report
        "recordings": 1,
        "transcripts": 1,
        "chat": 1,
    }


def test_only_what_its_own_meeting_no_longer_lists_has_vanished(demo_world, mara):
    sync(86)
    old, new = with_another_meeting(demo_world, mara)
    new.attend(VIKTOR, 0, 10)
    new.record(20, 25)
    sync(86)
    assert there() == (3, 2)
    old.change("remove_recording", recording=0, routes=["api", "drive", "chat"])
    sync(86)
    assert there() == (2, 2)
    new.change("remove_recording", recording=0, routes=["api", "drive", "chat"])
    sync(86)
    assert there() == (1, 2)
    old.change("remove_report")
    sync(86)
    assert there() == (1, 1)


def test_two_meetings_before_are_both_read_and_their_ids_kept(demo_world, mara):
    """Only their links are known at first."""
    held = with_another_meeting(demo_world, mara)
    held += with_another_meeting(demo_world, mara)[1:]
    ids = ("online_meeting_id", "chat_thread_id", "chat_post_id")
    RetiredMeeting.objects.update(**dict.fromkeys(ids))
    Conference.objects.filter(pk=86).update(**dict.fromkeys(ids))
    for number, meeting in enumerate(held):
        meeting.attend(VIKTOR, 10 * number, 10 * number + 5)
    sync(86)
    assert people(86)["Viktor Sund"] == 15 * 60
    rows = [*RetiredMeeting.objects.all(), Conference.objects.get(pk=86)]
    kept = {(row.online_meeting_id, row.chat_thread_id) for row in rows}
    assert len(kept) == 3
    assert None not in {one for row in kept for one in row}
    demo_world.forget_requests()
    sync(86)
    assert seen(demo_world)["meeting"] == 0


def test_who_came_to_the_old_meeting_is_not_looked_for_among_all_calls(demo_world, mara):
    """Nobody was in the new one: its empty list is no reason to read the tenant's calls."""
    with_another_meeting(demo_world, mara)
    sync(86)
    assert seen(demo_world)["call records"] == 0
    assert people(86)["Mara Lindqvist"] == 3600


def test_calls_of_both_are_looked_for_when_neither_has_anything(demo_world, mara):
    """89's guess is one guess, however many meetings it was looked for."""
    sync(89)
    with_another_meeting(demo_world, mara, 89)
    sync(89)
    known = digest()
    sync(89)
    assert digest() == known
    conference = Conference.objects.get(pk=89)
    guess = conference.sittings.get(is_guess=True)
    assert guess.read_through == conference.meeting_link
