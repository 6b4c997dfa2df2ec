"""Who may say in whose calendar a conference is: nobody for a colleague."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.models import Conference
from conferences.models.membership import Role
from tests.pages import making
from tests.pages.reading import html, words
from tests.pages.test_planning_pages import as_ada, edit_address, errors, filled, planned

__all__ = ["as_ada"]
pytestmark = pytest.mark.django_db

ONESELF = "Only an administrator can name somebody else. Choose yourself, or leave it as it is."
TOMAS = "tomas.novak@example.edu"
THEIRS = "https://teams.example.org/l/meetup-join/theirs"


def shared(mara: User, **columns: Any) -> Conference:
    """Mara has put Tomas on the roster as an instructor; nobody has asked him."""
    conference = planned(mara, **columns)
    conference.roster.create(name="Tomas Novak", email=TOMAS, role=Role.INSTRUCTOR)
    return conference


def offered(client: Client, conference: Conference) -> list[str]:
    form = client.get(edit_address(conference)).context["form"]
    return [value for value, _label in form.fields["organizer_email"].choices]


def test_a_colleagues_meeting_is_not_opened_by_three_forms(as_mara: Client, mara: User) -> None:
    without = dict.fromkeys(("meeting_id", "online_meeting_id", "meeting_link"))
    conference = planned(mara, **without, wants_meeting=False)
    colleague = {"name": "Tomas Novak", "email": TOMAS, "role": "instructor"}
    assert as_mara.post(reverse("roster", args=[conference.pk]), colleague).status_code == 302
    address = edit_address(conference)
    form = filled(as_mara, address, organizer_email=TOMAS, meeting="link", link=THEIRS)
    assert errors(as_mara.post(address, {**form, "is_confirmed": "on"})) == [ONESELF]
    conference.refresh_from_db()
    assert (conference.organizer_email, conference.meeting_link) == (mara.email, None)
    assert not conference.changes.exists()


@pytest.mark.parametrize("word", [TOMAS, TOMAS.upper(), "x@example.edu", "", "no address"])
def test_whatever_is_posted_names_nobody_else(as_mara: Client, mara: User, word: str) -> None:
    conference = shared(mara)
    address = edit_address(conference)
    form = filled(as_mara, address, lets_organize="on", is_confirmed="on")
    assert as_mara.post(address, {**form, "organizer_email": word}).status_code == 400
    conference.refresh_from_db()
    assert conference.organizer_email == mara.email


def test_who_teaches_takes_it_over(as_mara: Client, mara: User) -> None:
    conference = shared(mara, organizer_email=TOMAS)
    assert offered(as_mara, conference) == [TOMAS, mara.email]
    address = edit_address(conference)
    assert "You can take it over" in words(html(as_mara, address))
    form = filled(as_mara, address, organizer_email=mara.email)
    assert as_mara.post(address, {**form, "is_confirmed": "on"}).status_code == 302
    conference.refresh_from_db()
    assert conference.organizer_email == mara.email
    assert [one.kind for one in conference.changes.all()] == ["recreated"]
    assert offered(as_mara, conference) == [mara.email]


@pytest.mark.parametrize("organizer", [TOMAS, "gone@example.edu", ""])
def test_who_teaches_leaves_it_as_it_is(as_mara: Client, mara: User, organizer: str) -> None:
    ada = making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)
    conference = shared(mara, organizer_email=organizer, organizer_allowed_by=ada)
    assert offered(as_mara, conference) == [organizer, mara.email]
    address = edit_address(conference)
    assert as_mara.post(address, filled(as_mara, address, title="Other")).status_code == 302
    conference.refresh_from_db()
    assert (conference.title, conference.organizer_email) == ("Other", organizer)


def test_an_administrator_names_who_teaches(as_ada: Client, mara: User) -> None:
    conference = shared(mara)
    address = edit_address(conference)
    form = filled(as_ada, address, organizer_email=TOMAS, is_confirmed="on")
    assert as_ada.post(address, form).status_code == 302
    conference.refresh_from_db()
    assert (conference.organizer_email, conference.organizer_allowed_by) == (TOMAS, None)
