"""A mail server that refuses, is silent or away: nobody is forgotten, and nobody told twice."""

import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from pytest_django import Settings

from conferences.models import Conference, MeetingNotice
from conferences.notifications import participants
from conferences.notifications.delivery import LONGEST_PAUSE, pause
from tests.conferences.mail_server import PASSWORD, MailServer, used_by
from tests.conferences.mailing import conference, end_all, make_due, recreate, slot, to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with used_by(settings) as started:
        yield started


def owing(people: int) -> Conference:
    """Learners who are to hear of a new link."""
    of = conference(people)
    recreate(slot(of))
    end_all()
    return of


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """All that was logged, but for what the server itself says."""
    lines = [one for one in caplog.records if not one.name.startswith("mail.")]
    return "\n".join(f"{one.levelname} {one.getMessage()} {one.exc_text}" for one in lines)


def everybody(number: int) -> list[str]:
    return [f"learner-{one}@example.edu" for one in range(number)]


def test_all_are_sent_over_one_connection(server: MailServer) -> None:
    of = owing(3)
    assert participants.send_due(of.pk) == 3
    assert to(server.does.taken) == everybody(3)
    assert participants.waiting(of) is None


def test_a_refused_address_holds_up_nobody(
    server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    of = owing(3)
    server.does.refuses = {"learner-1@example.edu"}
    assert participants.send_due(of.pk) == 2
    assert to(server.does.taken) == [everybody(3)[0], everybody(3)[2]]
    waiting = participants.waiting(of)
    assert waiting is not None
    assert (waiting.people, waiting.reason) == (1, "the mail server refuses the address")
    assert ours(caplog).count("ERROR") == 1
    assert "address_refused (SMTPRecipientsRefused 550)" in ours(caplog)
    assert "@" not in ours(caplog)

    asked = server.does.asked
    assert participants.send_due(of.pk) == 0  # it is not time yet
    assert server.does.asked == asked
    server.does.refuses = set()
    make_due()
    assert participants.conferences_with_due() == [of.pk]
    assert participants.send_due(of.pk) == 1
    assert to(server.does.taken) == everybody(3)
    assert participants.waiting(of) is None


def test_a_server_that_is_away_is_asked_once_for_all(server: MailServer) -> None:
    server.stop()
    of = owing(3)
    assert participants.send_due(of.pk) == 0
    waiting = participants.waiting(of)
    assert waiting is not None
    assert (waiting.people, waiting.reason) == (3, "the mail server cannot be reached")
    assert set(MeetingNotice.objects.values_list("tries", flat=True)) == {1}
    server.start()
    assert participants.conferences_with_due() == []
    make_due()
    assert participants.send_due(of.pk) == 3
    assert to(server.does.taken) == everybody(3)


def test_who_makes_the_server_hang_up_is_tried_last(server: MailServer) -> None:
    of = owing(3)
    server.does.hangs_up_on = {"learner-0@example.edu"}
    assert participants.send_due(of.pk) == 2
    assert to(server.does.taken) == everybody(3)[1:]
    waiting = participants.waiting(of)
    assert waiting is not None
    assert (waiting.people, waiting.reason) == (1, "the mail server ended the connection")


def test_addresses_that_end_every_connection_hold_up_nobody_for_long(server: MailServer) -> None:
    of = owing(5)
    server.does.hangs_up_on = set(everybody(3))
    assert participants.send_due(of.pk) == 0
    make_due()
    assert participants.send_due(of.pk) == 2
    assert to(server.does.taken) == everybody(5)[3:]


def test_a_full_server_is_left_in_peace_after_a_few_refusals(server: MailServer) -> None:
    of = owing(6)
    server.does.is_full = True
    assert participants.send_due(of.pk) == 0
    assert server.does.asked == 3
    server.does.is_full = False
    assert participants.send_due(of.pk) == 3  # the others are next
    make_due()
    assert participants.send_due(of.pk) == 3
    assert to(server.does.taken) == everybody(6)


def test_a_silent_server_does_not_hold_the_worker(server: MailServer, settings: Settings) -> None:
    of = owing(1)
    settings.EMAIL_TIMEOUT = 0.5
    server.does.is_silent = True
    assert participants.send_due(of.pk) == 0
    waiting = participants.waiting(of)
    assert waiting is not None
    assert waiting.reason == "the mail server ended the connection"


@pytest.mark.parametrize(("password", "sent"), [(PASSWORD, 2), (f"{PASSWORD}-old", 0)])
def test_the_login_is_told_to_the_server_and_to_no_log(
    settings: Settings, caplog: pytest.LogCaptureFixture, password: str, sent: int
) -> None:
    caplog.set_level("DEBUG")
    with used_by(settings, asks_for=PASSWORD) as server:
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "lms", password
        of = owing(2)
        assert participants.send_due(of.pk) == sent
        waiting = participants.waiting(of)
    assert server.does.logins >= 1  # by each way that the server offers
    if not sent:
        assert waiting is not None
        assert waiting.people == 2
        assert waiting.reason == "the mail server refuses this site's user name or password"
        assert "login_refused (SMTPAuthenticationError 535)" in ours(caplog)
    assert PASSWORD not in ours(caplog)


def test_a_connection_that_cannot_be_made_secure_is_not_used(
    server: MailServer, settings: Settings
) -> None:
    of = owing(1)
    settings.EMAIL_USE_TLS = True  # the server has none
    assert participants.send_due(of.pk) == 0
    waiting = participants.waiting(of)
    assert waiting is not None
    assert waiting.reason == "no secure connection to the mail server can be made"
    assert server.does.taken == []
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED


class DyingBackend(EmailBackend):
    """The process ends when the second message is out and nobody has noted it."""

    def send_messages(self, messages: Any) -> int:
        sent = super().send_messages(messages)
        if len(mail.outbox) == 2:
            raise SystemExit
        return int(sent)


def test_a_crash_between_sending_and_noting_doubles_one_persons_mail_at_most(
    settings: Settings,
) -> None:
    of = owing(5)
    settings.EMAIL_BACKEND = f"{__name__}.DyingBackend"
    with pytest.raises(SystemExit):
        participants.send_due(of.pk)
    assert participants.send_due(of.pk) == 0  # as if somebody were still at it
    make_due()
    assert participants.send_due(of.pk) == 4
    assert sorted(Counter(to(one.message() for one in mail.outbox)).values()) == [1, 1, 1, 1, 2]
    assert not MeetingNotice.objects.filter(sent_at=None).exists()


def test_several_workers_send_each_mail_once() -> None:
    of = owing(12)
    barrier, faults = threading.Barrier(4), list[BaseException]()

    def work() -> None:
        try:
            barrier.wait(30)
            participants.send_due(of.pk)
        except Exception as error:  # noqa: BLE001 (told by the test)
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    assert to(one.message() for one in mail.outbox) == sorted(everybody(12))


def test_pauses_grow_up_to_some_hours() -> None:
    minutes = [pause(tries).total_seconds() / 60 for tries in range(1, 12)]
    assert minutes[:4] == [1, 2, 4, 8]
    assert minutes == sorted(minutes)
    assert pause(10_000) == LONGEST_PAUSE
