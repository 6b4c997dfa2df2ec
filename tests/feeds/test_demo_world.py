"""Every conference of the demo gives exactly what its world holds (docs/sandbox.md).

The figures are written by hand from the world's definition, in seconds.
"""

import pytest

from tests.conferences.commands import report, sync_attendance

EVERYTHING = {
    46: {
        "mara.lindqvist@example.edu": 3600.0,
        "noor.haddad@example.edu": 3390.5,
        "ines.duarte@example.edu": 3555.0,
        "jonas.weber@example.edu": 2700.0,
        "lena.fischer@example.edu": 3600.0,  # two devices: 2400 and 1800, overlapping
        "omar.said@example.edu": 3150.5,  # a rejoin: 1080 + 2070.5
        "priya.nair@example.edu": 3760.0,  # 3580 + 180 in the late small report
        "Robin (Guest)": 1500.0,
        "+49 30 55501 42": 1800.0,
        "kim.park@example.edu": 3000.0,
        "kim.park2@example.edu": 1200.0,
        "sofia.rossi@example.org": 3240.125,
    },
    51: {
        "mara.lindqvist@example.edu": 3600.0,
        "noor.haddad@example.edu": 6510.0,  # 3510 in slot 45, 3000 in slot 46
        "ines.duarte@example.edu": 1680.0,
        "jonas.weber@example.edu": 3240.0,
        "omar.said@example.edu": 1500.0,
    },
    74: {"admin.one@example.edu": 278.4, "hari.krishnan@example.edu": 408.6},
    85: {
        "mara.lindqvist@example.edu": 7200.0,
        "noor.haddad@example.edu": 6600.0,
        "viktor.sund@example.edu": 4200.0,
        "elif.demir@example.edu": 3600.0,
    },
    86: {
        "mara.lindqvist@example.edu": 3600.0,
        "noor.haddad@example.edu": 3300.0,
        "ines.duarte@example.edu": 3000.0,
        "lena.fischer@example.edu": 2700.0,
        "omar.said@example.edu": 2400.0,
    },
    95: {  # 125 days ago: reports are kept for a year
        "mara.lindqvist@example.edu": 3600.0,
        "noor.haddad@example.edu": 3000.0,
        "ines.duarte@example.edu": 1800.0,
    },
    96: {  # one meeting, three occurrences: only the middle one is this conference
        "mara.lindqvist@example.edu": 3600.0,
        "noor.haddad@example.edu": 3000.0,
        "ines.duarte@example.edu": 1800.0,
    },
}


@pytest.mark.parametrize("pk", EVERYTHING)
def test_people_and_seconds(demo_world, pk):
    code, result = sync_attendance(pk)
    assert (code, result["verdict"]) == (0, "success")
    assert result["items"] == len(EVERYTHING[pk])
    assert result["message"] == f"Successfully synced {len(EVERYTHING[pk])} items."
    people = {p["email"] or p["name"]: p["seconds"] for p in report(pk)["participants"]}
    assert people == EVERYTHING[pk]


def test_time_slots_have_their_own_steps_and_keep_their_meeting_ids(demo_world):
    from conferences.models import ConferenceTimeSlot

    _, result = sync_attendance(51)
    steps = [(s["slot"], s["fetched"], s["created"]) for s in result["operations"]]
    assert steps == [(45, 3, 3), (46, 3, 2)]  # Noor is counted once
    ids = ConferenceTimeSlot.objects.filter(conference=51).values_list(
        "online_meeting_id", flat=True
    )
    assert len(set(ids)) == 2
    assert all(ids)


def test_call_records_of_this_meeting_only(demo_world, caplog):
    """The seed: 75 records in the tenant, ten at that time, three of this meeting, two people."""
    caplog.set_level("INFO")
    _, result = sync_attendance(74)
    [step] = result["operations"]
    assert (step["outcome"], step["source"], step["fetched"]) == ("succeeded", "call_records", 2)
    log = caplog.text
    assert "Call records: 75 listed, 10 near the planned time, 3 of this meeting" in log
    assert "conference 74" in log
    assert "attendance: succeeded, 2 items" in log
    assert not any(name in log for name in ("Hari", "Admin One", "hari.krishnan"))
    sources = {i["source"] for p in report(74)["participants"] for i in p["intervals"]}
    assert sources == {"call_records"}
    hari = next(p for p in report(74)["participants"] if p["name"] == "Hari Krishnan")
    assert len({interval["source_id"] for interval in hari["intervals"]}) == 3


def test_a_thousand_people(demo_world):
    _, result = sync_attendance(83)
    people = report(83)["participants"]
    assert (result["items"], len(people)) == (1000, 1000)
    assert sum(p["seconds"] for p in people) == 4_504_482
    seconds = {p["email"]: p["seconds"] for p in people}
    assert seconds["mara.lindqvist@example.edu"] == 5400
    assert seconds["noor.haddad@example.edu"] == 5280


def test_nested_pages_of_sessions(demo_world):
    _, result = sync_attendance(88)
    people = report(88)["participants"]
    assert (result["items"], sum(p["seconds"] for p in people)) == (70, 144_600)
    assert sum(len(p["intervals"]) for p in people) == 150


ZEROS = {
    81: (
        *(0, "success", "no_data", "not_held_yet", "wait"),
        "No data available to sync. This is normal if the meeting hasn't occurred yet.",
    ),
    82: (0, "success", "no_data", "not_there_yet", "wait", "No data available to sync."),
    84: (
        *(3, "partial", "skipped", "access_policy_missing", "administrator"),
        "Nothing could be synced yet: No application access policy lets this application read "
        "the organizer's meetings; a Teams administrator grants it "
        "(Grant-CsApplicationAccessPolicy). An administrator acts.",
    ),
    87: (
        *(3, "partial", "skipped", "no_meeting_linked", "instructor"),
        "Nothing could be synced yet: No meeting is linked; add its join link. "
        "The instructor acts.",
    ),
    89: (0, "success", "no_data", "guesses_waiting", "instructor", "No data available to sync."),
    90: (0, "success", "no_data", "nothing_kept", "administrator", "No data available to sync."),
}


@pytest.mark.parametrize("pk", ZEROS)
def test_no_zero_without_its_reason(demo_world, pk):
    code, result = sync_attendance(pk)
    [step] = result["operations"]
    reason = step["reason"]
    assert ZEROS[pk] == (
        code,
        result["verdict"],
        step["outcome"],
        reason["code"],
        reason["who"],
        result["message"],
    )
    assert result["items"] == 0
    assert report(pk)["participants"] == []


def test_before_the_end_nobody_searches_the_tenants_calls(demo_world):
    sync_attendance(81)
    assert demo_world.requests_seen("attendanceReports")
    assert demo_world.requests_seen("callRecords") == []


def test_just_over_says_how_long_ago_and_when_to_look_again(demo_world):
    from conferences.models import Conference

    _, result = sync_attendance(82)
    reason = result["operations"][0]["reason"]
    assert reason["message"] == "The meeting ended 12 minutes ago, not there yet"
    ends_at = Conference.objects.get(pk=82).ends_at
    assert reason["retry_at"] > ends_at.isoformat()
