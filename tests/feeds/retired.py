"""What tests of meetings that were made anew say again and again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from conferences.actions import meetings
from conferences.models import Conference
from scripts.servers.sandbox import SandboxControl
from syncing.models import SyncEvent
from tests.conferences.carrying import carry_out_all
from tests.conferences.commands import report

MARA = "mara.lindqvist@example.edu"
NOOR = "noor.haddad@example.edu"
TOMAS = "tomas.novak@example.edu"
VIKTOR = "viktor.sund@example.edu"
OPERATIONS = ("attendance", "recordings", "chat", "transcripts", "files")


@pytest.fixture
def mara(demo_world: SandboxControl) -> User:
    return User.objects.create(username="mara", email=MARA)


class Held:
    """What is held in the meeting of this link, in minutes after ``start``."""

    def __init__(self, sandbox: SandboxControl, link: str | None, start: datetime) -> None:
        self._sandbox, self.link, self._start = sandbox, link, start

    def _at(self, minutes: float) -> str:
        return (self._start + timedelta(minutes=minutes)).isoformat()

    def change(self, op: str, **values: Any) -> dict[str, Any]:
        return dict(self._sandbox.change(op, join_url=self.link, **values))

    def attend(self, email: str, join: float, leave: float) -> None:
        line = {"email": email, "intervals": [[self._at(join), self._at(leave)]]}
        self.change("add_report", records=[line])

    def write(self, body: str, minutes: float) -> None:
        self.change("add_message", email=MARA, body=body, at=self._at(minutes))

    def record(self, begin: float, end: float) -> None:
        span = {"starts_at": self._at(begin), "ends_at": self._at(end)}
        self.change("add_recording", **span, at=self._at(end))


def new_link(sandbox: SandboxControl, email: str = MARA) -> str:
    """Of a meeting that was made elsewhere."""
    wish = {"email": email, "count": 1, "subject": "Elsewhere"}
    return str(sandbox.change("add_meetings", **wish)["meetings"][0]["join_url"])


def with_another_meeting(
    sandbox: SandboxControl, by: User, pk: int = 86, link: str = ""
) -> tuple[Held, Held]:
    """What it had and what it has, once it was given another ``link``."""
    conference = Conference.objects.get(pk=pk)
    old = conference.meeting_link
    meetings.attach_link(conference, link or new_link(sandbox), by)
    carry_out_all()
    start = conference.starts_at
    return Held(sandbox, old, start), Held(sandbox, conference.meeting_link, start)


def people(pk: int) -> dict[str, float]:
    return {one["name"]: one["seconds"] for one in report(pk)["participants"]}


def events() -> list[str]:
    """Keys in the activity log of the last run, and what they are about."""
    log = SyncEvent.objects.order_by("id")
    last = log.latest("id").run_id
    return [f"{one.key} {one.params.get('source', '')}".strip() for one in log.filter(run=last)]
