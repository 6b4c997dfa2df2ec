"""The pages to plan and to change a conference, without a browser."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry, User
from conferences.models import Conference, MeetingChange
from conferences.models.membership import Role
from tests.input.filled import fields_of
from tests.pages import making
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

NEW = "/conferences/new/"
LINK = "https://teams.example.org/l/meetup-join/9"


@pytest.fixture
def teaching(mara: User) -> Conference:
    """What makes Mara somebody who may plan."""
    return making.conference(mara)


@pytest.fixture
def as_ada(client: Client) -> Client:
    client.force_login(making.account("ada.miller@example.edu", is_staff=True, is_superuser=True))
    return client


def filled(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """The form of the page at an address as a browser would send it, with some fields typed."""
    page = html(client, address).replace('<form class="sheet planning plan"', '<form id="plan"')
    fields = fields_of(page, "plan")
    times = {"starts_at": "2031-03-10T09:00", "ends_at": "2031-03-10T10:30"}
    typed = {**({"title": "Seminar", **times} if address == NEW else {}), **typed}
    return {**fields, **{name: value for name, value in typed.items() if value is not None}}


def errors(answer: Any) -> list[str]:
    assert answer.status_code == 400
    page = answer.content.decode()
    return [words(one) for one in re.findall(r'class="field-error">(.*?)</p>', page)]


def acts() -> list[str]:
    entries = AuditEntry.objects.exclude(act__in=[Act.LOOKED, Act.LOGGED_IN])
    return list(entries.order_by("pk").values_list("act", flat=True))


def edit_address(conference: Conference) -> str:
    return reverse("edit_conference", args=[conference.pk])


def test_a_conference_with_a_new_meeting(as_mara: Client, mara: User, teaching: Conference) -> None:
    form = filled(as_mara, NEW, timezone="Asia/Kathmandu")
    answer = as_mara.post(NEW, form)
    made = Conference.objects.exclude(pk=teaching.pk).get()
    assert answer["Location"] == made.get_absolute_url()
    assert made.starts_at.isoformat() == "2031-03-10T03:15:00+00:00"
    assert (made.organizer_email, made.wants_meeting) == (mara.email, True)
    assert [one.kind for one in made.changes.all()] == ["created"]
    assert [one.email for one in made.roster.filter(role=Role.INSTRUCTOR)] == [mara.email]
    assert acts() == [Act.PLANNED]

    again = as_mara.post(NEW, form)  # the second of two clicks
    assert again["Location"] == made.get_absolute_url()
    assert Conference.objects.count() == 2
    assert MeetingChange.objects.count() == 1
    assert acts() == [Act.PLANNED]


@pytest.mark.parametrize(
    ("typed", "kinds", "link"),
    [
        ({"meeting": "link", "link": LINK}, ["attached"], LINK),
        ({"meeting": "later", "link": "no link"}, [], None),
        ({"use_time_slots": "several", "meeting": "link", "link": "no link"}, [], None),
    ],
    ids=["link", "later", "slots"],
)
def test_other_ways_to_a_meeting(
    as_mara: Client, teaching: Conference, typed: dict[str, str], kinds: list[str], link: str
) -> None:
    answer = as_mara.post(NEW, filled(as_mara, NEW, **typed))
    made = Conference.objects.exclude(pk=teaching.pk).get()
    assert [one.kind for one in made.changes.all()] == kinds
    assert made.meeting_link == link
    slots = reverse("slots", args=[made.pk])
    assert answer["Location"] == (slots if made.use_time_slots else made.get_absolute_url())


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "title": ({"title": " "}, "Give it a title."),
    "long": ({"title": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
    "nul": ({"title": "a\0b"}, "Null characters are not allowed."),
    "platform": (
        {"platform": "skype"},
        "Select a valid choice. skype is not one of the available choices.",
    ),
    "zone": (
        {"timezone": "Europe/Atlantis"},
        "“Europe/Atlantis” is no time zone. Choose one from the list.",
    ),
    "start": ({"starts_at": ""}, "Say when it starts."),
    "moment": (
        {"starts_at": "tomorrow"},
        "“tomorrow” is no date and time. Write it as in 2026-03-10T14:30.",
    ),
    "never": (
        {"starts_at": "2031-03-30T02:30"},
        "On March 30, 2031 there is no 02:30 in Europe/Berlin: the clocks go forward over it. "
        "Choose another time or leave that day out.",
    ),
    "end": ({"ends_at": "2031-03-10T09:00"}, "The end must be later than the start."),
    "past": (
        {"starts_at": "2020-03-10T09:00"},
        "No meeting can be made for a time that is over. Correct the start.",
    ),
    "zoom": (
        {"platform": "zoom"},
        "This site makes no Zoom meetings. Paste the join link of one that was made there.",
    ),
    "no link": (
        {"meeting": "link", "link": ""},
        "Paste the join link, or choose another way.",
    ),
    "link": (
        {"meeting": "link", "link": "javascript:alert(1)"},
        "This is no link. Copy all of it from the invitation.",
    ),
    "kind": (
        {"use_time_slots": ""},
        "Choose whether it has time slots.",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    as_mara: Client, teaching: Conference, wrong: str
) -> None:
    typed, told = WRONG[wrong]
    answer = as_mara.post(NEW, filled(as_mara, NEW, **{"description": "Kept words", **typed}))
    assert errors(answer) == [told]
    page = answer.content.decode()
    assert "Nothing was saved yet." in words(page)
    assert page.count("autofocus") >= 1
    assert "Kept words" in page
    assert Conference.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x"])
def test_a_form_without_its_token_is_sent_once_more(
    as_mara: Client, teaching: Conference, token: str
) -> None:
    answer = as_mara.post(NEW, filled(as_mara, NEW, token=token))
    assert answer.status_code == 400
    assert "The form was not whole. Send it once more." in words(answer.content.decode())


def test_an_administrator_plans_for_anybody(as_ada: Client) -> None:
    answer = as_ada.post(NEW, filled(as_ada, NEW, organizer_email="dean@example.edu"))
    made = Conference.objects.get()
    assert answer.status_code == 302
    assert [(one.email, one.role) for one in made.roster.all()] == [
        ("dean@example.edu", "instructor")
    ]


def test_who_learns_finds_no_way_to_plan(
    as_noor: Client, noor: User, mara: User, teaching: Conference
) -> None:
    making.conference(mara, noor)
    assert NEW not in html(as_noor, "/conferences/")
    assert as_noor.get(NEW).status_code == 403
    noor.user_permissions.set(Permission.objects.filter(codename="add_conference"))
    assert NEW in html(as_noor, "/conferences/")
    assert as_noor.get(NEW).status_code == 200


def planned(mara: User, **columns: Any) -> Conference:
    now = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)
    known = {"meeting_id": "event", "online_meeting_id": "online", "wants_meeting": True}
    times = {"starts_at": now, "ends_at": now + making.HOUR}
    return making.conference(mara, **{**times, **known, **columns})


def test_an_edit_that_changes_nothing_tells_nobody(as_mara: Client, mara: User) -> None:
    conference = planned(mara)
    before = Conference.objects.values().get()
    address = edit_address(conference)
    assert as_mara.post(address, filled(as_mara, address)).status_code == 302
    assert Conference.objects.values().get() == before
    assert not conference.changes.exists()


def test_another_time_and_zone(as_mara: Client, mara: User) -> None:
    conference = planned(mara)
    address = edit_address(conference)
    wall = {"starts_at": "2031-07-01T09:00", "ends_at": "2031-07-01T10:00"}
    as_mara.post(address, filled(as_mara, address, **wall, timezone="America/New_York"))
    conference.refresh_from_db()
    assert conference.starts_at.isoformat() == "2031-07-01T13:00:00+00:00"
    assert [one.kind for one in conference.changes.all()] == ["moved"]
    said = words(html(as_mara, conference))
    assert "Saved. 1 meeting is being brought up to date in Teams." in said


def test_another_organizer_is_asked_for_twice(as_mara: Client, mara: User) -> None:
    conference = planned(mara, organizer_email="t@example.edu")
    conference.roster.create(name="Tomas", email="t@example.edu", role=Role.INSTRUCTOR)
    address = edit_address(conference)
    form = filled(as_mara, address, organizer_email=mara.email)
    [told] = errors(as_mara.post(address, form))
    assert told == (
        "With another organizer 1 meeting to come is made anew: it gets a new link, and those who "
        "come are told. Tick the box to go on."
    )
    assert not conference.changes.exists()
    assert as_mara.post(address, {**form, "is_confirmed": "on"}).status_code == 302
    assert [one.kind for one in conference.changes.all()] == ["recreated"]


def test_an_instructor_names_no_stranger(as_mara: Client, mara: User) -> None:
    conference = planned(mara)
    address = edit_address(conference)
    form = filled(as_mara, address, organizer_email="x@example.edu", lets_organize="on")
    assert errors(as_mara.post(address, form)) == [
        "Only an administrator can name somebody else. Choose yourself, or leave it as it is."
    ]


def test_an_administrator_lets_somebody_organize(as_ada: Client, mara: User) -> None:
    conference = planned(mara)
    address = edit_address(conference)
    form = filled(as_ada, address, organizer_email="dean@example.edu", is_confirmed="on")
    [told] = errors(as_ada.post(address, form))
    assert told.startswith("dean@example.edu is no instructor here.")
    assert as_ada.post(address, {**form, "lets_organize": "on"}).status_code == 302
    assert acts() == [Act.CHANGED, Act.ALLOWED_ORGANIZER]
    conference.refresh_from_db()
    assert conference.organizer_allowed_by is not None
    # whoever edits it afterwards need not know of that
    as_mara = Client()
    as_mara.force_login(mara)
    assert as_mara.post(address, filled(as_mara, address, title="Other")).status_code == 302


def test_several_slots_do_not_become_one(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara, use_time_slots=True, meeting_link=None)
    times = {"starts_at": conference.starts_at, "ends_at": conference.ends_at}
    for _ in range(2):
        conference.time_slots.create(**times)
    address = edit_address(conference)
    form = filled(as_mara, address, use_time_slots="one", description="Kept words")
    answer = as_mara.post(address, form)
    assert errors(answer) == [
        "2 time slots are planned. Cancel them until one is left: its meeting becomes that of the "
        "conference."
    ]
    assert "Kept words" in answer.content.decode()
