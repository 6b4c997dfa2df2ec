"""WebVTT to cues, leniently: what a reader can understand is kept, what not is counted.

https://www.w3.org/TR/webvtt1/ says how it should look; transcripts look otherwise: unpadded
times, times before 0, several voices in one cue. Pure, and never raises.
"""

import html
import re
from collections.abc import Iterator

from platforms.records import RemoteCue
from platforms.redact import storable

ARROW = "-->"
_TIME = r"(-?(?:\d{1,9}:)?-?\d{1,9}:-?\d{1,9}(?:[.,]\d{1,9})?)"
_TIMING = re.compile(rf"\s*{_TIME}\s*{ARROW}\s*{_TIME}(?:\s.*)?", re.ASCII)
_ASIDE = re.compile(r"(NOTE|STYLE|REGION)(\s.*)?")
_TAG = re.compile(r"<(/?)([a-zA-Z]+)((?:\.[^\s<>]*)?)(?:\s([^<>]*))?>|<\d[\d:.]*>")
_LINE_END = re.compile(r"\r\n|\r|\n")


def is_vtt(text: str) -> bool:
    return not text.strip() or storable(text).removeprefix("\ufeff").startswith("WEBVTT")


def parse(text: str) -> tuple[tuple[RemoteCue, ...], int]:
    """The cues in their order, and how many were lost: a time was announced, and not understood.

    A cue with several voices becomes several cues of the same time.
    """
    cues: list[RemoteCue] = []
    lost = 0
    for timing, payload in _blocks(storable(text).removeprefix("\ufeff")):
        match = _TIMING.fullmatch(timing)
        if match is None:
            lost += 1
            continue
        starts, ends = (_seconds(word) for word in match.groups())
        cues += [
            RemoteCue(starts, max(starts, ends), speaker, words)
            for speaker, words in _voices(payload)
        ]
    return tuple(cues), lost


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Every line with an arrow, and the text below it up to a blank line or the next arrow.

    An identifier stands above its arrow. In comments and styles an arrow is one only if times
    stand beside it.
    """
    timing: str | None = None
    payload: list[str] = []
    is_first, is_aside = True, False  # of the lines between two blank ones; part of a comment
    for line in _LINE_END.split(text):
        if not line.strip():
            if timing is not None:
                yield timing, "\n".join(payload)
            timing, payload, is_first, is_aside = None, [], True, False
            continue
        is_aside = is_aside or (is_first and _ASIDE.fullmatch(line) is not None)
        is_first = False
        if _TIMING.fullmatch(line) or (ARROW in line and not is_aside):
            if timing is not None:
                yield timing, "\n".join(payload)
            timing, payload, is_aside = line, [], False
        elif timing is not None:
            payload.append(line)
    if timing is not None:
        yield timing, "\n".join(payload)


def _voices(payload: str) -> list[tuple[str | None, str]]:
    """Who says what: ``<v Name>`` until ``</v>`` or the next voice. Never empty."""
    said: list[tuple[str | None, str]] = []
    speaker, words, first, end = None, "", None, 0
    for tag in _TAG.finditer(payload):
        words += payload[end : tag.start()]
        end = tag.end()
        closes, name, _classes, annotation = tag.groups()
        if (name or "").lower() != "v":
            continue
        said.append((speaker, _plain(words)))
        speaker = None if closes else " ".join(_plain(annotation or "").split()) or None
        words, first = "", first or speaker
    said.append((speaker, _plain(words + payload[end:])))
    return [voice for voice in said if voice[1]] or [(first, "")]


def _plain(text: str) -> str:
    try:
        return storable(html.unescape(text)).strip()
    except ValueError:  # a character reference of thousands of digits
        return text.strip()


def _seconds(word: str) -> float:
    """``0:0:5.32``, ``00:05.320`` or ``-00:00:04.250``; the sign may stand at any part."""
    whole, _, fraction = word.replace("-", "").replace(",", ".").partition(".")
    total = 0
    for part in whole.split(":"):
        total = total * 60 + int(part)
    seconds = float(f"{total}.{fraction or 0}")
    return -seconds if "-" in word and seconds else seconds
