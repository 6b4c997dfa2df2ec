"""PostgreSQL takes no more: its disk is full, or it may only be read."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp

import pytest

from syncing.database import DatabaseLostError
from tests.reliability.gate import Gate
from tests.reliability.lecture import SENTENCE, Lecture
from tests.reliability.moments import SESSION, connected, read_only

TINY = "size=192k"  # three pages of the lecture and a bit
ROOMY = "size=8m"


def root(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


@pytest.fixture
def disk(lecture: Lecture) -> Iterator[Path]:
    """A tiny one, on which the server keeps what people attended."""
    if os.getuid() != 0:
        pytest.skip("Only root can mount a disk.")
    with ExitStack() as stack:
        cursor = stack.enter_context(connected(lecture.database))
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}").stat()
        disk = Path(mkdtemp(prefix="lms-disk-"))
        stack.callback(disk.rmdir)
        owner = f"uid={server.st_uid},gid={server.st_gid},mode=0700"
        root("mount", "-t", "tmpfs", "-o", f"{TINY},{owner}", "lms-disk", disk)
        stack.callback(root, "umount", "--lazy", disk)
        cursor.execute(f"CREATE TABLESPACE tiny LOCATION '{disk}'")
        stack.callback(cursor.execute, "DROP TABLESPACE tiny")
        cursor.execute(f"TRUNCATE {SESSION}")  # of rows that are dead, but take their room
        cursor.execute(f"ALTER TABLE {SESSION} SET TABLESPACE tiny")
        stack.callback(cursor.execute, f"ALTER TABLE {SESSION} SET TABLESPACE pg_default")
        yield disk


def test_a_full_disk_ends_the_run_and_leaves_no_half_page(lecture: Lecture, disk: Path) -> None:
    run = lecture.finish(lecture.request())
    assert (run.status, run.verdict, run.message) == ("finished", "failed", SENTENCE)
    assert lecture.people_kept() in {100, 200, 300, 400, 500}

    root("mount", "-o", f"remount,{ROOMY}", disk)

    again = lecture.request()
    lecture.finish(again)
    lecture.assert_ended_well(again)


def test_a_failover_to_a_server_that_may_only_be_read(
    lecture: Lecture, door: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even the end can be written down: the run is left, and taken over when it can."""
    with lecture.held_at(5) as work, read_only(lecture.database):
        door.cut()
        work.hold.release()
        assert isinstance(work.result.exception(timeout=60), DatabaseLostError)
    assert "cannot execute UPDATE in a read-only transaction" in caplog.text
    assert lecture.look(work.run).status == "running"
    lecture.leave_alone(work.run)
    lecture.finish(work.run)
    lecture.assert_ended_well(work.run, attempt=2)
