"""An organizer who does not teach, because an administrator allowed it: by every door."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.actions.importing import ImportProblemError, import_conferences
from conferences.models import Conference
from tests.conferences.test_admin import NEW, TYPED, send
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


def test_the_administration_leaves_it_and_allows_nobody_else(
    admin_client: Client, conference: Conference, ada: User
) -> None:
    page = reverse("admin:conferences_conference_change", args=[conference.pk])
    assert send(admin_client, page, description="Changed") == ""
    conference.refresh_from_db()
    assert (conference.description, conference.organizer_allowed_by) == ("Changed", ada)
    told = f"The organizer {DEAN} is no instructor here."
    assert told in send(admin_client, NEW, **{**TYPED, "organizer_email": DEAN})
