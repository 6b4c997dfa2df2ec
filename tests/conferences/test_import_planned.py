"""A registrar's file and meetings that stand in a calendar already."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from conferences.actions.importing import ImportProblemError, import_conferences
from conferences.models import Conference, ConferenceTimeSlot
from scripts.servers.sandbox import SandboxControl
from tests.conferences.test_meetings_attached import event_of
from tests.conferences.test_meetings_killed import HOUR, tomorrow, work


def row_of(sandbox: SandboxControl, pk: int) -> dict[str, Any]:
    [row] = [one for one in sandbox.conferences()["conferences"] if one["id"] == pk]
    return row


def import_row(row: dict[str, Any]) -> None:
    import_conferences({"conferences": [row]})


def moved(row: dict[str, Any], starts_at: datetime) -> dict[str, Any]:
    times = {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + HOUR).isoformat()}
    return {**row, **times}


def test_other_times_reach_the_calendar(demo_world: SandboxControl) -> None:
    row, starts_at = row_of(demo_world, 81), tomorrow() + timedelta(days=4)
    import_row(moved(row, starts_at))
    work()
    conference = Conference.objects.get(pk=81)
    assert not conference.is_event_stale
    event = event_of(demo_world, conference.meeting_id)
    assert event["starts_at"].startswith(f"{starts_at:%Y-%m-%dT%H:%M}")


def test_the_same_file_tells_nobody_anything(demo_world: SandboxControl) -> None:
    import_conferences(demo_world.conferences())
    assert not Conference.objects.filter(changes__isnull=False).exists()


def test_another_title_reaches_every_event(demo_world: SandboxControl) -> None:
    row = row_of(demo_world, 81)
    import_row({**row, "title": "Renamed by the registrar"})
    work()
    event = event_of(demo_world, Conference.objects.get(pk=81).meeting_id)
    assert event["subject"] == "Renamed by the registrar"


def test_another_organizer_of_meetings_made_here_is_refused(demo_world: SandboxControl) -> None:
    Conference.objects.filter(pk=81).update(wants_meeting=True, transaction_id="t")
    row = row_of(demo_world, 81)
    tomas = {"name": "Tomas", "email": "tomas.novak@example.edu", "role": "instructor"}
    wrong = {**row, "organizer_email": tomas["email"], "roster": [*row["roster"], tomas]}
    with pytest.raises(ImportProblemError) as caught:
        import_row(wrong)
    assert caught.value.problems == [
        "conference 81: organizer_email='tomas.novak@example.edu', but its meetings are in the "
        "calendar of mara.lindqvist@example.edu. Change it on the site's Edit page, which makes "
        "them anew."
    ]
    assert Conference.objects.get(pk=81).organizer_email == "mara.lindqvist@example.edu"


def test_meetings_are_not_hidden(demo_world: SandboxControl) -> None:
    with pytest.raises(ImportProblemError, match="use_time_slots=True, but it has meetings"):
        import_row({**row_of(demo_world, 81), "use_time_slots": True})
    assert not Conference.objects.get(pk=81).use_time_slots


def test_a_new_time_slot_counts_among_the_others(demo_world: SandboxControl) -> None:
    ConferenceTimeSlot.objects.filter(conference=51).update(auto_recording_status="verified")
    Conference.objects.filter(pk=51).update(auto_recording_status="verified")
    row = row_of(demo_world, 51)
    start = tomorrow()
    new = {"id": 9051, **moved({}, start)}
    import_row({**row, "time_slots": [new]})
    assert Conference.objects.get(pk=51).auto_recording_status == "pending"
