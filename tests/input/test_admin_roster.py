"""A roster in the administration: nobody twice, and however many there are, all are kept."""

import pytest
from django.test import Client

from accounts.models import User
from conferences.models import Membership
from tests.input.stage import Stage
from tests.input.test_admin_forms import Fields, errors, form_at, place_of

INES = {"role": "learner", "name": "Ines", "email": "ines@example.edu", "user": ""}


@pytest.fixture
def place(stage: Stage, mara: User) -> str:
    """Of the conference that Mara teaches."""
    return place_of("conference", stage, mara)[0]


@pytest.fixture
def fields(place: str, administrator: Client) -> Fields:
    return form_at(place, "conference_form", administrator, is_new=False)


def roster() -> list[tuple[str, str]]:
    return list(Membership.objects.order_by("name").values_list("name", "email"))


def with_new(fields: Fields, *rows: dict[str, str]) -> Fields:
    added = {
        f"roster-{number}-{name}": [value]
        for number, row in enumerate(rows, start=1)
        for name, value in row.items()
    }
    return fields | added | {"roster-TOTAL_FORMS": [str(len(rows) + 1)]}


@pytest.mark.parametrize("email", ["ines@example.edu", "INES@example.edu", "\u0130nes@example.edu"])
def test_two_new_people_with_one_address(
    email: str, place: str, fields: Fields, administrator: Client
) -> None:
    before = roster()
    said = errors(administrator, place, with_new(fields, INES, INES | {"email": email}))
    assert "Two rows have the e-mail address ines@example.edu. Keep one of them." in said
    assert roster() == before


def test_two_people_who_exchange_their_addresses(
    place: str, stage: Stage, mara: User, administrator: Client
) -> None:
    Membership.objects.create(conference=stage.conference, name="Zoe", email="zoe@example.edu")
    fields, before = form_at(place, "conference_form", administrator, is_new=False), roster()
    one, other = "roster-0-email", "roster-1-email"
    said = errors(administrator, place, fields | {one: fields[other], other: fields[one]})
    assert "Somebody else has the e-mail address zoe@example.edu here. Change or remove" in said
    assert roster() == before


def test_somebody_who_was_added_meanwhile(
    place: str, fields: Fields, stage: Stage, administrator: Client
) -> None:
    Membership.objects.create(conference=stage.conference, name="Zoe", email="Ines@example.edu")
    before = roster()
    said = errors(administrator, place, with_new(fields, INES))
    assert "Somebody else has the e-mail address ines@example.edu here. Change or remove" in said
    assert roster() == before


def test_somebody_who_was_removed_meanwhile(
    place: str, fields: Fields, administrator: Client
) -> None:
    Membership.objects.all().delete()
    assert "That choice is not one of the available choices" in errors(administrator, place, fields)


def test_a_large_roster_is_saved_whole(place: str, stage: Stage, administrator: Client) -> None:
    """1400 fields."""
    Membership.objects.bulk_create(
        Membership(conference=stage.conference, name=f"P {n}", email=f"p{n}@example.edu")
        for n in range(200)
    )
    fields, before = form_at(place, "conference_form", administrator, is_new=False), roster()
    assert errors(administrator, place, fields | {"description": ["Another"]}) == ""
    stage.conference.refresh_from_db()
    assert (stage.conference.description, roster()) == ("Another", before)
