"""Transcripts as Teams writes them, and as nobody should: nothing is lost in silence."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.records import RemoteCue
from teams_integration import vtt


def cues(*blocks: str) -> list[tuple[float, float, str | None, str]]:
    found, lost = vtt.parse("\n\n".join(("WEBVTT", *blocks)))
    assert lost == 0
    return [(cue.starts, cue.ends, cue.speaker, cue.text) for cue in found]


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        ("00:00:05.320 --> 00:01:00.000", (5.32, 60.0)),
        ("0:0:0.0 --> 0:0:5.320", (0.0, 5.32)),
        ("0:0:5.32 --> 0:0:6.5", (5.32, 6.5)),
        ("01:05.320 --> 01:06.000", (65.32, 66.0)),
        ("00:00:01 --> 00:00:02", (1.0, 2.0)),
        ("00:00:01,5 --> 00:00:02,25", (1.5, 2.25)),
        ("123:00:00.000 --> 123:00:01.000", (442_800.0, 442_801.0)),
        ("-00:00:04.250 --> -00:00:01.500", (-4.25, -1.5)),
        ("-00:00:00.750 --> 00:00:03.000", (-0.75, 3.0)),
        ("00:00:-4.250 --> 00:00:03.000", (-4.25, 3.0)),
        ("00:00:01.000-->00:00:02.000", (1.0, 2.0)),
        ("  00:00:01.000 --> 00:00:02.000 align:start line:0%", (1.0, 2.0)),
        ("00:00:09.000 --> 00:00:02.000", (9.0, 9.0)),  # no time at all, as everywhere
    ],
)
def test_times(timing, expected):
    assert cues(f"{timing}\nHello") == [(*expected, None, "Hello")]


TIME = "00:01.000 --> 00:02.000"


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("<v Mara Lindqvist>Hello</v>", [("Mara Lindqvist", "Hello")]),
        ("<v.loud.first Mara>Hello</v>", [("Mara", "Hello")]),
        ("<V Mara>Hello</V>", [("Mara", "Hello")]),
        ("<v Mara>Hello", [("Mara", "Hello")]),
        ("<v Mara &amp; Noor>Hello</v>", [("Mara & Noor", "Hello")]),
        ("<v  Mara \n Lindqvist >Hello</v>", [("Mara Lindqvist", "Hello")]),
        ("<v>Hello</v>", [(None, "Hello")]),
        ("<v Mara>One</v><v Noor>Two</v>", [("Mara", "One"), ("Noor", "Two")]),
        ("<v Mara>One\n<v Noor>Two", [("Mara", "One"), ("Noor", "Two")]),
        ("Before <v Mara>One</v> after", [(None, "Before"), ("Mara", "One"), (None, "after")]),
        ("Two\nlines", [(None, "Two\nlines")]),
        ("<v Mara>Two\nlines</v>", [("Mara", "Two\nlines")]),
        ("<v Mara>a <i>b</i> <c.red>c</c> <00:01.500>d</v>", [("Mara", "a b c d")]),
        ("a &lt;b&gt; &amp;amp; &nbsp;c", [(None, "a <b> &amp; \xa0c")]),
        ("&lt;v Noor&gt;not a tag", [(None, "<v Noor>not a tag")]),
        ("p < 0.05 and n > 40", [(None, "p < 0.05 and n > 40")]),
        ("--&gt; so", [(None, "--> so")]),
        ("NOTE that this is said", [(None, "NOTE that this is said")]),
        ("be\x00fore", [(None, "before")]),
        ("half \ud83d a pair", [(None, "half  a pair")]),
        ("<v Mara></v>", [("Mara", "")]),
        ("", [(None, "")]),
    ],
)
def test_who_says_what(payload, expected):
    assert cues(f"{TIME}\n{payload}") == [(1.0, 2.0, *voice) for voice in expected]


def test_identifiers_stand_above_their_times():
    assert cues(f"1\n{TIME}\none", f"a-b/2-0\n{TIME}\ntwo") == cues(f"{TIME}\none", f"{TIME}\ntwo")


@pytest.mark.parametrize("aside", ["NOTE", "NOTE duration: 5", "STYLE", "REGION"])
def test_comments_and_styles_are_left_out(aside):
    block = f"{aside}\nsome words\n::cue --> {{}}"
    assert cues(block, f"{TIME}\nsaid", block) == [(1.0, 2.0, None, "said")]


def test_times_below_a_comment_are_a_cue_as_in_the_standard():
    assert cues(f"NOTE no blank line follows\n{TIME}\nsaid") == [(1.0, 2.0, None, "said")]


def test_a_comment_is_none_in_what_is_said():
    found, lost = vtt.parse(f"{TIME}\nsaid\nNOTE also said\nsoon --> later")
    assert ([cue.text for cue in found], lost) == (["said\nNOTE also said"], 1)


def test_the_header_may_be_missing():
    assert [cue.text for cue in vtt.parse(f"\ufeff{TIME}\nsaid")[0]] == ["said"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark(end):
    text = f"\ufeffWEBVTT - title\n\n{TIME}\none\n\n{TIME}\ntwo".replace("\n", end)
    found, lost = vtt.parse(text)
    assert ([cue.text for cue in found], lost) == (["one", "two"], 0)


def test_a_cue_that_follows_without_a_blank_line_is_a_cue():
    assert [said for *_, said in cues(f"{TIME}\none\n{TIME}\ntwo")] == ["one", "two"]


@pytest.mark.parametrize("timing", ["soon --> later", "1 --> 2", "00:01.000 -->", "-->"])
def test_what_cannot_be_read_is_counted_and_its_text_goes_to_nobody_else(timing):
    found, lost = vtt.parse(f"WEBVTT\n\n{TIME}\none\n{timing}\nlost words\n\n{TIME}\ntwo")
    assert ([cue.text for cue in found], lost) == (["one", "two"], 1)


def test_a_character_reference_of_thousands_of_digits():
    [said] = cues(f"{TIME}\n&#{'9' * 5000};")
    assert said[3].startswith("&#999")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("", True), (" \n", True), ("WEBVTT", True), ("\ufeffWEBVTT\n", True), ("<html>", False)],
)
def test_what_calls_itself_webvtt(text, is_one):
    assert vtt.is_vtt(text) is is_one


def stamp(thousandths: int) -> str:
    minutes, rest = divmod(abs(thousandths), 60_000)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60}:{rest // 1000:02d}.{rest % 1000:03d}"


# Letters, marks, digits, punctuation and symbols; markup and entities among them.
inked = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1)
words = st.lists(inked, min_size=1, max_size=4).map(" ".join)
times = st.tuples(st.integers(-100_000, 10**9), st.integers(0, 10**6))
spoken = st.builds(
    lambda time, speaker, lines: RemoteCue(
        time[0] / 1000, (time[0] + time[1]) / 1000, speaker, "\n".join(lines)
    ),
    times,
    st.none() | words,
    st.lists(words, min_size=1, max_size=3),
)


def rendered(cue: RemoteCue) -> str:
    text = html.escape(cue.text)
    payload = text if cue.speaker is None else f"<v {html.escape(cue.speaker)}>{text}</v>"
    return f"{stamp(round(cue.starts * 1000))} --> {stamp(round(cue.ends * 1000))}\n{payload}"


@given(st.lists(spoken, max_size=5))
def test_what_was_written_down_is_read_again(said):
    assert vtt.parse("\n\n".join(["WEBVTT", *map(rendered, said)])) == (tuple(said), 0)


pieces = st.sampled_from(
    [TIME, "-->", "\n", "\n\n", "\r", "NOTE", "STYLE\n", "<v ", ">", "</v>", "&#0;", "&", "\x00"]
)
REAL = re.compile(r"-?\d\d:\d\d\.\d{3} --> \d\d:\d\d\.\d{3}")


@given(st.lists(pieces | st.text(max_size=8), max_size=30).map("".join))
def test_any_text_is_read_and_every_time_in_it_is_a_cue_or_counted(text):
    found, lost = vtt.parse(text)
    lines = re.split(r"\r\n|\r|\n", text.replace("\x00", ""))
    assert len(found) + lost >= sum(1 for line in lines if REAL.fullmatch(line))
    if not re.search("NOTE|STYLE|REGION", text.replace("\x00", "")):
        assert len(found) + lost >= sum("-->" in line for line in lines)
