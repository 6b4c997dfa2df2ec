"""The administration: repairs after a look, of what a repair can help."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.template.response import TemplateResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from conferences.admin import ConferenceAdmin
from conferences.arranging import orders
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from conferences.models.change import ChangeKind
from conferences.models.meeting import RecordingStatus
from scripts.servers.sandbox import SandboxControl
from tests.conferences.test_admin import KNOWN, slot_of
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


def test_a_repair_is_ordered_where_it_may_help(administrator: Client) -> None:
    ada = User.objects.get(username="ada")
    conference = making.conference(ada, use_time_slots=True, meeting_link=None)
    decided = {"recording_decided_by": ada, "recording_decided_at": timezone.now()}
    slot_of(conference, **KNOWN, **decided, auto_recording_status=RecordingStatus.ACCEPTED)
    slot_of(conference, **KNOWN, **decided, auto_recording_status=RecordingStatus.NOT_ATTEMPTED)
    over = timezone.now() - making.HOUR
    slot_of(conference, wants_meeting=True, starts_at=over - making.HOUR, ends_at=over)
    times = {"starts_at": over - making.HOUR, "ends_at": over}
    slot_of(conference, **KNOWN, **times, auto_recording_status=RecordingStatus.VERIFIED)
    slot_of(conference)
    page = f"{LIST}repair/?ids={conference.pk}"
    said = administrator.post(page, follow=True).content.decode()
    assert "There is nothing that a repair could do." in said
    assert not MeetingChange.objects.exists()

    repaired = [slot_of(conference, **KNOWN), slot_of(conference, wants_meeting=True)]
    said = administrator.post(page, follow=True).content.decode()
    assert "2 meetings are being repaired" in said
    ordered = MeetingChange.objects.order_by("slot_id").values_list("slot_id", "kind")
    assert list(ordered) == [(one.pk, ChangeKind.REPAIRED) for one in repaired]


def test_a_repair_that_begins_after_the_end_leaves_alone_what_was_set_up(
    administrator: Client, sandbox: SandboxControl
) -> None:
    slots = ConferenceTimeSlot.objects.filter(pk=46)
    administrator.post(PAGE)
    slots.update(auto_recording_status=RecordingStatus.VERIFIED, online_meeting_id="gone")
    work()
    slot = slots.get()
    assert (slot.auto_recording_status, slot.problem_code) == (RecordingStatus.VERIFIED, None)
    assert not sandbox.requests_seen("/onlineMeetings/gone")


def test_what_it_cannot_help_has_the_ways_out_of_the_meetings_page(
    administrator: Client, sandbox: SandboxControl
) -> None:
    sandbox.change("set_policy", email="mara.lindqvist@example.edu", granted=False)
    shown = administrator.get(f"{LIST}repair/?ids=81").content.decode()
    ways = re.findall("<li>([^<]*(?:Manage the meeting|by hand)[^<]*)</li>", shown)
    assert [way.partition(" (")[0] for way in ways] == [
        "record by hand",
        "recreate the meeting",
        "accept it as it is",
    ]
    offered = administrator.get("/conferences/81/meeting/").content.decode()
    assert "?decision=recreate" in offered
    assert "?decision=accept" in offered


class InAHurry(ConferenceAdmin):
    seconds_for_all = 0.3  # one call that is not answered takes longer


def test_a_silent_platform_does_not_keep_anybody_waiting(
    demo_world: SandboxControl, settings: Settings
) -> None:
    """What was not asked in time is put off, whichever meeting it is of."""
    settings.MEETING_PLATFORMS = {"teams": "tests.faults.impatient.ImpatientTeams"}
    request = RequestFactory().get(f"{LIST}repair/?ids=46,51,74,81")
    request.user = User.objects.create_superuser("ada", "ada@example.edu")
    with demo_world.hold("/v1.0/"):
        page = InAHurry(Conference, admin.site).repair_view(request)
        assert isinstance(page, TemplateResponse)
        asked = demo_world.requests_seen("/v1.0/")
    rows = (page.context_data or {})["rows"]
    assert len(rows) > 3
    assert {row["result"] for row in rows} == {"put off; run it again"}
    assert {row["why"] for row in rows} == {"The time for one run was used up. Wait a little."}
    assert len(asked) == 1
    assert "Put off; run it again" in page.render().content.decode()
    assert "Load this page again later." in page.render().content.decode()
