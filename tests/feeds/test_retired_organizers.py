"""Meetings of before that somebody else organized."""

from accounts.models import User
from conferences.actions.conferences import change_conference
from conferences.models import Conference, DriveFile
from tests.conferences.commands import report, sync
from tests.feeds.artifacts import changes, seen, small_world, texts
from tests.feeds.retired import (
    MARA,
    NOOR,
    OPERATIONS,
    TOMAS,
    mara,
    new_link,
    people,
    with_another_meeting,
)

demo_world = small_world
__all__ = ["mara"]


def give_to(email: str) -> Conference:
    """86 gets another organizer, who teaches there and takes it over."""
    conference = Conference.objects.get(pk=86)
    teaching = {"role": "instructor"}
    conference.roster.update_or_create(email=email, defaults=teaching, create_defaults=teaching)
    taker = User.objects.create(username=email, email=email)
    change_conference(conference, {"organizer_email": email}, taker)
    conference.refresh_from_db()
    return conference


def test_another_organizer_does_not_lose_what_was_held(demo_world, mara):
    """Over, so nothing is made anew: all there is to read is the old meeting, as Mara's."""
    sync(86)
    before, known = report(86), people(86)
    conference = give_to(TOMAS)
    assert (conference.meeting_link, conference.retired_meetings.get().organizer_email) == (
        None,
        MARA,
    )
    code, result = sync(86)
    assert (code, result["verdict"]) == (0, "success")
    assert people(86) == known
    for name in ("recordings", "transcripts", "files", "messages"):
        assert (name, report(86)[name]) == (name, before[name])
    assert all("created" not in changes(result, name) for name in OPERATIONS)


def test_each_organizers_chat_and_folder_are_read_as_theirs(demo_world, mara):
    """Now it is Noor's; what Mara's chat names is looked up with Mara's meeting only."""
    sync(86)
    files = set(DriveFile.objects.values_list("item_id", "found_for"))
    demo_world.forget_requests()
    sync(86)
    looked_up = seen(demo_world)["file"]
    give_to(NOOR)
    noor = User.objects.get(email=NOOR)
    _, new = with_another_meeting(demo_world, noor, link=new_link(demo_world, NOOR))
    new.write("Now in my room.", 5)
    sync(86)
    assert "Now in my room." in texts(report(86)["messages"])
    assert [one["sources"] for one in report(86)["recordings"]] == 2 * [
        ["recordings", "drive", "chat"]
    ]
    demo_world.forget_requests()
    sync(86)
    assert (seen(demo_world)["file"], seen(demo_world)["folder"]) == (looked_up, 2)
    assert set(DriveFile.objects.values_list("item_id", "found_for")) == files
