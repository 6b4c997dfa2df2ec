"""What people type into titles and names stays words: no header, no tag, no property of a file."""

import pytest
from hypothesis import given

from accounts.models import User
from conferences.exports.calendar import Entry
from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.notice import NoticeKind
from conferences.notifications.letters import Reader, write
from conferences.notifications.lines import Line, one_line, subject
from tests.conferences.calendars import event
from tests.conferences.mailing import LINK, calendar, page, read, text, tomorrow
from tests.conferences.test_calendar_file import ODD, file
from tests.input.fuzzing import examples

HEADERS = {
    *("subject", "from", "to", "reply-to", "date", "message-id", "mime-version"),
    *("auto-submitted", "content-type"),
}
EVIL = "Bcc: eve@evil.example.org"


def line(title: str, **columns: object) -> Line:
    times = {"starts_at": tomorrow(), "ends_at": tomorrow(1)}
    of = Conference(pk=51, title=title, timezone="Europe/Berlin", **times)
    meeting = ConferenceTimeSlot(
        pk=45, conference=of, **{"meeting_link": LINK.format("new"), **times, **columns}
    )
    return Line(meeting, frozenset({NoticeKind.NEW_LINK}))


def letter(title: str, name: str = "Noor", organizer: str = "mara@example.edu") -> bytes:
    told = line(title)
    with Reader("noor@example.edu", name, None).at_home() as zone:
        words = {
            "title": one_line(title),
            "lines": [told],
            "zone": zone.key,
            "address": "https://lms.example.edu/conferences/51/",
        }
        mail = write(
            Reader("noor@example.edu", one_line(name), None),
            subject([told], title),
            "participants",
            words,
            answers_to=organizer,
            calendar=file(Entry(told.meeting.conference, told.meeting)),
        )
        return mail.message().as_bytes()


@examples(60)
@given(title=ODD, name=ODD, organizer=ODD)
def test_no_words_make_a_header(title: str, name: str, organizer: str) -> None:
    planted = f"\r\n{EVIL}\n\n"
    message = read(letter(f"{title}{planted}", f"{name}{planted}", f"{organizer}{planted}"))
    assert {one.lower() for one in message} <= HEADERS
    assert str(message["To"]) == "noor@example.edu"
    assert message["Reply-To"] is None
    assert str(message["Subject"]).strip().startswith("New link: ")
    assert EVIL in str(message["Subject"])
    assert EVIL in event(calendar(message)).summary


def test_tags_are_words_and_links_lead_to_meetings_only() -> None:
    message = read(letter('<script>alert("x")</script> & <b>'))
    assert "<script>" not in page(message)
    assert "&lt;script&gt;" in page(message)
    assert '<script>alert("x")</script> & <b>' in text(message)
    assert line("x", meeting_link="javascript:alert(1)").link == ""


def test_nothing_in_it_is_fetched_from_elsewhere() -> None:
    """No picture that tells who has read it."""
    said = page(read(letter("Reading group")))
    assert [word for word in ("<img", "src=", "@import", "url(", "style") if word in said] == []


def test_the_parts_of_a_mail() -> None:
    message = read(letter("Lesekreis für Fortgeschrittene 😀"))
    kinds = [one.get_content_type() for one in message.walk() if not one.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert str(message["Subject"]).strip() == "New link: Lesekreis für Fortgeschrittene 😀"
    assert message["Reply-To"] == "mara@example.edu"
    [part] = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "PUBLISH"
    assert part.get_filename() == "meetings.ics"
    assert b"METHOD:PUBLISH\r\n" in calendar(message)


@pytest.mark.parametrize(("language", "zone"), [("xx", "Nowhere/Known"), ("", ""), ("en", "../x")])
def test_odd_languages_and_zones_are_those_of_the_site(language: str, zone: str) -> None:
    with Reader("a@b.example", "A", User(language=language, timezone=zone)).at_home() as known:
        assert known.key == "UTC"


def test_a_long_title_leaves_room_for_what_happened() -> None:
    told = line("x")
    assert subject([told], "t" * 500) == f"New link: {'t' * 150}"
