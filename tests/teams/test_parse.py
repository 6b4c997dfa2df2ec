"""Graph's JSON to records: what is odd is understood or refused, never guessed."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platforms.contract import CalendarEvent
from platforms.errors import BadResponseError
from teams_integration import links
from teams_integration.parse import attendance, calls, meetings, values
from teams_integration.services.online_meetings import _filter

LINK = (
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Ab%40thread.v2/0?context=%7b%22T%22%7d"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T10:00:00Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20T10:00:00.1234567Z", datetime(2026, 11, 20, 10, 0, 0, 123456, tzinfo=UTC)),
        ("2026-11-20T10:00:00.5Z", datetime(2026, 11, 20, 10, 0, 0, 500000, tzinfo=UTC)),
        ("2026-11-20T12:00:00+02:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20T10:00:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
    ],
)
def test_instant(text, expected):
    assert values.instant({"at": text}, "at") == expected


EDGES = [
    *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1989-12-31T23:59:59Z"),
    *("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-01:00", "2100-01-01T00:00:00Z"),
]


@pytest.mark.parametrize(
    "value", [None, 7, "", "soon", "2026-11-20", "2026-13-20T10:00:00Z", *EDGES]
)
def test_anything_else_is_refused_by_name(value):
    with pytest.raises(BadResponseError, match="“at”"):
        values.instant({"at": value}, "at")


def record(**changes: object) -> dict[str, object]:
    return {
        "id": "r1",
        "emailAddress": "Ada@Example.edu",
        "identity": {"id": "AB-1", "displayName": "Ada"},
        "role": "Presenter",
        "attendanceIntervals": [
            {"joinDateTime": "2026-11-20T10:30:00Z", "leaveDateTime": "2026-11-20T11:00:00Z"},
            {"joinDateTime": "2026-11-20T10:00:00Z", "leaveDateTime": "2026-11-20T10:20:00Z"},
        ],
        **changes,
    }


def test_attendance_record():
    first, second = attendance.attendance_record(record())
    assert (first.source_id, second.source_id) == ("r1/0", "r1/1")
    assert first.joined_at < second.joined_at
    assert (first.person.directory_id, first.person.email) == ("ab-1", "ada@example.edu")


@pytest.mark.parametrize("weak", [None, ""])
def test_a_guest_has_neither_id_nor_e_mail(weak):
    identity = {"id": weak, "displayName": "Robin (Guest)"}
    [first, _] = attendance.attendance_record(record(emailAddress=weak, identity=identity))
    assert (first.person.directory_id, first.person.email) == (None, None)
    assert first.person.label == "Robin (Guest)"


@pytest.mark.parametrize("nothing", [None, []])
def test_a_record_without_intervals_has_none(nothing):
    assert attendance.attendance_record(record(attendanceIntervals=nothing)) == []


def test_a_leave_before_its_join_is_no_time_at_all():
    skewed = [{"joinDateTime": "2026-11-20T10:00:00Z", "leaveDateTime": "2026-11-20T09:59:00Z"}]
    [interval] = attendance.attendance_record(record(attendanceIntervals=skewed))
    assert interval.joined_at == interval.left_at


def test_nul_lone_surrogates_and_white_space_around_are_taken_out():
    [first, _] = attendance.attendance_record(record(identity={"displayName": " A\x00d\ud800a\n"}))
    assert first.person.label == "Ada"


def session(**caller: object) -> dict[str, object]:
    return {
        "id": "s1",
        "startDateTime": "2026-11-20T10:00:00Z",
        "endDateTime": "2026-11-20T10:30:00Z",
        "caller": {"@odata.type": "#microsoft.graph.callRecords.participantEndpoint", **caller},
    }


@pytest.mark.parametrize(
    "kind",
    [
        "guest",
        "phone",
        "azureCommunicationServicesUser",
        "encrypted",
        "onPremises",
        "assertedIdentity",
        "device",
        "aKindOfTomorrow",
    ],
)
def test_a_caller_without_an_account_is_kept_whatever_the_kind(kind):
    identity = {
        "@odata.type": "#microsoft.graph.communicationsIdentitySet",
        "endpointType": "default",
        "user": None,
        kind: {"id": "c1", "displayName": "Robin"},
    }
    interval = calls.call_session(session(identity=identity))
    assert (interval.person.label, interval.person.directory_id) == ("Robin", None)
    assert interval.entry_id == f"{kind}:c1"


@pytest.mark.parametrize(
    ("caller", "label", "entry"),
    [
        ({"identity": {"encrypted": {"id": "c1", "displayName": None}}}, "c1", "encrypted:c1"),
        ({"identity": {"user": {"id": None, "displayName": "Robin"}}}, "Robin", "s1"),
        ({"associatedIdentity": {"id": None, "displayName": "Robin"}}, "Robin", "s1"),
    ],
)
def test_a_name_or_an_id_is_enough(caller, label, entry):
    interval = calls.call_session(session(**caller))
    assert (interval.person.label, interval.entry_id) == (label, entry)


@pytest.mark.parametrize(
    "caller",
    [
        {},
        {"identity": {"endpointType": "default"}},
        {"identity": {"application": {"id": "b1", "displayName": "Recording bot"}}},
        {"identity": {"applicationInstance": {"id": "b1", "displayName": "Call queue"}}},
        {
            "associatedIdentity": {
                "@odata.type": "#microsoft.graph.communicationsApplicationIdentity",
                "id": "b1",
                "displayName": "Recording bot",
            }
        },
    ],
)
def test_the_services_own_end_and_bots_are_nobody(caller):
    assert calls.call_session(session(**caller)) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
fields = st.sampled_from(
    ["id", "identity", "emailAddress", "attendanceIntervals", "role", "caller", "startDateTime"]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(fields, json_values))
def test_nonsense_is_a_bad_response_and_nothing_else(source):
    refused = 0
    for read in (
        attendance.attendance_record,
        calls.call_session,
        meetings.meeting,
        attendance.report,
    ):
        try:
            read(source)
        except BadResponseError:
            refused += 1
    assert refused >= 1  # no report can be made of it


def event(join_url: object) -> dict[str, object]:
    return {"id": "e1", "onlineMeeting": {"joinUrl": join_url}}


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_an_event_may_have_no_meeting_yet(nothing):
    assert meetings.event(event(nothing)) == CalendarEvent("e1", None)
    assert meetings.made_event(event(nothing)) == CalendarEvent("e1", None)


@pytest.mark.parametrize(
    "odd",
    [
        *(7, [LINK], "soon", "x" * 3000, "javascript:alert(1)", "//teams.microsoft.com/l/x"),
        *(f"{LINK}{'x' * 2000}", "https:", "https://", "https://[half/x", "https:///l/x"),
    ],
)
def test_of_an_event_with_an_odd_link_the_id_is_known(odd):
    assert meetings.made_event(event(odd)) == CalendarEvent("e1", None)
    with pytest.raises(BadResponseError, match="“joinUrl”"):
        meetings.event(event(odd))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (LINK, True),
        (LINK.lower(), True),
        (LINK.replace("%3a", ":").replace("%40", "@"), True),
        (LINK.replace("%3a", "%3A") + "/", True),
        (LINK.replace("Ab", "Ac"), False),
        (None, False),
        ("", False),
    ],
)
def test_join_urls_are_compared_decoded(other, same):
    assert links.same_join_url(LINK, other) is same


def test_the_filter_keeps_the_link_as_it_is_and_doubles_quotes():
    assert _filter(LINK + "'") == f"JoinWebUrl eq '{LINK}'''"


def test_a_short_link_is_looked_up_by_its_number():
    short = "https://teams.microsoft.com/meet/2671234567890?p=abc"
    assert _filter(short) == "joinMeetingIdSettings/joinMeetingId eq '2671234567890'"
