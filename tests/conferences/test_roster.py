"""A roster keeps somebody who teaches, whoever leaves it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from conferences.actions.roster import RosterError, add_member, change_role, remove_member
from conferences.models import Membership
from conferences.models.membership import Role
from tests.conferences.planned import planned
from tests.pages import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara(db: None) -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def ada(db: None) -> User:
    return making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)


@pytest.mark.parametrize(
    "leave", [remove_member, lambda one: change_role(one, Role.LEARNER)], ids=["gone", "learns"]
)
def test_somebody_goes_on_teaching(
    mara: User, ada: User, leave: Callable[[Membership], object]
) -> None:
    conference = planned(mara)
    teacher = conference.roster.get()
    with pytest.raises(RosterError, match="organizes this conference and has to teach it"):
        leave(teacher)
    conference.organizer_allowed_by = ada
    conference.save()
    with pytest.raises(RosterError, match="is the only instructor"):
        leave(teacher)
    add_member(conference, {"name": "T", "email": "t@example.edu", "role": Role.INSTRUCTOR})
    leave(teacher)
    assert conference.roster.filter(role=Role.INSTRUCTOR).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_who_teach_do_not_leave_at_once(mara: User, ada: User) -> None:
    conference = planned(mara, organizer_allowed_by=ada, organizer_email="dean@example.edu")
    add_member(conference, {"name": "T", "email": "t@example.edu", "role": Role.INSTRUCTOR})
    ready = Barrier(2)

    def leave(key: int) -> bool:
        try:
            member = Membership.objects.select_related("conference").get(pk=key)
            ready.wait(timeout=30)
            remove_member(member)
        except RosterError:
            return False
        finally:
            connection.close()
        return True

    keys = list(conference.roster.values_list("pk", flat=True))
    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(leave, keys)) == [False, True]
    assert conference.roster.count() == 1


def test_somebody_is_on_a_roster_once(mara: User) -> None:
    conference = planned(mara)
    with pytest.raises(RosterError, match="is on the roster already"):
        add_member(conference, {"name": "M", "email": mara.email.upper(), "role": Role.LEARNER})
    assert conference.roster.count() == 1
