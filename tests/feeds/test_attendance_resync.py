"""The second sync, and what happens when the platform's data changes in between."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conferences.actions.guesses import accept_guess, take_back_guess
from conferences.actions.importing import import_conferences
from conferences.models import AttendanceRecord, AttendanceSession, AttendanceSitting
from tests.conferences.commands import digest, report, sync_attendance

PEOPLE_TABLES = ("attendancerecord", "attendancesession", "attendancesitting", "membership")


def seconds(pk: int) -> dict[str, float]:
    return {p["email"] or p["name"]: p["seconds"] for p in report(pk)["participants"]}


def keys() -> list[list[int]]:
    models = (AttendanceRecord, AttendanceSession, AttendanceSitting)
    return [list(m.objects.order_by("pk").values_list("pk", flat=True)) for m in models]


@pytest.mark.parametrize("pk", [46, 51, 74, 83])
def test_a_second_sync_writes_no_row_of_people(demo_world, pk):
    sync_attendance(pk)
    before, stored = digest(), keys()
    with CaptureQueriesContext(connection) as queries:
        code, result = sync_attendance(pk)
    written = [
        query["sql"]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and any(table in query["sql"].split("WHERE")[0] for table in PEOPLE_TABLES)
    ]
    assert written == []
    assert (digest(), keys()) == (before, stored)
    assert code == 0
    assert result["message"] == f"Everything is up to date ({result['items']} items)."
    for step in result["operations"]:
        assert (step["created"], step["updated"], step["vanished"]) == (0, 0, 0)


def test_a_corrected_interval_is_followed(demo_world):
    sync_attendance(86)
    stored = keys()
    ends_at = datetime.now(UTC) - timedelta(hours=49, minutes=30)
    demo_world.change(
        "edit_interval", conference=86, record=1, interval=0, leave=ends_at.isoformat()
    )
    _, result = sync_attendance(86)
    [step] = result["operations"]
    assert (step["created"], step["updated"], step["unchanged"]) == (0, 1, 4)
    assert keys() == stored
    assert sum(seconds(86).values()) < 15000


def test_a_new_person_is_added(demo_world):
    sync_attendance(86)
    line = {"email": "elif.demir@example.edu", "intervals": []}
    joined = datetime.now(UTC) - timedelta(hours=49, minutes=30)
    line["intervals"] = [[joined.isoformat(), (joined + timedelta(minutes=10)).isoformat()]]
    demo_world.change("add_record", conference=86, record=line)
    _, result = sync_attendance(86)
    assert result["message"] == "Successfully synced 6 items."
    assert result["operations"][0]["created"] == 1
    assert seconds(86)["elif.demir@example.edu"] == 600


def test_what_a_report_no_longer_holds_is_marked_not_deleted(demo_world):
    sync_attendance(86)
    demo_world.change("remove_record", conference=86, record=4)
    _, result = sync_attendance(86)
    gone = AttendanceSession.objects.filter(sitting__conference=86, vanished_at__isnull=False)
    assert gone.count() == 1
    assert len(report(86)["participants"]) == 4
    [record] = AttendanceRecord.objects.filter(vanished_at__isnull=False)
    assert (record.email, record.attended) == ("omar.said@example.edu", timedelta())
    assert result["operations"][0]["vanished"] == 1
    assert sync_attendance(86)[1]["operations"][0]["vanished"] == 0


def test_a_report_that_vanished_is_marked_and_its_time_is_kept(demo_world):
    sync_attendance(46)
    before = seconds(46)
    demo_world.change("remove_report", conference=46, report=1)
    sync_attendance(46)
    [late] = AttendanceSitting.objects.filter(conference=46, vanished_at__isnull=False)
    assert late.starts_at - late.conference.ends_at == timedelta(minutes=4)
    assert seconds(46) == before


def test_reports_that_went_away_erase_nothing(demo_world):
    sync_attendance(86)
    before = seconds(86)
    demo_world.change("set_reports", conference=86, kept=False)
    code, _ = sync_attendance(86)
    assert code == 0
    assert seconds(86) == before


def test_call_records_first_and_reports_later_give_the_reports_alone(
    transactional_db, sandbox, teams_settings
):
    """A5: at +20 minutes from call records, at +90 from reports; nobody is there twice."""
    now = datetime.now(UTC)
    sandbox.reset((now - timedelta(minutes=8)).isoformat())
    sandbox.set_clock(now.isoformat())
    import_conferences(sandbox.conferences())
    _, first = sync_attendance(82)
    assert first["operations"][0]["source"] == "call_records"
    by_calls = seconds(82)
    sandbox.set_clock((now + timedelta(minutes=70)).isoformat())
    _, second = sync_attendance(82)
    assert second["operations"][0]["source"] == "attendance_reports"
    by_reports = seconds(82)
    assert (
        by_reports
        == by_calls
        == {
            "mara.lindqvist@example.edu": 2700.0,
            "noor.haddad@example.edu": 2580.0,
            "ines.duarte@example.edu": 2100.0,
            "jonas.weber@example.edu": 1800.0,
        }
    )
    intervals = [i for p in report(82)["participants"] for i in p["intervals"]]
    assert {i["source"] for i in intervals if i["counted"]} == {"attendance_reports"}
    assert {i["source"] for i in intervals if not i["counted"]} == {"call_records"}


def test_a_rebuild_from_source_rows_is_identical(demo_world):
    from conferences.models import Conference
    from conferences.store.attendance_records import rebuild

    for pk in (46, 51, 74):
        sync_attendance(pk)
    before = digest()
    AttendanceRecord.objects.all().delete()
    assert digest() != before
    for conference in Conference.objects.all():
        rebuild(conference)
    assert digest() == before


def test_a_guess_counts_from_its_acceptance_until_that_is_taken_back(demo_world, django_user_model):
    mara = django_user_model.objects.create(username="mara", email="mara.lindqvist@example.edu")
    sync_attendance(89)
    [guess] = AttendanceSitting.objects.filter(conference=89)
    assert (guess.is_guess, seconds(89)) == (True, {})
    accept_guess(guess, mara)
    assert seconds(89) == {
        "mara.lindqvist@example.edu": 2700.0,
        "noor.haddad@example.edu": 2580.0,
        "ines.duarte@example.edu": 1830.0,
    }
    _, result = sync_attendance(89)
    assert result["message"] == "Everything is up to date (3 items)."
    take_back_guess(guess)
    assert seconds(89) == {}


def test_saving_takes_the_same_number_of_statements_for_any_page(demo_world):
    """One record or sixty in a page: the same SQL."""
    from conferences.models import Conference
    from conferences.store.attendance_sources import save_sessions, save_sitting
    from conferences.store.plan import Place
    from platforms.contract import Feed
    from platforms.records import RemoteInterval, RemotePerson, RemoteSitting

    conference = Conference.objects.get(pk=90)
    start, end = conference.starts_at, conference.ends_at

    def interval(number: int) -> RemoteInterval:
        person = RemotePerson(None, f"p{number}@example.edu", f"Person {number}")
        return RemoteInterval(f"{number}/0", str(number), person, "", start, end)

    statements = []
    for size in (1, 60):
        remote = RemoteSitting(f"report-{size}", start, end)
        with CaptureQueriesContext(connection) as queries:
            sitting = save_sitting(conference, Place(None, "link"), Feed.ATTENDANCE_REPORTS, remote)
            save_sessions(sitting, [interval(n) for n in range(size)])
        statements.append(len(queries))
    assert statements[0] == statements[1] <= 8
