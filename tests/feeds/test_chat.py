"""The chat goes on: what is written, edited, deleted and liked after the first sync."""

from datetime import UTC, datetime

from conferences.models import ChatMessage
from tests.conferences.commands import digest, report, sync
from tests.feeds.artifacts import (
    changes,
    keys,
    outcome,
    plan_again,
    small_world,
    texts,
    written,
)

demo_world = small_world

MARA, NOOR = "mara.lindqvist@example.edu", "noor.haddad@example.edu"


def test_an_edited_message_is_followed(demo_world):
    sync(86)
    stored = keys()
    demo_world.change("edit_message", conference=86, message=2, body="Thanks a lot!")
    code, result = sync(86)
    assert (code, result["message"]) == (0, "Successfully synced 14 items.")
    assert changes(result, "chat") == {"updated": 1, "unchanged": 4}
    message = report(86)["messages"][2]
    assert (message["text"], message["is_edited"]) == ("Thanks a lot!", True)
    assert keys() == stored


def test_a_deleted_message_is_kept_and_shown_nowhere(demo_world):
    sync(86)
    stored = keys()
    demo_world.change("delete_message", conference=86, message=2)
    _, result = sync(86)
    assert changes(result, "chat") == {"unchanged": 4, "vanished": 1}
    assert "Thank you!" not in texts(report(86)["messages"])
    row = ChatMessage.objects.get(text="Thank you!")
    assert (row.deleted_at is not None, row.body) == (True, "Thank you!")
    assert keys() == stored
    _, result = sync(86)
    assert changes(result, "chat") == {"unchanged": 4}


def test_a_message_deleted_before_anybody_read_it_has_nothing_to_show(demo_world):
    """46: Ines's "Wrong chat!" came without its words, and is no item."""
    sync(46, "--operation", "chat")
    [row] = ChatMessage.objects.filter(deleted_at__isnull=False)
    assert (row.sender_name, row.body, row.text) == ("Ines Duarte", "", "")


def test_a_new_message_is_added(demo_world):
    """82 ended twelve minutes ago; what people write now still belongs to it."""
    sync(82, "--operation", "chat")
    demo_world.change("add_message", conference=82, email=NOOR, body="Where is the recording?")
    _, result = sync(82, "--operation", "chat")
    assert (result["message"], changes(result, "chat")) == (
        *("Successfully synced 1 items.", {"created": 1}),
    )
    demo_world.change("add_message", conference=82, name="Robin (Guest)", body="I have it.")
    _, result = sync(82, "--operation", "chat")
    assert changes(result, "chat") == {"created": 1, "unchanged": 1}
    assert [(m["sender"], m["sender_kind"], m["text"]) for m in report(82)["messages"]] == [
        ("Noor Haddad", "user", "Where is the recording?"),
        ("Robin (Guest)", "guest", "I have it."),
    ]


def test_what_is_written_long_afterwards_is_not_the_meetings(demo_world):
    sync(86)
    before = digest()
    demo_world.change("add_message", conference=86, email=MARA, body="See you next week.")
    _, result = sync(86)
    assert (changes(result, "chat"), digest()) == ({"unchanged": 5}, before)


def test_a_reaction_changes_nothing(demo_world):
    sync(86)
    before = digest()
    demo_world.change("add_reaction", conference=86, message=0, email=NOOR, reaction="heart")
    with written() as rows:
        _, result = sync(86)
    assert result["message"] == "Everything is up to date (14 items)."
    assert (changes(result, "chat"), digest()) == ({"unchanged": 5}, before)
    assert rows == {"conferences_chatthread": 1}  # how far it was read


def test_replies_in_a_channel_are_followed_too(demo_world):
    """93: no filter exists there, so everything is read again and compared."""
    sync(93)
    stored = keys()
    demo_world.change("edit_message", conference=93, message=1, body="Can you see it?")
    demo_world.change("delete_message", conference=93, message=2)
    _, result = sync(93)
    assert changes(result, "chat") == {"updated": 1, "unchanged": 4, "vanished": 1}
    assert texts(report(93)["messages"]) == [
        *("The plan:", "Can you see it?", "Part two next week?", "Gladly.", "Thank you."),
    ]
    assert keys() == stored


def test_an_edit_is_found_even_if_the_plan_changed_meanwhile(demo_world):
    """Another plan reads the whole chat anew, what was changed in between included."""
    sync(86)
    demo_world.change("edit_message", conference=86, message=0, body="Good evening.")
    plan_again(demo_world, 86, ends_at=datetime.now(UTC).isoformat())
    sync(86)
    assert texts(report(86)["messages"])[0] == "Good evening."


def test_a_chat_in_which_everything_was_deleted(demo_world):
    sync(95, "--operation", "chat")
    for number in range(2):
        demo_world.change("delete_message", conference=95, message=number)
    code, result = sync(95, "--operation", "chat")
    assert (code, outcome(result, "chat")) == (0, ("no_data", "nobody_wrote"))
    assert changes(result, "chat") == {"vanished": 2}
    assert report(95)["messages"] == []


def test_a_channel_whose_team_nobody_knows(demo_world):
    """93: no route leads from the meeting to its team, so that is what is told."""
    plan_again(demo_world, 93, team_id=None)
    code, result = sync(93)
    assert (code, outcome(result, "chat")) == (3, ("failed", "team_unknown"))
    assert {outcome(result, name)[1] for name in ("recordings", "files")} == {"team_unknown"}
    assert outcome(result, "attendance") == ("succeeded", None)
    plan_again(demo_world, 93)
    code, result = sync(93)
    assert (code, changes(result, "chat")) == (0, {"created": 6})
