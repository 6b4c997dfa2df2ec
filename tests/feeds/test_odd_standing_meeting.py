"""A standing meeting: what happens while the next conference is on; and a number too large."""

from datetime import datetime, timedelta

import pytest

from conferences.actions.importing import import_conferences
from conferences.models import DriveFile
from tests.conferences.commands import report, sync, sync_attendance
from tests.feeds.artifacts import planned
from tests.feeds.odd import Answers, odd_world

demo_world = odd_world

NEXT = 990


@pytest.fixture(params=[0, 15])
def next_one(request, demo_world) -> None:
    """86's link once more, for an hour, from its end on or a quarter of an hour later."""
    first = planned(demo_world, 86)
    starts_at = datetime.fromisoformat(first["ends_at"]) + timedelta(minutes=request.param)
    ends_at = starts_at + timedelta(hours=1)
    same = {key: first[key] for key in ("organizer_email", "roster", "timezone", "meeting_link")}
    times = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
    import_conferences({"conferences": [{"id": NEXT, "title": "Next", **same, **times}]})


def test_a_recording_told_of_while_the_next_conference_is_on_is_not_its(demo_world, next_one):
    """86's second part ended at +0:55; the chat says so at +1:05, or the folder's file does."""
    sync(NEXT, "--operation", "recordings")
    assert report(NEXT)["recordings"] == []


def test_who_left_when_the_next_conference_began_did_not_attend_it(demo_world, next_one):
    """86's report ends in the very instant in which the other conference begins."""
    sync_attendance(NEXT)
    assert report(NEXT)["participants"] == []


def test_a_video_whose_size_has_400_digits_loses_no_other(demo_world):
    answers = Answers(demo_world, 94)
    answers.folder(answers.video("odd", 31, size=10**400), answers.video("good", 31))
    sync(94, "--operation", "recordings")
    assert DriveFile.objects.filter(item_id="good").exists()
