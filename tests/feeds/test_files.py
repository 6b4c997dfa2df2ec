"""Shared files that are renamed, removed, locked, or whose messages are deleted."""

import pytest

from conferences.models import SharedFile
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import changes, keys, outcome, small_world, step

demo_world = small_world

READING_LIST, NOTES, SHEET = "reading-list.pdf", "method-notes.docx", "sheet-5.pdf"


def files(pk: int) -> list[tuple[str, int | None, str, int]]:
    return [(f["name"], f["size"], f["shared_by"], f["shares"]) for f in report(pk)["files"]]


@pytest.mark.parametrize(
    ("pk", "old", "size", "who"),
    [(86, SHEET, 12_345, "Noor Haddad"), (93, "plan.pdf", 5_000, "Mara Lindqvist")],
)
def test_a_renamed_file_keeps_its_row(demo_world, pk, old, size, who):
    sync(pk)
    stored = keys()
    demo_world.change("rename_file", file=old, name="new.pdf")
    code, result = sync(pk)
    assert (code, changes(result, "files")) == (0, {"updated": 1})
    assert (files(pk), keys()) == ([("new.pdf", size, who, 1)], stored)
    assert report(pk)["messages"] != []
    assert changes(sync(pk)[1], "files") == {"unchanged": 1}


def test_a_file_that_was_removed_does_not_count(demo_world):
    """46: the other file stays."""
    sync(46)
    stored = keys()
    demo_world.change("remove_file", file=NOTES)
    _, result = sync(46)
    assert outcome(result, "files") == ("succeeded", None)
    assert changes(result, "files") == {"unchanged": 1, "vanished": 1}
    assert (files(46), keys()) == ([(READING_LIST, 24_000, "Mara Lindqvist", 2)], stored)
    assert changes(sync(46)[1], "files") == {"unchanged": 1}


@pytest.mark.parametrize("is_known", [True, False])
def test_a_zero_after_a_removed_file_does_not_say_that_nobody_shared_one(demo_world, is_known):
    """86: removed after the first sync, or before it."""
    if is_known:
        sync(86)
    demo_world.change("remove_file", file=SHEET)
    code, result = sync(86)
    assert (code, outcome(result, "files")) == (0, ("no_data", "files_gone"))
    assert files(86) == []


def test_a_file_is_there_as_long_as_anybody_shares_it(demo_world):
    """46: Mara shared it first, Omar again. Nothing but messages is deleted."""
    sync(46)
    stored = keys()
    demo_world.change("delete_message", conference=46, message=0)
    _, result = sync(46)
    assert changes(result, "files") == {"updated": 1, "unchanged": 1}
    both = {(NOTES, 8_192, "Noor Haddad", 1), (READING_LIST, 24_000, "Omar Said", 1)}
    assert set(files(46)) == both
    omars = 8  # 0 … 9, "Wrong chat!" included
    demo_world.change("delete_message", conference=46, message=omars)
    _, result = sync(46)
    assert changes(result, "files") == {"unchanged": 1, "vanished": 1}
    assert files(46) == [(NOTES, 8_192, "Noor Haddad", 1)]
    [gone] = SharedFile.objects.filter(vanished_at__isnull=False)
    assert (gone.name, gone.shared_by) == (READING_LIST, "Omar Said")
    assert keys() == stored


def test_a_file_shared_in_one_deleted_message_is_shared_no_more(demo_world):
    sync(86)
    demo_world.change("delete_message", conference=86, message=1)
    _, result = sync(86)
    assert outcome(result, "files") == ("no_data", "no_files_shared")
    assert (changes(result, "files"), files(86)) == ({"vanished": 1}, [])


def test_a_locked_file_is_known_from_the_chat(demo_world):
    demo_world.change("lock_file", file=SHEET)
    code, result = sync(86)
    assert (code, result["message"]) == (
        *(3, "Some operations had issues: files. Other data synced successfully."),
    )
    assert outcome(result, "files") == ("partial", "locked")
    assert files(86) == [(SHEET, None, "Noor Haddad", 1)]
    demo_world.change("lock_file", file=SHEET, locked=False)
    code, result = sync(86)
    assert (code, changes(result, "files")) == (0, {"updated": 1})
    assert files(86) == [(SHEET, 12_345, "Noor Haddad", 1)]
    before = digest()
    demo_world.change("lock_file", file=SHEET)
    assert outcome(sync(86)[1], "files") == ("partial", "locked")
    assert digest() == before


def test_one_locked_file_hides_no_other(demo_world):
    """46, at the first sync: Mara's file is looked up first, and is locked."""
    demo_world.change("lock_file", file=READING_LIST)
    _, result = sync(46, "--operation", "files")
    assert outcome(result, "files") == ("partial", "locked")
    assert files(46) == [
        (READING_LIST, None, "Mara Lindqvist", 2),
        (NOTES, 8_192, "Noor Haddad", 1),
    ]


def test_one_drive_that_refuses_hides_no_file_of_another(demo_world):
    """46: Noor's OneDrive is shut, Mara's is not."""
    demo_world.change("set_drive", email="noor.haddad@example.edu", access="denied")
    _, result = sync(46)
    assert outcome(result, "files") == ("partial", "drive_refused")
    [told] = [one for one in result["operations"] if one["operation"] == "files"]
    assert "(Noor Haddad)" in told["reason"]["message"]
    assert files(46) == [
        (READING_LIST, 24_000, "Mara Lindqvist", 2),
        (NOTES, None, "Noor Haddad", 1),
    ]
    assert step(result, "chat")["outcome"] == "succeeded"


def test_a_file_shared_later_is_added(demo_world):
    """82 is just over: Mara shares a file that 46 has too, then again."""
    mara = "mara.lindqvist@example.edu"
    for shares in (1, 2):
        demo_world.change(
            "add_message", conference=82, email=mara, body="Here: ", file=READING_LIST
        )
        _, result = sync(82)
        assert files(82) == [(READING_LIST, 24_000, "Mara Lindqvist", shares)]
        assert changes(result, "files") == ({"created": 1} if shares == 1 else {"updated": 1})
