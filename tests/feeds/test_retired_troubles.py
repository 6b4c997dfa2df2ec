"""Meetings of before that are gone, refused, shared with others, or had once and again."""

import pytest

from accounts.models import User
from conferences.models import Conference, RetiredMeeting
from conferences.planning import plan_sync
from platforms.records import RemoteMeeting
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import outcome, planned, small_world, texts
from tests.feeds.retired import (
    OPERATIONS,
    VIKTOR,
    Held,
    events,
    mara,
    new_link,
    people,
    with_another_meeting,
)

demo_world = small_world
GONE_WITH_IT = ("attendance_reports", "recordings", "transcripts")
__all__ = ["mara"]


@pytest.mark.parametrize("knows_ids", [True, False])
def test_an_old_meeting_that_is_gone_is_told_and_no_trouble(demo_world, mara, knows_ids):
    """What was read of it counts on."""
    sync(86)
    attended = people(86)
    old, new = with_another_meeting(demo_world, mara)
    new.attend(VIKTOR, 0, 10)
    sync(86)
    if not knows_ids:
        ids = ("online_meeting_id", "chat_thread_id", "chat_post_id")
        RetiredMeeting.objects.update(**dict.fromkeys(ids))
    old.change("delete_event")

    code, result = sync(86)

    assert (code, result["verdict"]) == (0, "success")
    assert people(86) == {**attended, "Viktor Sund": 600}
    assert len(report(86)["recordings"]) == 2
    told = {event for event in events() if event.startswith(("gone", "meeting_missing", "feed_f"))}
    one_by_one = {f"gone_before {name}" for name in GONE_WITH_IT}
    assert told == (one_by_one if knows_ids else {"gone_before meeting"})


def test_an_old_meeting_that_cannot_be_read_makes_it_partial(demo_world, mara):
    """Nothing that was read is lost, and the next sync brings the rest."""
    sync(86)
    attended = people(86)
    _, new = with_another_meeting(demo_world, mara)
    new.attend(VIKTOR, 0, 10)
    old_id = RetiredMeeting.objects.get().online_meeting_id
    demo_world.script(path=f"{old_id}/transcripts", status=503)

    code, result = sync(86)

    assert (code, result["verdict"]) == (3, "partial")
    assert outcome(result, "attendance") == ("succeeded", None)
    assert outcome(result, "transcripts")[0] in {"failed", "partial"}
    assert people(86) == {**attended, "Viktor Sund": 600}
    demo_world.end_faults()
    assert sync(86)[1]["verdict"] == "success"


def test_an_old_meeting_whose_look_up_fails_makes_it_partial(demo_world, mara):
    sync(86)
    _, new = with_another_meeting(demo_world, mara)
    new.attend(VIKTOR, 0, 10)
    RetiredMeeting.objects.update(chat_thread_id=None)
    old_id = RetiredMeeting.objects.get().online_meeting_id
    demo_world.script(path=rf"/onlineMeetings/{old_id}\?*$", status=503)

    code, result = sync(86)

    assert (code, result["verdict"]) == (3, "partial")
    assert {outcome(result, name)[1] for name in OPERATIONS} == {"platform_fault"}
    assert people(86)["Viktor Sund"] == 600


def test_a_link_had_once_and_again_is_read_once(demo_world, mara):
    """There and back: the first meeting counts as it did, the one in between is read too."""
    sync(86)
    first, known = planned(demo_world, 86)["meeting_link"], people(86)
    _, between = with_another_meeting(demo_world, mara)
    between.attend(VIKTOR, 0, 10)
    with_another_meeting(demo_world, mara, link=first)
    Conference.objects.filter(pk=86).update(chat_thread_id=None)  # less is known of it than before
    [target] = plan_sync(Conference.objects.get(pk=86), ["chat"]).targets
    assert [one.ref.join_url for one in target.meetings] == [first, between.link]
    sync(86)
    assert people(86) == {**known, "Viktor Sund": 600}
    stored = digest()
    sync(86)
    assert digest() == stored


def test_the_next_conference_with_the_old_link_has_its_own(demo_world, mara):
    """86 leaves its link to another conference, planned from 86's end on."""
    conference = Conference.objects.get(pk=86)
    length = conference.ends_at - conference.starts_at
    minutes = length.total_seconds() / 60
    old = Held(demo_world, conference.meeting_link, conference.starts_at)
    old.write("Almost over.", minutes - 5)
    old.write("Welcome to the next one.", minutes + 5)
    with_another_meeting(demo_world, mara)
    following = Conference.objects.create(
        title="Next",
        organizer_email=conference.organizer_email,
        starts_at=conference.ends_at,
        ends_at=conference.ends_at + length,
        meeting_link=old.link,
    )
    sync(86)
    sync(following.pk)
    assert texts(report(86)["messages"])[-1] == "Almost over."
    assert texts(report(following.pk)["messages"]) == ["Welcome to the next one."]


def test_what_was_found_for_the_old_meeting_is_not_kept_for_the_new_one(demo_world, mara):
    """Made anew while a sync was looking: the answer belongs to the retired row."""
    conference = Conference.objects.get(pk=91)
    assert conference.online_meeting_id is None
    [target] = plan_sync(conference, ["chat"]).targets
    viktor = User.objects.create(username="viktor", email=VIKTOR)
    with_another_meeting(demo_world, viktor, 91, new_link(demo_world, VIKTOR))
    conference.refresh_from_db()
    ids = (conference.online_meeting_id, conference.chat_thread_id)
    conference.keep_meeting(target, RemoteMeeting("old-id", "viktor", (), "old-thread"))
    conference.refresh_from_db()
    assert (conference.online_meeting_id, conference.chat_thread_id) == ids
    retired = RetiredMeeting.objects.get()
    assert (retired.online_meeting_id, retired.chat_thread_id) == ("old-id", "old-thread")


def test_another_organizers_answer_is_not_kept(demo_world):
    """The organizer was changed while a sync was looking."""
    conference = Conference.objects.get(pk=91)
    [target] = plan_sync(conference, ["chat"]).targets
    Conference.objects.filter(pk=91).update(organizer_email="tomas.novak@example.edu")
    conference.keep_meeting(target, RemoteMeeting("an-id", "viktor", (), "a-thread"))
    conference.refresh_from_db()
    assert (conference.online_meeting_id, conference.chat_thread_id) == (None, None)
