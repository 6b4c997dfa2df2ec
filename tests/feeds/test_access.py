"""A pasted link, id or team opens nobody else's meeting."""

import pytest

from conferences.actions.importing import import_conferences
from conferences.models import ChatMessage, DriveFile, Recording, Transcript
from scripts.servers.sandbox import SandboxControl
from tests.conferences.commands import report, sync
from tests.feeds.artifacts import outcome, planned, seen, small_world, teaching

demo_world = small_world

NOOR, TOMAS = "noor.haddad@example.edu", "tomas.novak@example.edu"
MINE = 901
SHOWN = ("recordings", "messages", "transcripts", "files", "participants")
DIFFERS, NOT_FOUND = "organizer_differs", "meeting_not_found"


def paste(sandbox: SandboxControl, pk: int, organizer: str, **other: str | None) -> None:
    """Somebody's conference, 901, with the link, the id, the team and the times of another's."""
    theirs = planned(sandbox, pk)
    names = ("starts_at", "ends_at", "meeting_link", "online_meeting_id", "team_id")
    row = {"id": MINE, "title": "Mine", "organizer_email": organizer}
    row["roster"] = teaching(organizer)
    row |= {name: theirs[name] for name in names} | other
    import_conferences({"conferences": [row]})


def nothing_came(sandbox: SandboxControl) -> bool:
    shown = report(MINE)
    models = (ChatMessage, DriveFile, Recording, Transcript)
    asked = seen(sandbox)
    return (
        all(shown[name] == [] for name in SHOWN)
        and not any(model._default_manager.exists() for model in models)
        and (asked["chat"], asked["transcript"], asked["file"]) == (0, 0, 0)
    )


@pytest.mark.parametrize("pk", [46, 86, 93, 96])
def test_a_colleagues_link_brings_nothing(demo_world, pk):
    """By its link, with its id as well (86), in a channel whose team is known (93), a series."""
    paste(demo_world, pk, NOOR)
    code, result = sync(MINE)
    assert (code, result["items"]) == (3, 0)
    assert outcome(result, "attendance") == outcome(result, "transcripts") == ("skipped", DIFFERS)
    assert outcome(result, "recordings") == ("partial", DIFFERS)
    for operation in ("chat", "files"):
        ended, reason = outcome(result, operation)
        assert ended in {"failed", "partial", "skipped"}
        assert pk == 93 or reason == DIFFERS
    assert nothing_came(demo_world)


def test_a_colleagues_id_without_a_link_brings_nothing(demo_world):
    paste(demo_world, 86, NOOR, meeting_link=None)
    code, result = sync(MINE)
    assert code in {1, 3}
    reasons = {one["reason"]["code"] for one in result["operations"]}
    assert reasons <= {DIFFERS, NOT_FOUND, "chat_unknown"}
    assert nothing_came(demo_world)


def test_a_made_up_link_around_a_colleagues_chat_brings_nothing(demo_world):
    """Teams knows no such meeting, but the id of the chat in the link is a real one."""
    link = planned(demo_world, 46)["meeting_link"].partition("?")[0]
    paste(demo_world, 46, TOMAS, meeting_link=f"{link}?context=%7b%7d")
    _, result = sync(MINE, "--operation", "chat", "--operation", "files")
    assert outcome(result, "chat")[1] in {DIFFERS, "access_policy_missing"}
    assert nothing_came(demo_world)


def test_a_refused_meeting_says_who_acts_and_stays_unknown(demo_world):
    from conferences.models import Conference

    paste(demo_world, 46, NOOR)
    _, result = sync(MINE)
    assert {one["reason"]["who"] for one in result["operations"]} == {"administrator"}
    mine = Conference.objects.get(pk=MINE)
    assert (mine.online_meeting_id, mine.chat_thread_id) == (None, None)


def test_the_right_organizer_opens_it(demo_world):
    """The same conference, corrected: what was refused is not forgotten for good."""
    paste(demo_world, 46, NOOR)
    sync(MINE)
    paste(demo_world, 46, "mara.lindqvist@example.edu")
    _, result = sync(MINE)
    assert result["items"] == 25
