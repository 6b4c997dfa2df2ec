"""The form of a new conference, sent a second time: by two clicks, or after going back."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from conferences.models import Conference
from tests.pages import making
from tests.pages.reading import words
from tests.pages.test_planning_pages import LINK, NEW, acts, filled

pytestmark = pytest.mark.django_db

TOLD = "With this form you have planned a conference already, and what you typed now differs"
OTHERS: dict[str, dict[str, str]] = {
    "title": {"title": "Second"},
    "description": {"description": "More words"},
    "times": {"starts_at": "2031-06-02T10:00", "ends_at": "2031-06-02T11:00"},
    "zone": {"timezone": "Asia/Kathmandu"},
    "slots": {"use_time_slots": "several"},
    "later": {"meeting": "later"},
    "link": {"meeting": "link", "link": LINK},
}


@pytest.fixture
def form(as_mara: Client, mara: User) -> dict[str, Any]:
    making.conference(mara, title="What makes Mara somebody who may plan")
    return filled(as_mara, NEW, title="First")


def planned() -> list[str]:
    return list(Conference.objects.order_by("pk").values_list("title", flat=True))[1:]


@pytest.mark.parametrize("other", OTHERS)
def test_what_was_typed_after_going_back_is_not_lost(
    as_mara: Client, form: dict[str, Any], other: str
) -> None:
    typed = {**form, **OTHERS[other]}
    assert as_mara.post(NEW, form).status_code == 302
    answer = as_mara.post(NEW, typed)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert TOLD in words(page)
    assert planned() == ["First"]
    asked = answer.context["form"]
    assert {name: asked[name].value() for name in OTHERS[other]} == OTHERS[other]
    again = {**typed, "token": asked["token"].value()}
    for _ in range(2):  # and this one is a form like any other
        assert as_mara.post(NEW, again).status_code == 302
    assert planned() == ["First", typed["title"]]
    assert acts() == ["planned"] * 2


@pytest.mark.parametrize("way", ["new", "link", "later", "slots"])
def test_the_same_words_lead_to_the_same_conference(
    as_mara: Client, form: dict[str, Any], way: str
) -> None:
    typed = {**form, "meeting": way, "link": LINK, "description": " Two\r\nlines "}
    if way == "slots":
        typed |= {"use_time_slots": "several", "meeting": "new"}
    first, second = (as_mara.post(NEW, typed) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert planned() == ["First"]
