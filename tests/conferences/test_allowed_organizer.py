"""An organizer who does not teach, because an administrator allowed it: by every door."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.actions.importing import ImportProblemError, import_conferences
from conferences.models import Conference
from tests.pages import making

pytestmark = pytest.mark.django_db

DEAN = "dean@example.edu"


@pytest.fixture
def ada(db: None) -> User:
    return making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)


@pytest.fixture
def conference(ada: User) -> Conference:
    teacher = making.account("mara.lindqvist@example.edu")
    return making.conference(teacher, organizer_email=DEAN, organizer_allowed_by=ada)


def row(conference: Conference, **others: Any) -> dict[str, Any]:
    return {"conferences": [{"id": conference.pk, "title": "Imported", **others}]}


def test_an_import_leaves_it(conference: Conference, ada: User) -> None:
    import_conferences(row(conference))
    import_conferences(row(conference, organizer_email=DEAN.upper()))
    conference.refresh_from_db()
    assert conference.organizer_allowed_by == ada


def test_an_import_allows_nobody_else(conference: Conference, ada: User) -> None:
    with pytest.raises(ImportProblemError, match=r"x@example\.edu' is no instructor of it"):
        import_conferences(row(conference, organizer_email="x@example.edu"))
    conference.refresh_from_db()
    assert (conference.organizer_email, conference.organizer_allowed_by) == (DEAN, ada)

    import_conferences(row(conference, organizer_email="mara.lindqvist@example.edu"))
    conference.refresh_from_db()
    assert conference.organizer_allowed_by is None
    with pytest.raises(ImportProblemError, match="is no instructor of it"):
        import_conferences(row(conference, organizer_email=DEAN))


def save(client: Client, conference: Conference, organizer: str) -> str:
    """Through the administration; what it says where it refuses."""
    member = conference.roster.get()
    times = {
        f"{name}_{part}": f"{getattr(conference, name):{pattern}}"
        for name in ("starts_at", "ends_at")
        for part, pattern in enumerate(("%Y-%m-%d", "%H:%M:%S"))
    }
    form = {
        **times,
        "title": "Changed",
        "platform": "teams",
        "timezone": "UTC",
        "auto_recording_status": "pending",
        "organizer_email": organizer,
        "time_slots-TOTAL_FORMS": "0",
        "time_slots-INITIAL_FORMS": "0",
        "roster-TOTAL_FORMS": "1",
        "roster-INITIAL_FORMS": "1",
        "roster-0-id": str(member.pk),
        "roster-0-conference": str(conference.pk),
        "roster-0-role": "instructor",
        "roster-0-name": member.name,
        "roster-0-email": member.email,
    }
    page = reverse("admin:conferences_conference_change", args=[conference.pk])
    answer = client.post(page, form)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_the_administration_leaves_it_and_allows_nobody_else(
    admin_client: Client, conference: Conference, ada: User
) -> None:
    assert save(admin_client, conference, DEAN) == ""
    conference.refresh_from_db()
    assert (conference.title, conference.organizer_allowed_by) == ("Changed", ada)
    told = "The organizer x@example.edu is no instructor here."
    assert told in save(admin_client, conference, "x@example.edu")
    assert save(admin_client, conference, "mara.lindqvist@example.edu") == ""
    conference.refresh_from_db()
    assert conference.organizer_allowed_by is None
    assert f"The organizer {DEAN} is no instructor here." in save(admin_client, conference, DEAN)
