"""Recordings that come later, are renamed, locked, expire or are removed."""

from datetime import UTC, datetime, timedelta

from conferences.models import Recording
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import changes, keys, moment, outcome, small_world, step

demo_world = small_world

INES = "ines.duarte@example.edu"


def sync_recordings(pk: int):
    return sync(pk, "--operation", "recordings")


def parts(pk: int) -> list[tuple[int, float, int | None]]:
    return [(r["part"], r["seconds"], r["size"]) for r in report(pk)["recordings"]]


def ago(minutes: float) -> str:
    now = datetime.now(UTC).replace(microsecond=0)
    return (now - timedelta(minutes=minutes)).isoformat()


def test_a_renamed_video_keeps_its_row(demo_world):
    sync(86)
    stored = keys()
    old = report(86)["recordings"][1]["name"]
    demo_world.change("rename_file", file=old, name="Sheet 5, second half.mp4")
    code, result = sync(86)
    assert (code, changes(result, "recordings")) == (0, {"updated": 1, "unchanged": 1})
    assert report(86)["recordings"][1]["name"] == "Sheet 5, second half.mp4"
    assert report(86)["recordings"][0]["name"] != "Sheet 5, second half.mp4"
    assert keys() == stored
    assert changes(sync(86)[1], "recordings") == {"unchanged": 2}


def test_a_recording_removed_remotely_is_marked_and_kept(demo_world):
    sync(86)
    stored = keys()
    demo_world.change("remove_recording", conference=86, recording=0)
    code, result = sync(86)
    assert (code, outcome(result, "recordings")) == (0, ("succeeded", None))
    assert changes(result, "recordings") == {"updated": 1, "vanished": 1}  # now the only part
    assert parts(86) == [(1, 1500.0, 3548)]
    [gone] = Recording.objects.filter(vanished_at__isnull=False)
    assert (gone.duration.total_seconds(), gone.is_planned) == (1680.0, True)
    assert keys() == stored
    _, result = sync(86)
    assert changes(result, "recordings") == {"unchanged": 1}


def test_all_recordings_removed_remotely(demo_world):
    """A zero with its reason: there was something."""
    sync_recordings(86)
    for number in range(2):
        demo_world.change("remove_recording", conference=86, recording=number)
    code, result = sync_recordings(86)
    assert (code, outcome(result, "recordings")) == (0, ("no_data", "recording_gone"))
    assert changes(result, "recordings") == {"vanished": 2}
    assert parts(86) == []
    assert Recording.objects.count() == 2


def test_an_expired_recording_is_listed_without_its_file(demo_world):
    sync(86)
    stored = keys()
    demo_world.change("expire_recording", conference=86, recording=0)
    code, result = sync(86)
    assert (code, changes(result, "recordings")) == (0, {"updated": 1, "unchanged": 1})
    found = [(r["part"], r["seconds"], r["file_is_gone"]) for r in report(86)["recordings"]]
    assert found == [(1, 1680.0, True), (2, 1500.0, False)]
    assert keys() == stored


def test_parts_that_come_later_are_numbered_by_their_start(demo_world):
    """82 ended twelve minutes ago."""
    assert outcome(sync_recordings(82)[1], "recordings")[1] == "recordings_not_there_yet"
    demo_world.change("add_recording", conference=82, starts_at=ago(35), ends_at=ago(20))
    _, result = sync_recordings(82)
    assert changes(result, "recordings") == {"created": 1}
    assert parts(82) == [(1, 900.0, 2948)]
    demo_world.change("add_recording", conference=82, starts_at=ago(18), ends_at=ago(13))
    _, result = sync_recordings(82)
    assert changes(result, "recordings") == {"created": 1, "updated": 1}  # now one of two
    assert parts(82) == [(1, 900.0, 2948), (2, 300.0, 2348)]
    assert [r["sources"] for r in report(82)["recordings"]] == [["recordings", "drive", "chat"]] * 2


def test_a_locked_folder_hides_no_recording_that_the_chat_names(demo_world):
    """86's videos lie in "Aufnahmen", which answers 423, before the first sync and after it."""
    demo_world.change("lock_file", file="Aufnahmen")
    _, result = sync(86)
    assert outcome(result, "recordings") == ("partial", "locked")
    assert parts(86) == [(1, 1680.0, 3728), (2, 1500.0, 3548)]
    demo_world.change("lock_file", file="Aufnahmen", locked=False)
    sync(86)
    before = digest()
    demo_world.change("lock_file", file="Aufnahmen")
    code, result = sync(86)
    assert (code, result["message"]) == (
        *(3, "Some operations had issues: recordings. Other data synced successfully."),
    )
    assert outcome(result, "recordings") == ("partial", "locked")
    assert changes(result, "recordings") == {"unchanged": 2}
    assert digest() == before
    demo_world.change("lock_file", file="Aufnahmen", locked=False)
    assert sync(86)[1]["message"] == "Everything is up to date (14 items)."


def test_a_locked_video_leaves_the_recording(demo_world):
    """46, with Ines's OneDrive opened: its video is looked up by the link of the chat."""
    demo_world.change("set_drive", email=INES, access="ok")
    name = "Research Methods reading a paper together-{:%Y%m%d_%H%M%S}-Meeting Recording.mp4"
    video = name.format(datetime.fromisoformat(moment(demo_world, 46, 1)))
    demo_world.change("lock_file", file=video)
    code, result = sync(46)
    assert (code, outcome(result, "recordings")) == (3, ("partial", "locked"))
    assert (parts(46), step(result, "files")["outcome"]) == ([(1, 3480.0, None)], "succeeded")
    demo_world.change("lock_file", file=video, locked=False)
    code, result = sync(46)
    assert (code, changes(result, "recordings")) == (0, {"updated": 1})
    assert parts(46) == [(1, 3480.0, 5528)]


def test_a_drive_that_is_opened_later_completes_the_recording(demo_world):
    """46 has no issues once Ines's OneDrive lets us in; shut again, nothing is lost."""
    sync(46)
    demo_world.change("set_drive", email=INES, access="ok")
    code, result = sync(46)
    assert (code, result["message"]) == (0, "Successfully synced 25 items.")
    assert [r["sources"] for r in report(46)["recordings"]] == [["recordings", "drive", "chat"]]
    before = digest()
    demo_world.change("set_drive", email=INES, access="denied")
    code, result = sync(46)
    assert (code, outcome(result, "recordings")) == (3, ("partial", "drive_refused"))
    assert digest() == before


def test_a_video_that_is_moved_is_found_by_its_id(demo_world):
    """86: the chat's link names the old place for good."""
    sync(86)
    first, second = (r["name"] for r in report(86)["recordings"])
    demo_world.change("rename_file", file="Aufnahmen", name="Archiv")
    demo_world.change("rename_file", file=first, name="a.mp4")
    code, result = sync(86)
    assert (code, outcome(result, "recordings")) == (0, ("succeeded", None))
    assert [(r["name"], r["file_is_gone"]) for r in report(86)["recordings"]] == [
        *(("a.mp4", False), (second, False)),
    ]


def test_what_an_instructor_published_stays_published(demo_world):
    """86: renamed, one part fewer, its file gone: still the same recording."""
    sync(86)
    first, second = Recording.objects.order_by("starts_at")
    Recording.objects.filter(pk=second.pk).update(published_at=datetime.now(UTC))
    demo_world.change("rename_file", file=second.name, name="b.mp4")
    demo_world.change("remove_recording", conference=86, recording=0)
    sync(86)
    demo_world.change("expire_recording", conference=86, recording=1)
    sync(86)
    assert [(r["name"], r["is_published"]) for r in report(86)["recordings"]] == [("b.mp4", True)]
    assert set(Recording.objects.values_list("pk", flat=True)) == {first.pk, second.pk}
