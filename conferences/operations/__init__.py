"""What an instructor asks for, by name."""

from collections.abc import Callable

from conferences.models import Conference
from conferences.operations.attendance import Attendance
from syncing.operation import Operation

OPERATIONS: dict[str, Callable[[Conference], Operation]] = {Attendance.name: Attendance}
