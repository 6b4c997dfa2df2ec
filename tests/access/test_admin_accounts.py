"""Accounts in the administration: who may change them gives nobody more rights, and takes over
nobody who has all of them.
"""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.models import User
from tests.input.filled import fields_of
from tests.pages import making

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"
RIGHTS = {"is_staff", "is_superuser", "groups", "user_permissions"}
NEW = "correct horse battery"
PASSWORD = {"password1": NEW, "password2": NEW, "usable_password": "true"}


@pytest.fixture
def sam() -> User:
    """Looks after accounts, and nothing else."""
    sam = making.account("sam.staff@example.org", is_staff=True)
    acts = ("view", "add", "change", "delete")
    sam.user_permissions.set(Permission.objects.filter(codename__in=[f"{a}_user" for a in acts]))
    return sam


@pytest.fixture
def ada() -> User:
    return making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(user: User, what: str = "change") -> str:
    return f"{USERS}{user.pk}/{what}/"


def form_of(client: Client, user: User) -> dict[str, str]:
    return fields_of(client.get(page_of(user)).content.decode(), "user_form")


def test_nobody_makes_themselves_more(sam: User) -> None:
    client, group = browser(sam), Group.objects.create(name="Everything")
    before = set(sam.user_permissions.values_list("pk", flat=True))
    form = form_of(client, sam)
    assert not RIGHTS & set(form)
    every = list(Permission.objects.values_list("pk", flat=True))
    wanted = {"is_superuser": "on", "groups": [group.pk], "user_permissions": every}
    answer = client.post(page_of(sam), {**form, **wanted, "first_name": "Samuel"})
    assert answer.status_code == 302
    sam.refresh_from_db()
    assert (sam.first_name, sam.is_staff, sam.is_superuser) == ("Samuel", True, False)
    assert set(sam.user_permissions.values_list("pk", flat=True)) == before
    assert not sam.groups.exists()


def test_nor_anybody_else(sam: User) -> None:
    client, mara = browser(sam), making.account("mara.lindqvist@example.edu")
    form = {**form_of(client, mara), "is_staff": "on", "is_superuser": "on", "last_name": "L."}
    assert client.post(page_of(mara), form).status_code == 302
    mara.refresh_from_db()
    assert (mara.last_name, mara.is_staff, mara.is_superuser) == ("L.", False, False)
    new = {"username": "new", "email": "new@example.org", **PASSWORD}
    assert client.post(f"{USERS}add/", {**new, "is_superuser": "on"}).status_code == 302
    assert not User.objects.get(username="new").is_superuser


def test_an_account_with_all_rights_is_only_looked_at(sam: User, ada: User) -> None:
    client, before = browser(sam), User.objects.filter(pk=ada.pk).values().get()
    page = client.get(page_of(ada))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert ada.password.rpartition("$")[2] not in page.content.decode()
    others = {"username": "ada", "email": "sam.else@example.org", "is_active": "on"}
    assert client.post(page_of(ada), others).status_code == 403
    assert client.get(page_of(ada, "password")).status_code == 403
    assert client.post(page_of(ada, "password"), PASSWORD).status_code == 403
    assert client.post(page_of(ada, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": str(ada.pk), "post": "yes"}
    client.post(USERS, chosen)
    assert User.objects.filter(pk=ada.pk).values().get() == before


def test_who_has_all_rights_gives_and_takes_them(ada: User) -> None:
    client, mara = browser(ada), making.account("mara.lindqvist@example.edu")
    group = Group.objects.create(name="Planners")
    form = form_of(client, mara) | {"is_staff": "on", "is_superuser": "on"}
    assert client.post(page_of(mara), {**form, "groups": [group.pk]}).status_code == 302
    mara.refresh_from_db()
    assert (mara.is_staff, mara.is_superuser, *mara.groups.all()) == (True, True, group)
    assert client.post(page_of(mara, "password"), PASSWORD).status_code == 302
    mara.refresh_from_db()
    assert mara.check_password(NEW)
    assert client.post(page_of(mara, "delete"), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=mara.pk).exists()


def test_other_accounts_passwords_are_set_as_before(sam: User) -> None:
    mara = making.account("mara.lindqvist@example.edu")
    assert browser(sam).post(page_of(mara, "password"), PASSWORD).status_code == 302
    mara.refresh_from_db()
    assert mara.check_password(NEW)


def test_a_group_is_given_rights_by_who_has_all(sam: User, ada: User) -> None:
    group = Group.objects.create(name="Planners")
    sam.groups.add(group)
    sam.user_permissions.add(*Permission.objects.filter(codename="change_group"))
    every = list(Permission.objects.values_list("pk", flat=True)[:3])
    page, form = f"/admin/auth/group/{group.pk}/change/", {"name": "Helpers", "permissions": every}
    for person, count in ((sam, 0), (ada, 3)):
        assert browser(person).post(page, form).status_code == 302
        group.refresh_from_db()
        assert (group.name, group.permissions.count()) == ("Helpers", count)
