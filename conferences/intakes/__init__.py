"""What the platform brings, stored as it came: one class a feed, shared by the operations."""

from collections.abc import Iterable
from dataclasses import dataclass

from conferences.intakes.attendance import AttendanceIntake
from conferences.intakes.chat import ChatIntake
from conferences.intakes.files import DriveIntake, SharedFilesIntake
from conferences.intakes.recordings import RecordingsIntake
from conferences.intakes.transcripts import TranscriptsIntake
from conferences.models import Conference
from conferences.store.plan import Places
from platforms.contract import Feed
from syncing.operation import Intake, Target


@dataclass(frozen=True)
class Intakes:
    """Those of one run."""

    attendance: AttendanceIntake
    recordings: RecordingsIntake
    drive: DriveIntake
    chat: ChatIntake
    shared_files: SharedFilesIntake
    transcripts: TranscriptsIntake

    @classmethod
    def of(cls, conference: Conference, targets: Iterable[Target]) -> "Intakes":
        places = Places(conference, targets)
        return cls(
            AttendanceIntake(conference, places),
            RecordingsIntake(conference, places),
            DriveIntake(conference, places),
            ChatIntake(conference, places),
            SharedFilesIntake(conference),
            TranscriptsIntake(conference, places),
        )

    @property
    def by_feed(self) -> dict[Feed, Intake]:
        return {
            Feed.ATTENDANCE_REPORTS: self.attendance,
            Feed.CALL_RECORDS: self.attendance,
            Feed.RECORDINGS: self.recordings,
            Feed.DRIVE: self.drive,
            Feed.CHAT: self.chat,
            Feed.SHARED_FILES: self.shared_files,
            Feed.TRANSCRIPTS: self.transcripts,
        }
