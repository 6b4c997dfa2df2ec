"""Administrators see what keeps meetings from being recorded, and say when it is done with."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from accounts.models import Act, AuditEntry, User
from conferences.models import RecordingNotice
from conferences.notifications.administrators import follow_causes
from tests.conferences.mailing import MARA, conference, slot
from tests.conferences.test_recording_notices import fail
from tests.pages import making

pytestmark = pytest.mark.django_db

LIST = "/admin/conferences/recordingnotice/"
# session, user, is this look in the audit log, how many (2), the page, the causes of slots and of
# conferences, the meetings of both
QUERIES = 10
Asserts = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def ada(client: Client) -> User:
    made = making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)
    client.force_login(made)
    return made


def page(client: Client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_why_who_acts_and_which_meetings(ada: User, client: Client) -> None:
    of = conference(title="Glaciers & ice")
    fail(*(slot(of, hours) for hours in range(5)))
    follow_causes(MARA)
    said = page(client)
    assert "No application access policy lets this application read" in said
    assert said.count(f'<a href="/conferences/{of.pk}/">Glaciers &amp; ice (') == 3
    assert "and 2 more" in said
    notice = RecordingNotice.objects.get()
    said = page(client, f"{LIST}{notice.pk}/change/")
    assert said.count(f'<a href="/conferences/{of.pk}/">') == 5
    assert "An administrator acts" in said


def test_it_is_resolved_by_hand_and_that_is_in_the_audit_log(ada: User, client: Client) -> None:
    fail(slot(conference()))
    follow_causes(MARA)
    notice = RecordingNotice.objects.get()
    form = {"action": "resolve_by_hand", "_selected_action": [str(notice.pk)]}
    answer = client.post(LIST, form, follow=True)
    assert "1 notice is resolved. It opens again if another attempt" in answer.content.decode()
    notice.refresh_from_db()
    assert notice.resolved_by == ada
    assert notice.resolved_at is not None
    assert AuditEntry.objects.filter(act=Act.CHANGED_IN_ADMIN, subject=LIST, actor=ada).exists()
    assert MARA not in page(client, f"{LIST}?state=open")
    assert "resolved by Ada Miller" in page(client, f"{LIST}?state=resolved")


def test_the_first_page_says_that_there_are_some(ada: User, client: Client) -> None:
    assert "cannot be recorded" not in page(client, "/admin/")
    ours, theirs = conference(), conference(organizer_email="tomas.novak@example.edu")
    fail(slot(ours), slot(theirs))
    follow_causes()
    assert "Some meetings cannot be recorded: 2 causes" in page(client, "/admin/")


def test_who_may_not_see_notices_is_not_told_of_them(client: Client) -> None:
    fail(slot(conference()))
    follow_causes()
    client.force_login(making.account("olga.staff@example.edu", is_staff=True))
    assert "cannot be recorded" not in page(client, "/admin/")
    assert client.get(LIST).status_code == 403


def test_rows_are_made_and_deleted_by_nobody(ada: User, client: Client) -> None:
    fail(slot(conference()))
    follow_causes()
    notice = RecordingNotice.objects.get()
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{notice.pk}/delete/").status_code == 403
    said = page(client)
    assert "delete_selected" not in said
    client.post(f"{LIST}{notice.pk}/change/", {"code": "x", "organizer": "x@example.org"})
    notice.refresh_from_db()
    assert (notice.code, notice.organizer) == ("access_policy_missing", MARA)


def test_the_database_is_asked_as_often_for_thirty_as_for_one(
    ada: User, client: Client, django_assert_num_queries: Asserts
) -> None:
    def more(number: int) -> int:
        for one in range(number):
            email = f"teacher-{one}-of-{number}@example.edu"
            fail(slot(conference(organizer_email=email)))
        follow_causes()
        page(client)  # the look is in the audit log now
        with django_assert_num_queries(QUERIES):
            said = page(client)
        return said.count('class="action-select"')

    assert more(1) == 1
    assert more(29) == 30
