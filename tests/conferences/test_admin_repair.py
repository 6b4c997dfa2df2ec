"""The administration: repairs after a look, and what is changed by hand is told to the platform."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from conferences.arranging import orders
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from scripts.servers.sandbox import SandboxControl
from tests.conferences.test_admin import LINK, save
from tests.pages import making

LIST = "/admin/conferences/conference/"
PAGE = f"{LIST}repair/?ids=51"


@pytest.fixture
def administrator(client: Client, demo_world: SandboxControl) -> Client:
    client.force_login(User.objects.create_superuser("ada", "ada@example.edu"))
    return client


def work() -> None:
    while waiting := list(orders.takeable()):
        for change in waiting:
            orders.carry_out(change.pk)


def writes(sandbox: SandboxControl) -> list[str]:
    asked = sandbox.requests_seen("/users/")
    return [request["method"] for request in asked if request["method"] != "GET"]


def test_the_action_shows_first_what_it_would_do(
    administrator: Client, sandbox: SandboxControl
) -> None:
    chosen = {"action": "repair_recording", "_selected_action": ["51"]}
    answer = administrator.post(LIST, chosen)
    assert answer.headers["Location"] == PAGE

    shown = administrator.get(PAGE).content.decode()
    assert shown.count("Would be fixed: keep the id that the join link leads to") == 2
    assert writes(sandbox) == []
    assert not MeetingChange.objects.exists()

    answer = administrator.post(PAGE, follow=True)
    assert "2 meetings are being repaired" in answer.content.decode()
    work()
    slots = ConferenceTimeSlot.objects.filter(conference=51)
    assert {slot.auto_recording_status for slot in slots} == {"verified"}
    assert writes(sandbox) == ["PATCH", "PATCH"]
    assert "There is nothing that a repair could do." in administrator.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        ("", "None of the chosen conferences"),
        ("4711", "None of the chosen conferences"),
        ("51,x,9999999999999999999999", None),
    ],
)
def test_what_was_chosen_wrongly(administrator: Client, ids: str, says: str | None) -> None:
    answer = administrator.get(f"{LIST}repair/", {"ids": ids}, follow=True)
    assert answer.status_code == 200
    assert says is None or says in answer.content.decode()


def test_too_many_for_a_page(administrator: Client, sandbox: SandboxControl) -> None:
    conference = Conference.objects.get(pk=51)
    first = conference.time_slots.all()[0]
    for number in range(20):
        conference.time_slots.create(
            starts_at=first.starts_at + timedelta(days=number),
            ends_at=first.ends_at + timedelta(days=number),
        )
    answer = administrator.get(PAGE, follow=True)
    assert "22 meetings are too many for a page" in answer.content.decode()
    assert sandbox.requests_seen("/users/") == []


def test_a_time_changed_by_hand_reaches_the_calendar(administrator: Client) -> None:
    known = {"meeting_id": "an event", "online_meeting_id": "old", "meeting_link": LINK}
    conference = making.conference(**known)
    slot = conference.time_slots.create(
        starts_at=conference.starts_at, ends_at=conference.ends_at, **known
    )
    later = slot.ends_at + timedelta(hours=1)
    end = {"ends_at_0": f"{later:%Y-%m-%d}", "ends_at_1": f"{later:%H:%M:%S}"}
    of_slot = {f"time_slots-0-{name}": text for name, text in end.items()}
    save(administrator, conference, **of_slot, **{"time_slots-0-meeting_id": "an event"})
    slot.refresh_from_db()
    assert slot.ends_at == later
    assert slot.is_event_stale
    assert [change.kind for change in slot.changes.all()] == ["moved"]
    save(administrator, conference, meeting_id="an event", **end)  # its own times
    assert [change.kind for change in conference.changes.filter(slot=None)] == ["moved"]
