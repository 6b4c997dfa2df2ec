"""What an instructor asks for, by name."""

from collections.abc import Callable

from conferences.intakes import Intakes
from conferences.models import Conference
from conferences.operations.attendance import Attendance
from conferences.operations.chat import Chat
from conferences.operations.files import Files
from conferences.operations.recordings import Recordings
from conferences.operations.transcripts import Transcripts
from syncing.operation import Operation

OPERATIONS: dict[str, Callable[[Conference, Intakes], Operation]] = {
    Attendance.name: Attendance,
    Recordings.name: Recordings,
    Chat.name: Chat,
    Transcripts.name: Transcripts,
    Files.name: Files,
}
