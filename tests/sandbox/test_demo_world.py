"""The demo's figures, written by hand from the world's definition."""

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.figures import calls_of, ids, of_calls, of_reports

FIGURES = [
    (51, 45, {"mara.lindqvist": 3600, "noor.haddad": 3510, "ines.duarte": 1680}),
    (51, 46, {"noor.haddad": 3000, "jweber": 3240, "omar.said": 1500}),
    (85, None, {"mara.lindqvist": 7200, "noor.haddad": 6600, "viktor.sund": 4200,
                "elif.demir": 3600}),
    (86, None, {"mara.lindqvist": 3600, "noor.haddad": 3300, "ines.duarte": 3000,
                "lena.fischer": 2700, "omar.said": 2400}),
]  # fmt: skip


@pytest.mark.parametrize(("number", "slot", "expected"), FIGURES)
def test_figures_of_the_simple_conferences(
    asker: Asker, number: int, slot: int | None, expected: dict[str, float]
) -> None:
    assert of_reports(asker, number, slot) == ids(asker, expected)


def test_46_twelve_people_with_one_of_each_difficulty(asker: Asker) -> None:
    found = of_reports(asker, 46)
    known = ids(
        asker,
        {
            "mara.lindqvist": 3600,
            "noor.haddad": 3390.5,
            "ines.duarte": 3555,
            "jweber": 2700,
            "lena.fischer": 3600,
            "omar.said": 3150.5,
            "priya.nair": 3760,
            "kim.park": 3000,
            "kim.park2": 1200,
        },
    )
    others = {who: value for who, value in found.items() if who not in known}
    assert {who: found[who] for who in known} == known
    assert sorted(others.values()) == [1500, 1800, 3240.125]
    assert (others["Robin (Guest)"], others["+49 30 55501 42"]) == (1500, 1800)
    assert sum(found.values()) == 34496.125


def test_74_seventy_five_records_ten_around_three_of_its_own(asker: Asker) -> None:
    assert len(asker.calls("2026-11-19T06:00:00Z", "2026-11-20T06:00:00Z")) == 75
    around = ("2026-11-20T04:30:00Z", "2026-11-20T06:30:00Z")
    assert len(asker.calls(*around)) == 10
    own = calls_of(asker, 74, *around)
    assert len(own) == 3
    assert of_calls(asker, own) == ids(asker, {"admin.one": 278.4, "hari.krishnan": 408.6})
    mara = asker.user_id("mara.lindqvist@example.edu")
    organized = [one for one in asker.calls(*around) if one["organizer_v2"]["id"] == mara]
    assert len(organized) == 3


def test_82_calls_and_report_tell_the_same(asker: Asker) -> None:
    expected = ids(
        asker,
        {"mara.lindqvist": 2700, "noor.haddad": 2580, "ines.duarte": 2100, "jweber": 1800},
    )
    asker.control("POST", "clock", {"advance_seconds": 8 * 60})
    assert asker.reports(82) == []
    window = ("2026-11-20T08:33:00Z", "2026-11-20T09:48:00Z")
    assert of_calls(asker, calls_of(asker, 82, *window)) == expected
    asker.control("POST", "clock", {"advance_seconds": 32 * 60})
    assert of_reports(asker, 82) == expected


def test_83_a_thousand_by_formula(asker: Asker) -> None:
    found = of_reports(asker, 83)
    assert len(found) == 1000
    total = 5400 + 5280
    for n in range(1, 999):
        total += (5400 - 11 * n % 900) - (60 + 7 * n % 600) - (300 if n % 3 == 0 else 0)
    assert sum(found.values()) == total == 4504482
    # Student 3: from 81 to 2400 and from 2700 to 5367.
    assert found[asker.user_id("student.0003@example.edu")] == 2319 + 2667
    roster = asker.conference(83)["roster"]
    assert len(roster) == 2 + (998 - 99) + 12


def test_84_is_out_of_reach_though_a_call_record_has_its_url(asker: Asker) -> None:
    assert len(calls_of(asker, 84, "2026-11-19T03:30:00Z", "2026-11-19T05:00:00Z")) == 1
    instructors = [p["name"] for p in asker.conference(84)["roster"] if p["role"] == "instructor"]
    assert instructors == ["Tomas Novak", "Mara Lindqvist"]


@pytest.mark.parametrize(
    ("now", "starts_at"),
    [
        ("2026-11-20T10:00:00Z", "2026-10-25T00:30:00Z"),
        ("2026-10-25T03:00:00Z", "2026-03-29T00:30:00Z"),
        ("2026-02-01T00:00:00Z", "2025-10-26T00:30:00Z"),
        ("2026-03-29T04:00:00Z", "2026-03-29T00:30:00Z"),
    ],
)
def test_85_spans_the_last_clock_change_before_the_anchor(
    asker: Asker, now: str, starts_at: str
) -> None:
    asker.control("POST", "reset", {"now": now})
    assert asker.conference(85)["starts_at"] == starts_at


def test_88_seventy_people_in_150_sessions(asker: Asker) -> None:
    found = of_calls(asker, calls_of(asker, 88, "2026-11-18T03:30:00Z", "2026-11-18T05:00:00Z"))
    assert sorted(found.values()) == [1600] * 30 + [2260] * 30 + [2400] * 5 + [3360] * 5
    assert sum(found.values()) == 144600
    assert found[asker.user_id("mara.lindqvist@example.edu")] == 3360
    assert found[asker.user_id("noor.haddad@example.edu")] == 2400


def test_89_is_only_to_be_guessed(asker: Asker) -> None:
    around = ("2026-11-16T07:30:00Z", "2026-11-16T09:30:00Z")
    assert calls_of(asker, 89, *around) == []
    (guess,) = asker.calls(*around)
    mara = asker.user_id("mara.lindqvist@example.edu")
    assert (guess["joinWebUrl"], guess["organizer_v2"]["id"]) == (None, mara)
    expected = {"mara.lindqvist": 2700, "noor.haddad": 2580, "ines.duarte": 1830}
    assert of_calls(asker, [guess]) == ids(asker, expected)


@pytest.mark.parametrize(
    ("number", "window"),
    [
        (81, ("2026-11-27T09:00:00Z", "2026-11-27T12:00:00Z")),
        (90, ("2026-11-15T08:00:00Z", "2026-11-15T11:00:00Z")),
    ],
)
def test_81_and_90_have_nothing(asker: Asker, number: int, window: tuple[str, str]) -> None:
    assert asker.reports(number) == []
    assert asker.calls(*window) == []


@pytest.mark.parametrize(("number", "total"), [(46, None), (83, 4504482), (86, 15000)])
def test_calls_beside_reports_tell_nothing_else(
    asker: Asker, number: int, total: float | None
) -> None:
    """46's late sitting has no call record; its main one agrees with the main report."""
    conference = asker.conference(number)
    calls = calls_of(asker, number, conference["starts_at"], conference["ends_at"])
    found = of_calls(asker, calls)
    assert sum(found.values()) == (total or 34496.125 - 180)


def test_the_import_format(asker: Asker) -> None:
    conferences = asker.control("GET", "conferences")["conferences"]
    numbers = [one["id"] for one in conferences]
    assert numbers == [46, 51, 74, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, *range(91, 98)]
    keys = {
        "id", "title", "description", "course_code", "platform", "organizer_email",
        "starts_at", "ends_at", "timezone", "meeting_link", "meeting_id",
        "online_meeting_id", "team_id", "use_time_slots", "time_slots", "roster",
    }  # fmt: skip
    assert all(one.keys() == keys for one in conferences)
    assert [one["id"] for one in conferences if one["team_id"]] == [93]
    assert asker.conference(87)["meeting_link"] is None
    slots = asker.conference(51)["time_slots"]
    assert [(slot["id"], slot["online_meeting_id"]) for slot in slots] == [(45, None), (46, None)]
    without_noor = [
        one["id"]
        for one in conferences
        if "noor.haddad@example.edu" not in {entry["email"] for entry in one["roster"]}
    ]
    assert without_noor == [84, 90]
