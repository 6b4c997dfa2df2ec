"""A calendar file says what is planned, to whoever may know it, and nothing that a title adds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.exports.calendar import Entry, Part, calendar_file, uid
from conferences.models import Conference, ConferenceTimeSlot
from tests.conferences.calendars import event, events, others, raw
from tests.input.fuzzing import examples

START = datetime(2026, 3, 10, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = datetime(2026, 3, 1, 12, 0, 7, tzinfo=UTC)
LINK = "https://teams.example.org/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22a%22%7d"
ODD = st.text(
    st.one_of(
        st.sampled_from("\r\n\\;,:\"'\t\x00\x0b\x0c\x1e\x85\u2028\u2029 äß😀"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def conference(**columns: Any) -> Conference:
    return Conference(
        **{
            "pk": 51,
            "title": "Research Methods",
            "timezone": "Europe/Berlin",
            "organizer_email": "mara.lindqvist@example.edu",
            "starts_at": START,
            "ends_at": START + HOUR,
            "meeting_link": LINK,
            **columns,
        }
    )


def slot(of: Conference, **columns: Any) -> ConferenceTimeSlot:
    times = {"starts_at": START, "ends_at": START + HOUR, "meeting_link": LINK}
    return ConferenceTimeSlot(conference=of, **{"pk": 45, **times, **columns})


def file(*entries: Entry, **options: Any) -> bytes:
    return calendar_file(entries, now=NOW, **options)


def alone(of: Conference, **options: Any) -> bytes:
    return file(Entry(of, of), **options)


def test_what_stands_in_it() -> None:
    content = alone(conference(description="Bring paper.\nAnd a pen."))
    one = event(content)
    assert (one.summary, one.location, str(one.url)) == ("Research Methods", LINK, LINK)
    assert one.description == f"Bring paper.\nAnd a pen.\n\nJoin: {LINK}"
    assert (one.status, one.sequence, one.dtstamp) == ("CONFIRMED", 0, NOW)
    assert raw(content, "ORGANIZER") == ["ORGANIZER:mailto:mara.lindqvist@example.edu"]
    assert raw(content, "METHOD") == ["METHOD:PUBLISH"]
    assert raw(content, "ATTENDEE") == raw(content, "LAST-MODIFIED") == []


def test_a_feed_has_a_name_and_says_when_to_ask_again() -> None:
    content = alone(conference(), name="Noor, Haddad: conferences\nX-ODD:1")
    assert raw(content, "X-WR-CALNAME") == [r"X-WR-CALNAME:Noor\, Haddad: conferences X-ODD:1"]
    assert raw(content, "X-ODD") == []
    assert raw(content, "REFRESH-INTERVAL") == ["REFRESH-INTERVAL;VALUE=DURATION:PT1H"]


def test_a_moved_meeting_is_the_same_one_later() -> None:
    of = conference(use_time_slots=True)
    before = event(file(Entry(of, slot(of))))
    later = {"starts_at": START + HOUR, "ends_at": START + 2 * HOUR, "calendar_sequence": 1}
    moved = slot(of, **later, meeting_id="another", meeting_link=f"{LINK}2")
    after = event(file(Entry(of, moved, changed_at=NOW - HOUR)))
    assert before.uid == after.uid == uid(moved)
    assert (before.sequence, after.sequence) == (0, 1)
    assert after.start == before.start + HOUR
    assert after.last_modified == NOW - HOUR


def test_every_meeting_has_an_id_of_its_own() -> None:
    of = conference(pk=45)
    assert uid(of) != uid(slot(of)) != uid(slot(of, pk=46))


def test_a_cancelled_slot_is_said_to_be_and_leads_nowhere() -> None:
    of = conference(use_time_slots=True)
    content = file(Entry(of, slot(of, cancelled_at=NOW, calendar_sequence=2)))
    assert (event(content).status, event(content).sequence) == ("CANCELLED", 2)
    assert LINK.encode() not in content.replace(b"\r\n ", b"")


def test_who_has_no_seat_is_not_told_how_to_join() -> None:
    of = conference(use_time_slots=True)
    content = file(Entry(of, slot(of), Part.NOT_BOOKED))
    one = event(content)
    assert (one.status, one.location, one.url) == ("TENTATIVE", None, None)
    assert one.description == "You have no seat here. Book one to be told how to join."
    assert b"teams.example.org" not in content


def test_no_meetings_are_a_calendar_too() -> None:
    assert events(file()) == []


@pytest.mark.parametrize(
    "link",
    [
        *(None, "javascript:alert(1)", "https://x.example\r\nATTENDEE:mailto:a@b.example"),
        *(
            "https://x.example/a b",
            'https://x.example/"',
            "ftp://x.example/",
            "https://x.example/é",
        ),
    ],
)
def test_what_is_no_link_is_left_out(link: str | None) -> None:
    one = event(alone(conference(meeting_link=link)))
    assert (one.location, one.url, one.description) == (None, None, None)


@pytest.mark.parametrize("address", ["", "x", "a@b.example\r\nX-ODD:1", "a@b;c", 'a"@b.example'])
def test_what_is_no_address_is_left_out(address: str) -> None:
    assert raw(alone(conference(organizer_email=address)), "ORGANIZER") == []


def test_long_lines_are_folded_between_letters() -> None:
    title = "Übungsgruppe für Prüfungsängste — 研究方法論 😀 " * 5
    assert event(alone(conference(title=title))).summary == title.strip()


def names(content: bytes) -> set[bytes]:
    """Of the properties, with their parameters."""
    return {line.partition(b":")[0] for line in content.replace(b"\r\n ", b"").split(b"\r\n")}


KNOWN = names(alone(conference(description="x")))


@examples(200)
@given(title=ODD, description=ODD)
def test_no_title_adds_a_line_of_its_own(title: str, description: str) -> None:
    """As people may type it: also what would end a line, or begin a property."""
    bait = "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:a@b.example\r\n"
    content = alone(conference(title=title + bait + title, description=description + bait))
    one = event(content)
    assert names(content) == KNOWN
    assert (one.attendees, others(one)) == ([], {})
    assert one.summary is not None
    assert "END:VEVENT BEGIN:VEVENT ATTENDEE:mailto:a@b.example" in one.summary
    assert "\n" not in one.summary
