"""A form changes what it is for, whatever else is sent along."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client

from accounts.models import User
from conferences.models import Conference, Membership
from conferences.models.membership import Role
from tests.access.addresses import path
from tests.access.forms import DECISION, OWN_PASSWORD
from tests.access.world import PASSWORD, World

pytestmark = pytest.mark.django_db

# Names of columns, of related objects and of what frameworks take for a method.
GREEDY = {
    "is_staff": "on",
    "is_superuser": "1",
    "is_active": "",
    "role": "instructor",
    "title": "Taken over",
    "organizer_email": "me@example.org",
    "meeting_link": "https://x.io",
    "user": "1",
    "conference": "88020000",
    "conference_id": "88020000",
    "pk": "1",
    "id": "1",
    "published_by": "1",
    "accepted_by": "1",
    "requested_by": "1",
    "sitting_pk": "88020002",
    "is_guess": "",
    "is_planned": "",
    "email": "me@example.org",
    "permissions": "1",
    "user_permissions": "1",
    "groups": "1",
    "_method": "DELETE",
    "_save": "1",
    "_saveasnew": "1",
}
GUESS = "/conferences/<pk>/guesses/<sitting_pk>/"
PUBLISH = "/conferences/<pk>/recordings/<recording_pk>/publish/"
FILE = "/conferences/<pk>/recordings/files/<file_pk>/"
# What each form may change; of the attendance and the recordings it is told anew what they are.
DECIDED = {"accepted_at", "accepted_by_id"}
CASES: dict[str, tuple[dict[str, str], dict[str, set[str]]]] = {
    GUESS: (DECISION, {"attendancesitting": DECIDED}),
    PUBLISH: ({"publish": "1"}, {"recording": {"published_at", "published_by_id"}}),
    FILE: (DECISION, {"drivefile": DECIDED}),
}
DERIVED = {"attendancerecord", "attendancesession", "recording", "logentry", "auditentry"}


def rows() -> dict[tuple[str, int], dict[str, Any]]:
    """Everything that is stored of conferences and of people."""
    models: list[type[Model]] = [
        model
        for label in ("accounts", "auth", "conferences", "syncing")
        for model in apps.get_app_config(label).get_models()
    ]
    return {
        (str(model._meta.model_name), row["id"]): row
        for model in models
        for row in model._default_manager.values()
    }


def changed(
    before: dict[tuple[str, int], dict[str, Any]], after: dict[tuple[str, int], dict[str, Any]]
) -> Iterator[tuple[str, int, set[str]]]:
    """Model, key and columns of what is another; all columns of what came or went."""
    for model, key in before.keys() | after.keys():
        old, new = before.get((model, key), {}), after.get((model, key), {})
        columns = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        if columns:
            yield model, key, columns


@pytest.mark.parametrize("route", CASES)
def test_a_decision_changes_nothing_else(world: World, route: str) -> None:
    form, expected = CASES[route]
    before = rows()
    answer = world.client("instructor").post(path(route, world.ours), {**form, **GREEDY, **form})
    assert answer.status_code == 302
    found = list(changed(before, rows()))
    of_ours = {model: columns for model, _key, columns in found if model in expected}
    assert of_ours == expected
    assert {model for model, _key, _columns in found} <= {*expected, *DERIVED}
    assert all(str(key).startswith("7701") for model, key, _ in found if model in expected)


@pytest.mark.parametrize("page", ["/login/", "/admin/login/"])
def test_a_login_changes_nobodys_rights(world: World, page: str) -> None:
    person = world.people["administrator"]
    before = rows()
    form = {"username": person.email, "password": PASSWORD}
    assert Client().post(page, {**GREEDY, **form}).status_code == 302
    found = [one for one in changed(before, rows()) if one[0] not in DERIVED]
    assert found == [("user", person.pk, {"last_login"})]


def test_a_new_password_of_ones_own_changes_nobodys_rights(world: World) -> None:
    before = rows()
    form = {"old_password": PASSWORD, **OWN_PASSWORD}
    answer = world.client("observer").post("/admin/password_change/", {**GREEDY, **form})
    assert answer.status_code == 302
    found = [one for one in changed(before, rows()) if one[0] not in DERIVED]
    assert found == [("user", world.people["observer"].pk, {"password"})]


@pytest.mark.parametrize("role", ["stranger", "learner", "elsewhere", "instructor"])
def test_ones_address_alone_opens_nothing(world: World, role: str) -> None:
    """The roster knows people by e-mail: an entry that names an account is that account's only."""
    ours = Conference.objects.get(pk=world.ours["pk"])
    owner = User.objects.get(pk=world.ours["accounts/user"])
    person = world.people[role]
    Membership.objects.filter(user=person).delete()
    Membership.objects.create(
        conference=ours, user=owner, name="N", email=person.email, role=Role.INSTRUCTOR
    )
    assert world.client(role).get(path("/conferences/<pk>/", world.ours)).status_code == 404
