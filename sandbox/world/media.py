"""Recordings and transcripts of meetings (graph-api §5, §6)."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.world.person import Person


@dataclass
class Recording:
    """One part of a call's recording, in up to three routes.

    ``listed``: the recordings API knows it. ``file_id``: the drive item, if there is one.
    ``expired``: still listed, but its file is gone. ``malformed_url``: its
    recordingContentUrl has the form of the vendor's broken samples.
    """

    id: str
    call_id: str
    correlation_id: str
    starts_at: datetime
    ends_at: datetime
    available_at: datetime
    initiator: Person
    name: str
    content: bytes
    file_id: str | None = None
    listed: bool = True
    expired: bool = False
    malformed_url: bool = False

    @property
    def seconds(self) -> float:
        return (self.ends_at - self.starts_at).total_seconds()


@dataclass(frozen=True)
class Cue:
    """Seconds from the transcript's start, negative where talk began before transcription.

    ``speaker`` None: no voice is named. ``text`` as it was said, not yet escaped.
    """

    start: float
    end: float
    speaker: str | None
    text: str


@dataclass
class Transcript:
    """``padded`` False: offsets as in the vendor's samples, ``0:0:5.320``. ``numbered``: cues
    have identifiers."""

    id: str
    call_id: str
    correlation_id: str
    starts_at: datetime
    ends_at: datetime
    available_at: datetime
    cues: list[Cue] = field(default_factory=list)
    padded: bool = True
    numbered: bool = False
