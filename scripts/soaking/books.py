"""What PostgreSQL holds of a conference, counted without the product's help."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2.sql import SQL, Composable

Rows = Mapping[str, int]

# Where the rows of a conference are; children first, so that they can be deleted in this order.
OF_A_CONFERENCE = {
    name: SQL(f"conferences_{name} WHERE {of}")
    for name, of in {
        "attendancesession": "sitting_id IN"
        " (SELECT id FROM conferences_attendancesitting WHERE conference_id = %(pk)s)",
        "attendancerecord": "conference_id = %(pk)s",
        "attendancesitting": "conference_id = %(pk)s",
        "recording": "conference_id = %(pk)s",
        "callrecording": "conference_id = %(pk)s",
        "filelink": "conference_id = %(pk)s",
        "sharedfile": "conference_id = %(pk)s",
        "drivefile": "conference_id = %(pk)s",
        "chatmessage": "conference_id = %(pk)s",
        "chatthread": "conference_id = %(pk)s",
        "transcriptcue": "transcript_id IN"
        " (SELECT id FROM conferences_transcript WHERE conference_id = %(pk)s)",
        "transcript": "conference_id = %(pk)s",
    }.items()
}
RUN = SQL(
    "SELECT status, verdict, attempt, (SELECT COUNT(*) FROM syncing_syncevent"
    " WHERE run_id = syncing_syncrun.id AND key = 'finished') FROM syncing_syncrun"
)


@dataclass(frozen=True)
class Run:
    """``ends``: how often its log tells that it has ended."""

    status: str
    verdict: str | None
    attempt: int
    ends: int


class Books:
    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def rows(self, pk: int) -> Rows:
        """How many, by table."""
        return {
            name: self._ask(SQL("SELECT COUNT(*) FROM {}").format(rows), pk)[0]
            for name, rows in OF_A_CONFERENCE.items()
        }

    def forget(self, pk: int) -> None:
        """All that syncs have brought of a conference."""
        for rows in OF_A_CONFERENCE.values():
            deletion = SQL("WITH gone AS (DELETE FROM {} RETURNING 1) SELECT COUNT(*) FROM gone")
            self._ask(deletion.format(rows), pk)

    def run(self, run: int) -> Run:
        return Run(*self._ask(RUN + SQL(" WHERE id = %(pk)s"), run))

    def last_run(self, pk: int) -> Run:
        last = SQL(" WHERE subject_id = %(pk)s ORDER BY id DESC LIMIT 1")
        return Run(*self._ask(RUN + last, pk))

    def _ask(self, statement: Composable, pk: int) -> tuple[Any, ...]:
        """The one row of the answer."""
        connection = psycopg2.connect(self._url)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, {"pk": pk})
                row = cursor.fetchone()
        finally:
            connection.close()
        assert row is not None
        return tuple(row)


def lost_and_doubled(rows: Rows, *, at_least: Rows, at_most: Rows) -> tuple[int, int]:
    """How many rows are missing, and how many there are too many of."""
    lost = sum(max(0, at_least[table] - number) for table, number in rows.items())
    doubled = sum(max(0, number - at_most[table]) for table, number in rows.items())
    return lost, doubled
