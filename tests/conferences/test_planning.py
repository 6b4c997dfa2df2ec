"""Which meetings a run looks for, and why not."""

from datetime import UTC, datetime, timedelta

import pytest

from conferences.models import Conference
from conferences.planning import plan_sync
from platforms.reasons import ReasonCode
from tests.conferences.commands import sync

pytestmark = pytest.mark.django_db(transaction=True)

START = datetime(2026, 9, 1, 13, tzinfo=UTC)
TIMES = {"starts_at": START, "ends_at": START + timedelta(hours=1)}


def conference(**values: object) -> Conference:
    defaults = {
        "title": "Seminar",
        "organizer_email": "mara@example.edu",
        "meeting_link": "https://teams.microsoft.com/l/meetup-join/x",
    }
    return Conference.objects.create(**{**defaults, **TIMES, **values})


def skips(planned: Conference) -> list[tuple[int | None, ReasonCode | None]]:
    targets = plan_sync(planned, ["attendance"]).targets
    return [(t.slot, t.skip.code if t.skip else None) for t in targets]


def test_a_conference_has_its_own_meeting():
    assert skips(conference()) == [(None, None)]


def test_time_slots_that_are_not_cancelled_have_theirs():
    planned = conference(use_time_slots=True)
    planned.time_slots.create(**TIMES, cancelled_at=START)
    linked = planned.time_slots.create(**TIMES, meeting_link="https://x.example.org/1")
    bare = planned.time_slots.create(**TIMES)
    assert skips(planned) == [(linked.pk, None), (bare.pk, ReasonCode.NO_MEETING_LINKED)]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"meeting_link": None}, ReasonCode.NO_MEETING_LINKED),
        ({"organizer_email": ""}, ReasonCode.NO_ORGANIZER),
        ({"use_time_slots": True}, ReasonCode.NO_TIME_SLOTS),
    ],
)
def test_what_is_missing_is_told(values, reason):
    planned = conference(**values)
    assert skips(planned) == [(None, reason)]
    code, result = sync(planned.pk)
    assert (code, result["operations"][0]["reason"]["code"]) == (3, reason)


def test_all_slots_cancelled():
    planned = conference(use_time_slots=True)
    planned.time_slots.create(**TIMES, cancelled_at=START)
    assert skips(planned) == [(None, ReasonCode.MEETING_CANCELLED)]


def test_a_meeting_known_by_its_id_needs_no_link():
    assert skips(conference(meeting_link=None, online_meeting_id="abc")) == [(None, None)]
