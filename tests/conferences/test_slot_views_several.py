"""Several time slots from a weekly pattern, on their pages. No worker runs."""

import pytest
from django.test import Client

from accounts.models import Act, AuditEntry
from conferences.models import Conference
from tests.conferences.test_slot_views import conference, kinds, post
from tests.pages.conftest import as_mara, mara

__all__ = ["as_mara", "conference", "mara"]
pytestmark = pytest.mark.django_db

PATTERN = {
    "weekdays": ["0", "2"],
    "starts": "10:00",
    "ends": "11:30",
    "first": "2031-03-24",
    "count": "4",
}


def test_a_pattern_is_shown_before_it_is_made(as_mara: Client, conference: Conference) -> None:
    status, said = post(as_mara, "new_series", conference.pk, **PATTERN, step="preview")
    assert status == 200
    assert "Mon, March 24, 2031, 10:00–11:30" in said
    assert "the clocks have changed; the time of day stays" in said
    assert not conference.time_slots.exists()


def test_several_are_made_once(as_mara: Client, conference: Conference) -> None:
    days = ["2031-03-24", "2031-03-31", "2031-04-02"]
    form = {**PATTERN, "step": "make", "day": days, "capacity": "8"}
    for _ in range(2):
        assert post(as_mara, "new_series", conference.pk, **form)[0] == 302
    made = list(conference.time_slots.values_list("starts_at", "capacity"))
    hours = {(at.day, at.hour, seats) for at, seats in made}
    assert hours == {(24, 9, 8), (31, 8, 8), (2, 8, 8)}
    assert kinds(conference) == ["created"] * 3
    assert AuditEntry.objects.get(act=Act.PLANNED_SLOT).details["count"] == 3
    _, said = post(as_mara, "new_series", conference.pk, **PATTERN, step="preview")
    assert said.count("there already, not made again") == 3
    assert post(as_mara, "new_series", conference.pk, **PATTERN, step="make")[0] == 400
    assert conference.time_slots.count() == 3


WRONG_PATTERNS: dict[str, tuple[dict[str, object], str]] = {
    "no end": ({"count": ""}, "Give either the last day or the number of dates."),
    "two ends": ({"until": "2031-05-01"}, "Give either the last day or the number of dates."),
    "no weekday": ({"weekdays": []}, "This field is required."),
    "too many": (
        {"count": "", "until": "2039-01-01"},
        "That is more than 60 dates at once. Until Oct. 15, 2031 they fit.",
    ),
    "none": ({"count": "", "until": "2031-03-01"}, "None of these weekdays lies between"),
    "gap": (
        {"weekdays": ["6"], "starts": "02:30", "ends": "04:00"},
        "On March 30, 2031 there is no 02:30 in Europe/Berlin",
    ),
    "far": ({"first": "9031-03-24"}, "The year must be from 1900 to 2999."),
    "odd": ({"starts": "ten"}, "Enter a valid time."),
    "count": ({"count": "61"}, "less than or equal to 60"),
}


@pytest.mark.parametrize("case", WRONG_PATTERNS)
def test_a_wrong_pattern_is_told(as_mara: Client, conference: Conference, case: str) -> None:
    changed, told = WRONG_PATTERNS[case]
    form = {**PATTERN, **changed, "step": "preview"}
    status, said = post(as_mara, "new_series", conference.pk, **form)
    assert status == 400
    assert told in said
    assert post(as_mara, "new_series", conference.pk, **form | {"step": "make"})[0] == 400
    assert not conference.time_slots.exists()
