"""A site that tests may break: what is behind its pages, and how to put it back."""

import json
import sqlite3
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg2
import redis

from scripts.servers.process import wait_until
from scripts.servers.sandbox import Hold
from scripts.servers.site import Site
from tests.reliability.clerk import Clerk

LECTURE = 83  # 1,000 people, one report, ten pages: docs/sandbox.md
PEOPLE, SECONDS = 1000, 4_504_482.0
PER_PAGE = 100
# What a sync fills, children first.
TABLES = (
    "conferences_attendancesession",
    "conferences_attendancerecord",
    "conferences_attendancesitting",
    "conferences_recording",
    "conferences_callrecording",
    "conferences_filelink",
    "conferences_sharedfile",
    "conferences_drivefile",
    "conferences_chatmessage",
    "conferences_chatthread",
    "conferences_transcriptcue",
    "conferences_transcript",
    "syncing_syncevent",
    "syncing_syncstep",
)
PLANNED = ("conferences_conference", "conferences_conferencetimeslot")
FOUND_IDS = "online_meeting_id, chat_thread_id, chat_post_id"
# What every run of the lecture comes to: attendance, and nothing else.
STEPS = {
    "attendance": "succeeded",
    "recordings": "no_data",
    "chat": "no_data",
    "transcripts": "no_data",
    "files": "no_data",
}
_numbers = count(1)


def page_of_lecture(number: int) -> str:
    """The pattern of a request for page 2 to 10 of the lecture's report."""
    token = b64encode(json.dumps({"from": PER_PAGE * (number - 1)}).encode()).decode()
    return f"skiptoken={token.rstrip('=')}"


class Stage:
    """A site with a web process and, at first, no worker. Looks into its database directly, so
    that looking never rings for a run as a page's poll does.
    """

    def __init__(self, site: Site, database_url: str, broker_url: str) -> None:
        self.site, self.database_url, self.broker_url = site, database_url, broker_url
        self.on_postgresql = bool(database_url)
        self.workers: list[str] = []
        self._clerk = Clerk(site)
        self._anchor = str(site.sandbox.call("GET", "clock")["anchor"])
        for table in PLANNED:
            self.rows(f"CREATE TABLE first_{table} AS SELECT id, {FOUND_IDS} FROM {table}")
        self._untouched = self.digest()
        self.undisturbed = self._digest_of_an_undisturbed_run()

    # -- workers -------------------------------------------------------------------------------

    def start_worker(self, *, beat: bool = False, settings: Mapping[str, str] | None = None) -> str:
        """Its name, under which its log is kept."""
        name = f"worker-{next(_numbers)}"
        self.workers.append(name)
        self.site.start_worker(name, beat=beat, settings=settings)
        return name

    def kill_worker(self, name: str) -> None:
        self.workers.remove(name)
        self.site.kill_worker(name)

    def freeze_worker(self, name: str) -> None:
        """While it writes nothing: on SQLite nobody else could write until it wakes."""
        with self.connection() as writer:
            if not self.on_postgresql:
                writer.execute("BEGIN IMMEDIATE")
            self.site.freeze_worker(name)

    # -- the database, seen from outside -------------------------------------------------------

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """Autocommit. On SQLite "BEGIN IMMEDIATE" makes it the one writer."""
        if self.on_postgresql:
            connection = psycopg2.connect(self.database_url)
            connection.autocommit = True
        else:
            connection = sqlite3.connect(
                self.site.folder / "db.sqlite3", timeout=20, isolation_level=None
            )
        try:
            yield connection
        finally:
            connection.close()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.connection() as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    def run(self, pk: int) -> dict[str, Any]:
        columns = ("status", "attempt", "verdict", "worker", "items", "requests", "message_key")
        [row] = self.rows(f"SELECT {', '.join(columns)} FROM syncing_syncrun WHERE id = {pk}")
        return dict(zip(columns, row, strict=True))

    def runs(self) -> int:
        return int(self.rows("SELECT COUNT(*) FROM syncing_syncrun")[0][0])

    def steps(self, pk: int) -> dict[str, str]:
        steps = self.rows(f"SELECT operation, outcome FROM syncing_syncstep WHERE run_id = {pk}")
        assert len(dict(steps)) == len(steps), "each operation has one step"
        return dict(steps)

    def events(self, pk: int) -> list[str]:
        keys = self.rows(f"SELECT key FROM syncing_syncevent WHERE run_id = {pk} ORDER BY id")
        return [key for (key,) in keys]

    def figures(self) -> tuple[int, float]:
        """People of the lecture, and their attended seconds together."""
        attended = "EXTRACT(EPOCH FROM attended)" if self.on_postgresql else "attended / 1000000.0"
        [(people, seconds)] = self.rows(
            f"SELECT COUNT(*), SUM({attended}) FROM conferences_attendancerecord "
            f"WHERE conference_id = {LECTURE}"
        )
        return int(people), float(seconds)

    def is_left_alone(self, pk: int) -> bool:
        now = "now()" if self.on_postgresql else "strftime('%Y-%m-%d %H:%M:%f', 'now')"
        return bool(
            self.rows(
                f"SELECT 1 FROM syncing_syncrun WHERE id = {pk} AND status = 'running' "
                f"AND lease_expires_at < {now}"
            )
        )

    def digest(self) -> str:
        return self._clerk.digest()

    # -- waiting -------------------------------------------------------------------------------

    def wait_for_end(self, pk: int) -> dict[str, Any]:
        """Without looking at a page: that would ring for the run."""
        wait_until(lambda: self.run(pk)["status"] == "finished", f"the end of run {pk}")
        return self.run(pk)

    def wait_for_conference(self, pk: int) -> None:
        """Until a run of this conference has ended."""
        statement = f"SELECT 1 FROM syncing_syncrun WHERE subject_id = {pk} AND status = 'finished'"
        wait_until(lambda: bool(self.rows(statement)), f"the end of a run of conference {pk}")

    def wait_until_left_alone(self, pk: int) -> None:
        """Until its lease has expired. The last bell counts as long ago: it may ring again."""
        wait_until(lambda: self.is_left_alone(pk), f"the end of run {pk}'s lease")
        self.rows(f"UPDATE syncing_syncrun SET rung_at = NULL WHERE id = {pk}")

    def wait_for_beats(self, pk: int, times: int) -> None:
        """Until the lease of a run under work was renewed so many times."""
        statement = f"SELECT lease_expires_at FROM syncing_syncrun WHERE id = {pk}"
        seen = {self.rows(statement)[0]}

        def enough() -> bool:
            seen.add(self.rows(statement)[0])
            return len(seen) > times

        wait_until(enough, f"{times} heartbeats of run {pk}")

    def wait_for_words(self, name: str, words: str, times: int = 1) -> None:
        wait_until(
            lambda: self.site.log(name).count(words) >= times, f"{times} × “{words}” in {name}.log"
        )

    # -- what may be broken --------------------------------------------------------------------

    def hold_page(self, number: int) -> AbstractContextManager[Hold]:
        return self.site.sandbox.hold(page_of_lecture(number))

    def pages_asked(self) -> int:
        """Requests for pages of attendance since the reset, first pages included."""
        asked = self.site.sandbox.requests_seen("attendanceReports/")
        return len(asked)

    def lose_messages(self) -> int:
        """Empty the queue, as a broker does that keeps nothing. How many messages there were."""
        if self.broker_url:
            with redis.Redis.from_url(self.broker_url) as client:
                waiting = int(client.llen("celery"))
                client.flushdb()
                return waiting
        messages = list(self.queue.glob("*.msg"))
        for message in messages:
            message.unlink(missing_ok=True)
        return len(messages)

    @property
    def queue(self) -> Path:
        """The broker's folder, where there is no Redis."""
        return self.site.folder / "queue"

    # -- back to the beginning -----------------------------------------------------------------

    def reset(self) -> None:
        """No worker, no message, no run, a fresh world, and nothing known of any meeting."""
        for name in list(self.workers):
            self.kill_worker(name)
        self.forget()

    def forget(self) -> None:
        """As reset(), for workers that stay."""
        self.lose_messages()
        self.site.sandbox.reset(self._anchor)
        for table in TABLES:
            self.rows(f"DELETE FROM {table}")
        self.rows("UPDATE conferences_conference SET last_run_id = NULL")
        self.rows("DELETE FROM syncing_syncrun")
        for table in PLANNED:
            first = f"SELECT {FOUND_IDS} FROM first_{table} AS first WHERE first.id = {table}.id"
            self.rows(f"UPDATE {table} SET ({FOUND_IDS}) = ({first})")

    def leave(self) -> None:
        self._clerk.leave()

    def _digest_of_an_undisturbed_run(self) -> str:
        self.site.manage("sync_conference", str(LECTURE))
        assert self.figures() == (PEOPLE, SECONDS)
        digest = self.digest()
        self.reset()
        assert self.digest() == self._untouched != digest, "a reset must leave nothing behind"
        return digest

    def assert_as_undisturbed(self) -> None:
        assert self.figures() == (PEOPLE, SECONDS)
        assert self.digest() == self.undisturbed


def process_of(run: dict[str, Any]) -> int:
    """The id of the process that works on a run: one of a worker's children."""
    return int(run["worker"].rpartition(":")[2])
