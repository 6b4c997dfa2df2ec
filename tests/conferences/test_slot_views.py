"""What an instructor does to time slots on their pages. No worker runs: changes stay open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry, User
from conferences.models import Conference, ConferenceTimeSlot, MeetingChange
from tests.pages import making
from tests.pages.conftest import as_mara, mara
from tests.pages.reading import words

__all__ = ["as_mara", "mara"]
pytestmark = pytest.mark.django_db

LINK = "https://teams.example.org/l/meetup-join/2"
BOOKED = {"capacity": 5, "booked": 2}


@pytest.fixture
def conference(mara: User) -> Conference:
    return making.conference(mara, use_time_slots=True)  # Europe/Berlin


def to_come(conference: Conference, days: int = 2, **columns: object) -> ConferenceTimeSlot:
    starts_at = datetime(2031, 5, days, 8, tzinfo=UTC)
    times = {"starts_at": starts_at, "ends_at": starts_at + making.HOUR}
    made: ConferenceTimeSlot = conference.time_slots.create(**{**times, **columns})
    return made


def post(client: Client, name: str, *keys: int, **form: object) -> tuple[int, str]:
    answer = client.post(reverse(name, args=keys), form)
    return answer.status_code, words(answer.content.decode())


def kinds(of: Conference) -> list[str]:
    return list(of.changes.order_by("id").values_list("kind", flat=True))


NEW = {"starts_at": "2031-05-02T10:00", "ends_at": "2031-05-02T11:00"}


def test_times_are_of_the_conferences_zone(as_mara: Client, conference: Conference) -> None:
    assert post(as_mara, "new_slot", conference.pk, **NEW, capacity="7")[0] == 302
    slot = conference.time_slots.get()
    assert slot.starts_at == datetime(2031, 5, 2, 8, tzinfo=UTC)
    assert (slot.capacity, slot.wants_meeting, slot.meeting_link) == (7, True, None)
    assert kinds(conference) == ["created"]
    entry = AuditEntry.objects.get(act=Act.PLANNED_SLOT)
    assert (entry.subject, entry.details) == (conference.log_name, {"slot": slot.pk})


def test_a_double_click_makes_one(as_mara: Client, conference: Conference) -> None:
    first = as_mara.post(reverse("new_slot", args=[conference.pk]), NEW)
    second = as_mara.post(reverse("new_slot", args=[conference.pk]), NEW)
    assert first["Location"] == second["Location"]
    assert conference.time_slots.count() == 1
    MeetingChange.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    status, said = post(as_mara, "new_slot", conference.pk, **NEW)
    assert status == 400
    assert "There is a time slot at exactly this time already." in said
    assert conference.time_slots.count() == 1


WRONG = {
    "starts_at": (
        ("2026-03-29T02:30", "On March 29, 2026 there is no 02:30 in Europe/Berlin"),
        ("yesterday", "“yesterday” is no date and time. Write it as in 2026-03-10T14:30."),
        ("1031-05-02T10:00", "The year must be from 1900 to 2999."),
        ("2031-05-02T11:00", "The end must be later than the start."),
        ("2020-05-02T10:00", "This is in the past. Choose another time, or give the join link"),
        ("", "This field is required."),
    ),
    "capacity": (("0", "greater than or equal to 1"), ("many", "Enter a whole number")),
    "link": (("nowhere at all", "Enter a valid URL"),),
}


@pytest.mark.parametrize(
    ("name", "value", "told"), [(name, *case) for name, cases in WRONG.items() for case in cases]
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    as_mara: Client, conference: Conference, name: str, value: str, told: str
) -> None:
    answer = as_mara.post(
        reverse("new_slot", args=[conference.pk]), {**NEW, "capacity": "5", name: value}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in words(page)
    assert f'value="{value}"' in page or not value
    assert 'aria-invalid="true"' in page
    assert not conference.time_slots.exists()


def test_what_was_held_elsewhere_may_be_in_the_past(
    as_mara: Client, conference: Conference
) -> None:
    form = {"starts_at": "2020-05-02T10:00", "ends_at": "2020-05-02T11:00", "link": LINK}
    assert post(as_mara, "new_slot", conference.pk, **form)[0] == 302
    slot = conference.time_slots.get()
    assert (slot.meeting_link, slot.wants_meeting, kinds(conference)) == (LINK, False, ["attached"])


def test_an_overlap_is_confirmed(as_mara: Client, conference: Conference) -> None:
    to_come(conference)
    form = {"starts_at": "2031-05-02T10:30", "ends_at": "2031-05-02T11:30"}
    status, said = post(as_mara, "new_slot", conference.pk, **form)
    assert status == 200
    assert "Another time slot is held at this time: Fri, May 2, 2031, 10:00–11:00" in said
    assert conference.time_slots.count() == 1
    assert post(as_mara, "new_slot", conference.pk, **form, is_confirmed="1")[0] == 302
    assert conference.time_slots.count() == 2


def test_a_slot_is_moved(as_mara: Client, conference: Conference) -> None:
    slot = to_come(conference, meeting_id="event-1", meeting_link=LINK)
    form = {"starts_at": "2031-05-03T10:00", "ends_at": "2031-05-03T11:00", "capacity": ""}
    assert post(as_mara, "edit_slot", conference.pk, slot.pk, **form)[0] == 302
    slot.refresh_from_db()
    assert slot.starts_at == datetime(2031, 5, 3, 8, tzinfo=UTC)
    assert slot.is_event_stale
    assert kinds(conference) == ["moved"]
    assert AuditEntry.objects.filter(act=Act.CHANGED_SLOT).count() == 1


def test_seats_alone_change_nothing_in_the_calendar(
    as_mara: Client, conference: Conference
) -> None:
    slot = to_come(conference, **BOOKED)
    assert post(as_mara, "edit_slot", conference.pk, slot.pk, **NEW, capacity="2")[0] == 302
    slot.refresh_from_db()
    assert (slot.capacity, kinds(conference)) == (2, [])
    status, said = post(as_mara, "edit_slot", conference.pk, slot.pk, **NEW, capacity="1")
    assert status == 400
    assert "2 seats are booked already, so there must be at least that many." in said
    status, said = post(as_mara, "edit_slot", conference.pk, slot.pk, **NEW, capacity="")
    assert status == 400
    assert "Seats are booked already. Give a number" in said


def test_the_hour_that_comes_twice_stays_the_second(
    as_mara: Client, conference: Conference
) -> None:
    second = datetime(2031, 10, 26, 1, 30, tzinfo=UTC)  # 02:30 for the second time
    slot = to_come(conference, starts_at=second, ends_at=second + making.HOUR)
    form = {"starts_at": "2031-10-26T02:30", "ends_at": "2031-10-26T03:30", "capacity": "9"}
    assert post(as_mara, "edit_slot", conference.pk, slot.pk, **form)[0] == 302
    slot.refresh_from_db()
    assert (slot.starts_at, slot.capacity, kinds(conference)) == (second, 9, [])


def test_a_cancelled_slot_stays_as_it_is(as_mara: Client, conference: Conference) -> None:
    slot = to_come(conference, meeting_link=LINK)
    assert post(as_mara, "slot", conference.pk, slot.pk, decision="cancel")[0] == 302
    assert post(as_mara, "slot", conference.pk, slot.pk, decision="cancel")[0] == 302
    assert kinds(conference) == ["cancelled"]
    for name in ("edit_slot", "slot"):
        form = {**NEW, "decision": "recreate"}
        answer = as_mara.post(reverse(name, args=[conference.pk, slot.pk]), form, follow=True)
        assert "stays as it is" in answer.content.decode() or "not possible any more" in (
            answer.content.decode()
        )
    assert kinds(conference) == ["cancelled"]


def test_recreated_once_however_often_it_is_pressed(
    as_mara: Client, conference: Conference
) -> None:
    slot = to_come(conference, meeting_link=LINK, meeting_id="event-1")
    form = {"decision": "recreate", "seen": slot.calendar_sequence}
    assert post(as_mara, "slot", conference.pk, slot.pk, **form)[0] == 302
    MeetingChange.objects.update(finished_at=timezone.now(), told={"has_link": False})
    ConferenceTimeSlot.objects.update(meeting_link="https://teams.example.org/l/meetup-join/3")
    answer = as_mara.post(reverse("slot", args=[conference.pk, slot.pk]), form, follow=True)
    assert "That was done already, once." in answer.content.decode()
    assert kinds(conference) == ["recreated"]
    assert conference.retired_meetings.count() == 1


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"HX-Request": "true"}])
def test_what_is_not_possible_is_told_to_programs(
    as_mara: Client, conference: Conference, headers: dict[str, str]
) -> None:
    slot = to_come(conference, meeting_link=LINK)
    MeetingChange.objects.create(conference=conference, slot=slot, kind="moved")
    address = reverse("slot", args=[conference.pk, slot.pk])
    answer = as_mara.post(address, {"decision": "recreate"}, headers=headers)
    assert answer.status_code == 409
    assert "not possible any more" in answer.content.decode()


def test_a_link_is_attached(as_mara: Client, conference: Conference) -> None:
    slot = to_come(conference, meeting_link=LINK, online_meeting_id="old")
    address = reverse("slot", args=[conference.pk, slot.pk])
    status, said = post(as_mara, "slot", conference.pk, slot.pk, decision="attach", link="x y")
    assert status == 400
    assert "Enter a valid URL" in said
    other = "https://teams.example.org/l/meetup-join/9"
    assert as_mara.post(address, {"decision": "attach", "link": other}).status_code == 302
    slot.refresh_from_db()
    assert (slot.meeting_link, slot.online_meeting_id) == (other, None)
    assert conference.retired_meetings.get().online_meeting_id == "old"


def test_what_an_action_refuses_is_undone(as_mara: Client, conference: Conference) -> None:
    """It had begun: the old link was put aside already."""
    far = datetime(3500, 5, 2, 8, tzinfo=UTC)
    times = {"starts_at": far, "ends_at": far + making.HOUR}
    slot = to_come(conference, meeting_link=LINK, online_meeting_id="old", **times)
    other = "https://teams.example.org/l/meetup-join/9"
    form = {"decision": "attach", "link": other}
    status, said = post(as_mara, "slot", conference.pk, slot.pk, **form)
    assert status == 400
    assert "The year must be from 1900 to 2999." in said
    slot.refresh_from_db()
    assert (slot.meeting_link, slot.online_meeting_id) == (LINK, "old")
    assert not conference.retired_meetings.exists()
    assert (kinds(conference), AuditEntry.objects.filter(act=Act.ATTACHED_LINK).count()) == ([], 0)


def test_only_administrators_decide_about_recording(
    as_mara: Client, client: Client, conference: Conference
) -> None:
    slot = to_come(conference, meeting_link=LINK, auto_recording_status="failed")
    for decision in ("accept", "opt_out", "opt_in"):
        form = {"decision": decision, "why": "because"}
        assert post(as_mara, "slot", conference.pk, slot.pk, **form)[0] == 403
    ada = making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)
    administrator = Client()
    administrator.force_login(ada)
    status, said = post(administrator, "slot", conference.pk, slot.pk, decision="accept")
    assert status == 400
    assert "Say why; colleagues will wonder later." in said
    form = {"decision": "accept", "why": "An old room"}
    assert post(administrator, "slot", conference.pk, slot.pk, **form)[0] == 302
    slot.refresh_from_db()
    assert (slot.auto_recording_status, slot.recording_why) == ("accepted", "An old room")
    assert AuditEntry.objects.get(act=Act.ACCEPTED_UNRECORDED).actor == ada
    assert post(administrator, "slot", conference.pk, slot.pk, decision="opt_in")[0] == 302
    slot.refresh_from_db()
    assert slot.auto_recording_status == "pending"


def test_a_conferences_own_meeting(as_mara: Client, mara: User) -> None:
    start = datetime(2031, 5, 2, 8, tzinfo=UTC)
    own = making.conference(mara, starts_at=start, ends_at=start + making.HOUR, meeting_link=None)
    page = words(as_mara.get(own.get_absolute_url()).content.decode())
    assert "There is no meeting yet." in page
    assert post(as_mara, "meeting", own.pk, decision="make")[0] == 302
    assert post(as_mara, "meeting", own.pk, decision="make")[0] == 302
    assert post(as_mara, "meeting", own.pk, decision="try_again")[0] == 302  # joins
    assert kinds(own) == ["created"]
    assert as_mara.get(reverse("slots", args=[own.pk]))["Location"] == reverse(
        "meeting", args=[own.pk]
    )
