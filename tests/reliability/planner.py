"""An instructor who plans meetings at the site's pages, and what came of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import requests

from scripts.servers.process import wait_until
from scripts.servers.sandbox import Hold
from tests.reliability.stage import Stage
from tests.reliability.visitor import Visitor

TESTING = 51  # with time slots: docs/sandbox.md
SLOTS, CHANGES = "conferences_conferencetimeslot", "conferences_meetingchange"
# What meetings leave behind, children first.
LEFT = (
    "conferences_meetingnotice",
    "conferences_recordingnoticemail",
    "conferences_recordingnotice",
    "conferences_retiredmeeting",
    CHANGES,
)
MAKING, RECORDING = ("POST", "/events"), ("PATCH", r"/onlineMeetings/[^/]+\?")
HOUR = timedelta(hours=1)
_days = count(2)  # no two slots at the same time


class Planner(Visitor):
    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.site.url)
        self.stage, self.sandbox = stage, stage.site.sandbox
        for table in (SLOTS, "conferences_conference"):
            stage.rows(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")

    # -- at the pages ----------------------------------------------------------------------------

    def plan(self) -> int:
        """A new time slot with a meeting."""
        return self.slot_of(self.send_form(self.form()))

    def form(self) -> dict[str, str]:
        now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        starts = now + timedelta(days=next(_days))
        return {
            "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
            "ends_at": f"{starts + HOUR:%Y-%m-%dT%H:%M}",
        }

    def send_form(self, form: dict[str, str]) -> requests.Response:
        return self._post("new/", form)

    def slot_of(self, answer: requests.Response) -> int:
        assert answer.status_code == 302, answer.text
        return int(answer.headers["Location"].rpartition("#slot-")[2])

    def decide(self, slot: int, decision: str) -> None:
        """Such as cancel or try_again."""
        answer = self._post(f"{slot}/", {"decision": decision})
        assert answer.status_code == 302, answer.text

    def look_at_slots(self) -> str:
        """Whoever looks rings for what was left behind."""
        answer = self._send("GET", self._address(""))
        assert answer.status_code == 200
        return answer.text

    def _post(self, path: str, form: dict[str, str]) -> requests.Response:
        return self._send("POST", self._address(path), data=form)

    def _address(self, path: str) -> str:
        return f"{self._url}/conferences/{TESTING}/slots/{path}"

    # -- in the database and in the tenant -------------------------------------------------------

    def row(self, slot: int) -> dict[str, Any]:
        """Of the time slot, and of the changes that were asked of it."""
        columns = "meeting_id, meeting_link, online_meeting_id, auto_recording_status, problem_code"
        [row] = self.stage.rows(f"SELECT {columns} FROM {SLOTS} WHERE id = {slot}")
        return dict(zip(columns.split(", "), row, strict=True))

    def changes(self, slot: int) -> list[tuple[str, int, bool]]:
        """Kind, attempts, whether it has ended."""
        said = "SELECT kind, attempt, finished_at IS NOT NULL"
        rows = self.stage.rows(f"{said} FROM {CHANGES} WHERE slot_id = {slot} ORDER BY id")
        return [(kind, attempt, bool(ended)) for kind, attempt, ended in rows]

    def wait_for_end(self, slot: int) -> None:
        """Without looking at a page: that would ring for it."""
        wait_until(lambda: self.has_ended(slot), f"the end of slot {slot}'s last change")

    def watch(self, slot: int) -> None:
        """As a page does that is open: a bell that a dying worker took with it rings again."""

        def ended() -> bool:
            self.look_at_slots()
            return self.has_ended(slot)

        wait_until(ended, f"the end of slot {slot}'s last change, seen by its page")

    def has_ended(self, slot: int) -> bool:
        return self.changes(slot)[-1][2]

    def wait_until_left_alone(self, slot: int) -> None:
        """Until nobody holds its change. The last bell counts as long ago: it may ring again."""
        now = "now()" if self.stage.on_postgresql else "strftime('%Y-%m-%d %H:%M:%f', 'now')"
        left = (
            f"SELECT 1 FROM {CHANGES} WHERE slot_id = {slot} AND finished_at IS NULL "
            f"AND attempt > 0 AND held_until < {now}"
        )
        wait_until(lambda: bool(self.stage.rows(left)), f"the end of slot {slot}'s lease")
        self.forget_bells()

    def wait_for_beats(self, slot: int, times: int) -> None:
        """Until the lease of its change was renewed so often."""
        of_it = f"SELECT held_until FROM {CHANGES} WHERE slot_id = {slot} AND finished_at IS NULL"
        seen = {self.stage.rows(of_it)[0]}

        def enough() -> bool:
            seen.add(self.stage.rows(of_it)[0])
            return len(seen) > times

        wait_until(enough, f"{times} heartbeats of slot {slot}'s change")

    def forget_bells(self) -> None:
        self.stage.rows(f"UPDATE {CHANGES} SET rung_at = NULL WHERE finished_at IS NULL")

    def events(self) -> list[dict[str, Any]]:
        """Those that the site has made, living or not."""
        return [
            one for one in self.sandbox.call("GET", "meetings")["meetings"] if one["transaction_id"]
        ]

    def seen(self, kind: tuple[str, str]) -> int:
        """Requests of this kind so far."""
        method, part = kind[0], kind[1].partition("[")[0]
        return sum(one["method"] == method for one in self.sandbox.requests_seen(part))

    def assert_made_once(self, slot: int, *, is_taken_over: bool) -> None:
        """One event in the tenant, one slot here that knows it, and a recording that is sure."""
        row, [event] = self.row(slot), self.events()
        [(kind, attempt, has_ended)] = self.changes(slot)
        assert (kind, attempt > 1, has_ended) == ("created", is_taken_over, True)
        assert (event["cancelled"], event["deleted"]) == (False, False)
        assert event["record_automatically"]
        assert row == {
            "meeting_id": event["event_id"],
            "meeting_link": event["join_url"],
            "online_meeting_id": event["online_meeting_id"],
            "auto_recording_status": "verified",
            "problem_code": None,
        }
        assert self.new_slots() == [slot]

    def new_slots(self) -> list[int]:
        kept = f"SELECT id FROM kept_{SLOTS}"
        return [pk for (pk,) in self.stage.rows(f"SELECT id FROM {SLOTS} WHERE id NOT IN ({kept})")]

    @contextmanager
    def hold(self, kind: tuple[str, str], *, after: bool = False, skip: int = 0) -> Iterator[Hold]:
        """As the sandbox's, of one method; ``after``: it is done, and its answer waits."""
        method, path = kind
        wish = {"method": method, "path": path, "after": after, "skip": skip}
        hold = Hold(self.sandbox, str(self.sandbox.call("POST", "holds", wish)["id"]))
        try:
            yield hold
        finally:
            hold.release()

    # -- back to the beginning -------------------------------------------------------------------

    def clear(self) -> None:
        for table in LEFT:
            self.stage.rows(f"DELETE FROM {table}")
        self.stage.rows(f"DELETE FROM {SLOTS} WHERE id NOT IN (SELECT id FROM kept_{SLOTS})")
        for table in (SLOTS, "conferences_conference"):
            names = "auto_recording_status, recording_code, recording_params, recording_checked_at"
            kept = f"SELECT {names} FROM kept_{table} AS kept WHERE kept.id = {table}.id"
            self.stage.rows(f"UPDATE {table} SET ({names}) = ({kept})")
