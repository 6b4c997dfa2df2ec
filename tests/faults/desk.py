"""Where meetings are planned, one case after the other, in the folder's small world."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import User
from conferences import phrases
from conferences.actions import meetings
from conferences.arranging import orders
from conferences.models import Conference, ConferenceTimeSlot
from scripts.servers.sandbox import SandboxControl
from tests.faults.world import ELSEWHERE, World

if TYPE_CHECKING:
    from tests.faults.asked import Asked

MARA = "mara.lindqvist@example.edu"
HOUR = timedelta(hours=1)
CASE = "Case of a fault"
KNOWN = ("meeting_id", "meeting_link", "online_meeting_id", "chat_thread_id", "transaction_id")
_numbers = count(1)

Asking = Callable[["Desk"], ConferenceTimeSlot]


class Desk:
    """Each case asks for a change of one time slot's meeting. Scenarios that need a meeting go on
    with the one that the case before has brought to a good end.
    """

    def __init__(self, world: World) -> None:
        self.world, self.sandbox = world, world.sandbox
        self.mara, _ = User.objects.get_or_create(username="mara", email=MARA)
        self.slots: dict[Asking, ConferenceTimeSlot] = {}
        self._undisturbed: dict[Asking, dict[str, Any]] = {}
        self.is_hindered = False
        self.is_whole = False  # the case has come to its good end

    def leave(self) -> None:
        """Whatever comes next begins anew."""
        self.clear()
        self.slots.clear()
        Conference.objects.filter(title__startswith=CASE).delete()

    @contextmanager
    def struck(self, *requests: "Asked", **fault: Any) -> Iterator[None]:
        """Each kind of request is answered so, and at least one of them was."""
        elsewhere = self.sandbox.url.replace("127.0.0.1", "localhost") + "/v1.0/elsewhere"
        wish = json.loads(json.dumps(fault).replace(ELSEWHERE, elsewhere))
        scripted = [
            self.sandbox.script(method=one.method, path=one.path, **wish) for one in requests
        ]
        yield
        hits = {one["id"]: one["hits"] for one in self.sandbox.call("GET", "faults")}
        assert all(hits[one] for one in scripted), "a fault that struck nothing"
        if ELSEWHERE in str(fault):
            assert self.sandbox.requests_seen("/elsewhere") == []

    def clear(self) -> None:
        """Whatever hindered it is gone."""
        self.sandbox.end_faults()
        if self.is_hindered:
            self.sandbox.tenant(late_join_url=0)
            self.sandbox.change("set_licence", email=MARA, teams=True)
        self.is_hindered = False

    def hinder(self, *, late_link: int = 0, licence: bool = True) -> None:
        """By what the tenant is, and not by a fault."""
        self.is_hindered = True
        self.sandbox.tenant(late_join_url=late_link)
        self.sandbox.change("set_licence", email=MARA, teams=licence)

    def work(self, slot: ConferenceTimeSlot) -> str:
        """As a worker does; what the instructor reads then."""
        for change in orders.takeable().filter(conference=slot.conference_id):
            assert orders.carry_out(change.pk)
        slot.refresh_from_db()
        change = slot.changes.all()[0]
        assert not change.is_open
        assert change.told.get("code") == slot.problem_code
        assert change.held_until is None
        assert change.waiting_until is None
        return phrases.change(change)

    def undisturbed(self, asking: Asking) -> dict[str, Any]:
        """What this change comes to when nothing goes wrong, and somebody tries again all the
        same.
        """
        if asking not in self._undisturbed:
            slot = asking(self)
            self.work(slot)
            self.try_again(slot)
            self._undisturbed[asking] = self.outcome(slot)
            assert slot.problem_code is None
        return self._undisturbed[asking]

    def try_again(self, slot: ConferenceTimeSlot) -> None:
        """The cause is gone, and somebody presses the button."""
        self.clear()
        meetings.try_again(slot, self.mara)
        self.work(slot)

    def check(self, slot: ConferenceTimeSlot, asking: Asking) -> None:
        """It is as if nothing had gone wrong."""
        assert self.outcome(slot) == self.undisturbed(asking)
        self.is_whole = True

    def outcome(self, slot: ConferenceTimeSlot) -> dict[str, Any]:
        """In the tenant and in the row, without what differs each time."""
        ours = events_of(self.sandbox, slot)
        living = [one for one in ours if not (one["cancelled"] or one["deleted"])]
        return {
            "living": [
                (
                    datetime.fromisoformat(one["starts_at"]) == slot.starts_at,
                    one["event_id"] == slot.meeting_id,
                    one["join_url"] == slot.meeting_link,
                    one["online_meeting_id"] == slot.online_meeting_id,
                    one["record_automatically"],
                )
                for one in living
            ],
            "status": slot.auto_recording_status,
            "recording": slot.recording_code,
            "problem": (slot.problem_code, slot.problem_params, slot.problem_request_id),
            "is stale": slot.is_event_stale,
            "left to remove": slot.retired_meetings.filter(removes_event=True).count(),
        }

    def new_slot(self) -> ConferenceTimeSlot:
        starts = timezone.now().replace(microsecond=0) + timedelta(days=1)
        conference = Conference.objects.create(
            title=f"{CASE} {next(_numbers)}",
            organizer_email=MARA,
            use_time_slots=True,
            starts_at=starts,
            ends_at=starts + HOUR,
        )
        return meetings.plan_slot(conference, starts, starts + HOUR, by=self.mara)

    def slot_with_meeting(self, asking: Asking) -> ConferenceTimeSlot:
        if asking in self.slots:
            return self.slots[asking]
        slot = self.new_slot()
        self.work(slot)
        assert slot.auto_recording_status == "verified", slot.problem_code
        self.slots[asking] = slot
        return slot


def events_of(sandbox: SandboxControl, slot: ConferenceTimeSlot) -> list[dict[str, Any]]:
    asked = sandbox.call("GET", "meetings")["meetings"]
    return [one for one in asked if one["subject"] == slot.conference.title]


def known_of(slot: ConferenceTimeSlot) -> dict[str, str]:
    """What is known of its meeting."""
    return {name: known for name in KNOWN if (known := getattr(slot, name))}
