"""Odd values in the administration's forms: told beside their field, and what was typed is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from tests.input.filled import fields_of
from tests.input.fuzzing import examples
from tests.input.stage import Stage, digest
from tests.input.values import EVERY, LONG, NUL
from tests.pages import making

Fields = dict[str, list[str]]
PASSWORD = "a long and rare password"
NEW = {
    "conference_form": {
        "title": "Seminar",
        "starts_at_0": "2026-09-01",
        "starts_at_1": "13:00",
        "ends_at_0": "2026-09-01",
        "ends_at_1": "14:00",
    },
    "user_form": {
        "username": "new@example.edu",
        "email": "new@example.edu",
        "password1": PASSWORD,
        "password2": PASSWORD,
    },
}
DAYS = ("0001-01-01", "9999-12-31", "0000-00-00", "2026-02-29", "2026-03-29", "yesterday")
TIMES = ("24:00", "99:99", "02:30", "-1:00", "noon")
LINKS = ("https://[", "http://a b/", "javascript:alert(1)", "//", "https://x/" + "a" * 3000)
PEOPLE = (
    "ana@example.edu",
    "ANA@EXAMPLE.EDU",
    "a@b",
    "@",
    "a@\u0130.example.edu",
    "a" * 400 + "@b.de",
)
ZONES = ("Mars/Olympus", "europe/berlin", "../UTC", "UTC+1", "UTC\u00a0")
odd = st.one_of(
    st.sampled_from((*EVERY, *DAYS, *TIMES, *LINKS, *PEOPLE, *ZONES)), st.text(max_size=20)
).filter(lambda text: text != LONG) | st.just("x" * 5000)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def mara(transactional_db: None) -> User:
    return making.account("mara.lindqvist@example.edu", directory_id="11-22")


def form_at(place: str, form: str, administrator: Client, *, is_new: bool) -> Fields:
    fields = fields_of(administrator.get(place).content.decode(), form)
    return fields | ({name: [value] for name, value in NEW[form].items()} if is_new else {})


def errors(administrator: Client, place: str, fields: Fields) -> str:
    """What a form is refused with; "" if it was taken."""
    answer = administrator.post(place, fields)
    if answer.status_code == 302:
        return ""
    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()
    return unescape(" ".join(str(one) for one in answer.context["errors"]))


PLACES = {
    "new conference": ("admin:conferences_conference_add", "", "conference_form"),
    "conference": ("admin:conferences_conference_change", "pk", "conference_form"),
    "new account": ("admin:accounts_user_add", "", "user_form"),
    "account": ("admin:accounts_user_change", "user", "user_form"),
}


def place_of(which: str, stage: Stage, mara: User) -> tuple[str, str]:
    name, key, form = PLACES[which]
    keys = {"pk": stage.conference.pk, "user": mara.pk}
    return reverse(name, args=[keys[key]] if key else []), form


@pytest.mark.parametrize("which", PLACES)
def test_odd_values(which: str, stage: Stage, mara: User, administrator: Client) -> None:
    place, form = place_of(which, stage, mara)
    fields = form_at(place, form, administrator, is_new=which.startswith("new"))
    with undone():
        assert errors(administrator, place, fields) == ""
    before = digest(), User.objects.count()
    names = [name for name in fields if not name.endswith("_FORMS")]

    @examples(25)
    @given(name=st.sampled_from(names), value=odd)
    def fill(name: str, value: str) -> None:
        with undone():
            if errors(administrator, place, fields | {name: [value]}):
                assert (digest(), User.objects.count()) == before

    fill()


# Form, field, value, and what is said.
TOLD = [
    ("new conference", "title", "", "This field is required."),
    ("new conference", "title", f"a{NUL}b", "Null characters are not allowed."),
    ("new conference", "title", "x" * 201, "at most 200 characters (it has 201)"),
    ("conference", "timezone", "Mars/Olympus", "“Mars/Olympus” is not a time zone. Use a name"),
    ("new conference", "ends_at_0", "2026-03-09", "The end must be later than the start."),
    ("new conference", "starts_at_0", "2026-02-29", "Enter a valid date."),
    ("new conference", "starts_at_0", "0001-01-02", "The year must be from 1900 to 2999."),
    ("new conference", "starts_at_1", "25:00", "Enter a valid time."),
    ("new conference", "meeting_link", "javascript:alert(1)", "Enter a valid URL."),
    ("new conference", "organizer_email", "nobody", "Enter a valid email address."),
    ("new conference", "platform", "skype", "skype is not one of the available choices."),
    ("conference", "time_slots-0-team_id", "x" * 65, "at most 64 characters (it has 65)"),
    ("conference", "time_slots-0-id", "7777777", "That choice is not one of the available choices"),
    ("conference", "roster-0-role", "king", "king is not one of the available choices."),
    ("conference", "roster-0-name", NUL, "Null characters are not allowed."),
    ("conference", "roster-0-user", "x", "That choice is not one of the available choices."),
    ("conference", "roster-0-user", NUL, "Null characters are not allowed."),
    ("conference", "roster-0-user", "9" * 30, "That choice is not one of the available choices."),
    ("conference", "roster-TOTAL_FORMS", "x", "ManagementForm data is missing"),
    ("account", "timezone", "europe/berlin", "“europe/berlin” is not a time zone. Use a name"),
    ("account", "directory_id", "33-44", "User with this Directory id already exists."),
    ("account", "directory_id", "x" * 65, "at most 64 characters (it has 65)"),
    ("account", "email", "ANA@EXAMPLE.EDU", "Another account has this e-mail address. Change"),
    ("account", "email", "nobody", "Enter a valid email address."),
    ("account", "username", "ana@example.edu", "A user with that username already exists."),
    ("account", "first_name", f"a{NUL}", "Null characters are not allowed."),
    ("account", "language", "x" * 11, "at most 10 characters (it has 11)"),
    ("account", "groups", "x", "“x” is not a valid value."),
    ("new account", "password2", "another", "The two password fields didn’t match."),
    ("new account", "email", "Ana@example.edu", "Another account has this e-mail address. Change"),
    ("new account", "username", "a b", "Enter a valid username."),
]


def test_a_wrong_value_is_told(stage: Stage, mara: User, administrator: Client) -> None:
    User.objects.filter(email="ana@example.edu").update(directory_id="33-44")
    forms = {}
    for which in PLACES:
        place, form = place_of(which, stage, mara)
        forms[which] = place, form_at(place, form, administrator, is_new=which.startswith("new"))
    before = digest(), User.objects.count()
    for which, name, value, expected in TOLD:
        place, fields = forms[which]
        assert expected in errors(administrator, place, fields | {name: [value]}), (name, value)
    assert (digest(), User.objects.count()) == before


def test_what_was_typed_is_still_there(stage: Stage, mara: User, administrator: Client) -> None:
    place, form = place_of("conference", stage, mara)
    fields = form_at(place, form, administrator, is_new=False)
    typed = {
        "course_code": ["Another course"],
        "description": ["Two\r\nlines <b>"],
        "timezone": ["Mars/Olympus"],
        "time_slots-0-team_id": ["team"],
        "roster-0-name": ["Mara L."],
    }
    answer = administrator.post(place, fields | typed)
    kept = fields_of(answer.content.decode(), form)
    shown = {name: [kept[name][0].replace("\r\n", "\n").replace("\n", "\r\n")] for name in typed}
    assert shown == typed


def test_no_time_of_an_account_is_typed(stage: Stage, mara: User, administrator: Client) -> None:
    """Its own page could not be shown again to anybody further east."""
    place, form = place_of("account", stage, mara)
    typed = {"date_joined_0": ["9999-12-31"], "date_joined_1": ["23:00"]}
    fields = form_at(place, form, administrator, is_new=False)
    assert errors(administrator, place, fields | typed) == ""
    assert User.objects.get(pk=mara.pk).date_joined == mara.date_joined
