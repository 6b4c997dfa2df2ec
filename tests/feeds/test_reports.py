"""What the demo conferences hold, as conference_report shows it (docs/sandbox.md, by hand)."""

from datetime import datetime

import pytest

from tests.conferences.commands import report, run, sync
from tests.feeds.artifacts import small_world, starts_of, texts

demo_world = small_world

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
THREE, TWO = ["recordings", "drive", "chat"], ["recordings", "chat"]

# slot, part, seconds, bytes, routes, whether its file is gone
RECORDINGS = {
    46: [(None, 1, 3480.0, None, TWO, False)],
    51: [(45, 1, 3300.0, None, ["chat"], False)],
    86: [(None, 1, 1680.0, 3728, THREE, False), (None, 2, 1500.0, 3548, THREE, False)],
    93: [(None, 1, 3300.0, 5348, ["drive", "chat"], False)],
    95: [(None, 1, 3000.0, None, TWO, True)],
    96: [(None, 1, 2400.0, 4448, THREE, False)],
}
# seconds after the start, of those that the platform's list knows
STARTS = {46: [60], 86: [120, 1800], 95: [300], 96: [300]}
# name, bytes, type, who shared it first, seconds after the start, how often
FILES = {
    46: [
        ("reading-list.pdf", 24_000, PDF, "Mara Lindqvist", 40, 2),
        ("method-notes.docx", 8_192, WORD, "Noor Haddad", 1860, 1),
    ],
    86: [("sheet-5.pdf", 12_345, PDF, "Noor Haddad", 180, 1)],
    93: [("plan.pdf", 5_000, PDF, "Mara Lindqvist", 60, 1)],
}
WRITTEN = {
    51: [(45, "Noor Haddad", "Which test was that?"), (45, "Mara Lindqvist", "The third.")],
    86: [
        (None, "Mara Lindqvist", "Good morning."),
        (None, "Noor Haddad", "The sheet:"),
        (None, "Ines Duarte", "Thank you!"),
        (None, "Lena Fischer", "Is it row or column rank?"),
        (None, "Mara Lindqvist", "They are equal."),
    ],
    93: [
        (None, "Mara Lindqvist", "The plan:"),
        (None, "Noor Haddad", "Can everybody see it?"),
        (None, "Ines Duarte", "Yes."),
        (None, "Mara Lindqvist", "Part two next week?"),
        (None, "Noor Haddad", "Gladly."),
        (None, "Ines Duarte", "Thank you."),
    ],
    95: [
        (None, "Noor Haddad", "Will this be recorded?"),
        (None, "Mara Lindqvist", "It is. For 120 days."),
    ],
    96: [
        (None, "Mara Lindqvist", "Chapter two."),
        (None, "Noor Haddad", "Read it."),
        (None, "Ines Duarte", "So did I."),
        (None, "Mara Lindqvist", "Good."),
    ],
}
# 46: seconds after the start, who, of which kind, the text, whether it was edited, files
CONVERSATION = [
    (40, "Mara Lindqvist", "user", "The paper is on it:", False, ["reading-list.pdf"]),
    (250, "Noor Haddad", "user", "Mara Lindqvist is page 4 part of it?", False, []),
    (300, "Mara Lindqvist", "user", "Yes, up to the table.", False, []),
    (720, "Robin (Guest)", "guest", "Hello, my microphone does not work.", False, []),
    (1110, "Polls", "bot", "", False, []),  # a card
    (1320, "Jonas Weber", "user", "The sample is n = 48, see table 2.", True, []),
    (1860, "Noor Haddad", "user", "My notes:", False, ["method-notes.docx"]),
    (2640, "Omar Said", "user", "Again, for those who came late:", False, ["reading-list.pdf"]),
    (3120, "Priya Nair", "user", "Figure 2 🙂", False, []),
]


def seconds(start: datetime, moment: str) -> float:
    return (datetime.fromisoformat(moment) - start).total_seconds()


@pytest.mark.parametrize("pk", RECORDINGS)
def test_recordings_messages_and_files(demo_world, pk):
    sync(pk)
    starts, shown = starts_of(demo_world, pk), report(pk)
    assert [
        (r["slot"], r["part"], r["seconds"], r["size"], r["sources"], r["file_is_gone"])
        for r in shown["recordings"]
    ] == RECORDINGS[pk]
    assert not any(r["is_published"] for r in shown["recordings"])
    if pk in STARTS:
        found = [seconds(starts[r["slot"]], r["starts_at"]) for r in shown["recordings"]]
        assert found == STARTS[pk]
    assert [
        (
            *(f["name"], f["size"], f["type"], f["shared_by"]),
            *(seconds(starts[f["slot"]], f["shared_at"]), f["shares"]),
        )
        for f in shown["files"]
    ] == FILES.get(pk, [])
    if pk in WRITTEN:
        found = [(m["slot"], m["sender"], m["text"]) for m in shown["messages"]]
        assert found == WRITTEN[pk]


def test_who_wrote_what_and_when(demo_world):
    """46: a guest, a bot, an edit, a mention, a picture; what was deleted is not there."""
    sync(46, "--operation", "chat")
    start = starts_of(demo_world, 46)[None]
    names = ("sender", "sender_kind", "text", "is_edited", "files")
    assert [
        (seconds(start, message["at"]), *(message[name] for name in names))
        for message in report(46)["messages"]
    ] == CONVERSATION
    assert "Wrong chat!" not in run("conference_report", "46", "--json")[1]


def test_two_thousand_messages_in_their_order(demo_world):
    """92: number n = 0 … 1999 comes 1.8 n seconds after the start, from four people in turn."""
    sync(92, "--operation", "chat")
    start, messages = starts_of(demo_world, 92)[None], report(92)["messages"]
    people = ("Mara Lindqvist", "Noor Haddad", "Ines Duarte", "Jonas Weber")
    assert texts(messages) == [f"Message {n:04d}" for n in range(2000)]
    assert [message["sender"] for message in messages] == [people[n % 4] for n in range(2000)]
    assert [round(seconds(start, message["at"]), 3) for message in messages] == [
        round(1.8 * n, 3) for n in range(2000)
    ]


def test_every_hostile_message_is_kept(demo_world):
    """97: none breaks the reading or the storing, one of them a megabyte long."""
    sync(97, "--operation", "chat")
    messages = report(97)["messages"]
    assert [text[:2] for text in texts(messages)[:25]] == [f"{n:02d}" for n in range(1, 26)]
    assert max(len(text) for text in texts(messages)) == len("14 ") + 1_048_576
    assert texts(messages)[25].startswith("<script>window.hit=26</script> & <b>26</b> are letters")
    assert {message["sender"] for message in messages} == {"Noor Haddad"}
