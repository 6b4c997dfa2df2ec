"""Transcripts as text (graph-api §6). Pure."""

from html import escape

from sandbox.world.media import Cue, Transcript
from sandbox.world.people import identifier


def webvtt(transcript: Transcript) -> str:
    """WEBVTT with ``<v Speaker>``; entities in text and names."""
    return _blocks(transcript, [_voiced(cue) for cue in transcript.cues])


def unattributed(transcript: Transcript) -> str:
    """The same without speakers: what is left when attribution is switched off."""
    return _blocks(transcript, [escape(cue.text, quote=False) for cue in transcript.cues])


def _blocks(transcript: Transcript, payloads: list[str]) -> str:
    blocks = ["WEBVTT"]
    for number, (cue, payload) in enumerate(zip(transcript.cues, payloads, strict=True)):
        lines = [
            f"{stamp(cue.start, transcript.padded)} --> {stamp(cue.end, transcript.padded)}",
            payload,
        ]
        if transcript.numbered:
            lines.insert(0, f"{identifier('cue', transcript.id, number)}/{number}-0")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _voiced(cue: Cue) -> str:
    text = escape(cue.text, quote=False)
    return text if cue.speaker is None else f"<v {escape(cue.speaker, quote=False)}>{text}</v>"


def stamp(seconds: float, padded: bool) -> str:
    """``00:00:05.320``, or as the vendor's samples have it ``0:0:5.320``; ``-`` before 0."""
    sign, milliseconds = "-" if seconds < 0 else "", round(abs(seconds) * 1000)
    whole, fraction = divmod(milliseconds, 1000)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if padded:
        return f"{sign}{hours:02d}:{minutes:02d}:{left:02d}.{fraction:03d}"
    # The sample's "0:0:0.0": an empty fraction is one digit.
    return (
        f"{sign}{hours}:{minutes}:{left}.{fraction:03d}"
        if fraction
        else (f"{sign}{hours}:{minutes}:{left}.0")
    )
