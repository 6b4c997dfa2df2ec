"""Why recording cannot be switched on is told once for each cause, until it is mended."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.models import User
from conferences.actions import recording_decisions
from conferences.actions.changes import request_change
from conferences.models import Conference, ConferenceTimeSlot, RecordingNotice, RecordingNoticeMail
from conferences.models.change import ChangeKind
from conferences.notifications import administrators
from conferences.notifications.administrators import follow_causes, resolve
from conferences.queries.access import is_administrator
from conferences.tasks import sweep_changes, tell_administrators
from tests.conferences.mailing import MARA, conference, end_all, mara, outbox, slot, text, to
from tests.pages import making

pytestmark = pytest.mark.django_db(transaction=True)
TOMAS = "tomas.novak@example.edu"


@pytest.fixture
def ada() -> User:
    return making.account("ada.miller@example.edu", is_staff=True, is_superuser=True)


def may(email: str, *codenames: str) -> User:
    """Staff with these permissions and no others."""
    user = making.account(email, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def fail(*slots: ConferenceTimeSlot | Conference, code: str = "access_policy_missing") -> None:
    """An attempt that has just met this reason."""
    for one in slots:
        type(one).objects.filter(pk=one.pk).update(
            auto_recording_status="failed",
            recording_code=code,
            recording_params={"permission": "X.ReadWrite.All"},
            recording_checked_at=timezone.now(),
        )


def mend(*slots: ConferenceTimeSlot) -> None:
    keys = [one.pk for one in slots]
    ConferenceTimeSlot.objects.filter(pk__in=keys).update(
        auto_recording_status="verified", recording_code=None, recording_checked_at=timezone.now()
    )


def send() -> int:
    """A minute later."""
    RecordingNoticeMail.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    return tell_administrators()


def still_open() -> list[tuple[str, str]]:
    return sorted(one.cause for one in RecordingNotice.objects.filter(resolved_at=None))


def test_five_hundred_slots_are_one_notice_and_one_mail(ada: User) -> None:
    of = conference()
    slots = ConferenceTimeSlot.objects.bulk_create(
        [
            ConferenceTimeSlot(conference=of, starts_at=of.starts_at, ends_at=of.ends_at)
            for _ in range(500)
        ]
    )
    for one in slots[:5]:
        request_change(one, ChangeKind.TRIED_AGAIN, mara())
    fail(*slots)
    end_all(link="")
    assert still_open() == [("access_policy_missing", MARA)]
    assert administrators.send_due() == 0  # others may come within this minute
    assert send() == 1
    assert send() == 0
    [message] = outbox()
    assert to([message]) == [ada.email]
    said = text(message)
    assert f"Organizer: {MARA}, 500 meetings. An administrator acts." in said
    assert "Grant-CsApplicationAccessPolicy" in said
    assert "http://127.0.0.1:8000/admin/conferences/recordingnotice/" in said
    assert RecordingNotice.objects.get().mailed_at is not None


def test_causes_of_one_moment_are_one_mail(ada: User) -> None:
    ours, theirs = conference(), conference(organizer_email=TOMAS)
    fail(slot(ours), slot(theirs), code="recording_refused")
    fail(slot(ours), slot(theirs), code="permission_missing")
    follow_causes(MARA)
    follow_causes(TOMAS)
    assert still_open() == [
        ("permission_missing", ""),
        ("recording_refused", MARA),
        ("recording_refused", TOMAS),
    ]
    assert send() == 1
    [message] = outbox()
    assert message["Subject"] == "Some meetings cannot be recorded: 3 causes"
    assert "X.ReadWrite.All" in text(message)


def test_who_is_told(ada: User) -> None:
    making.account("olga.staff@example.edu", is_staff=True)
    making.account("gone@example.edu", is_staff=True, is_superuser=True, is_active=False)
    making.account("no.staff@example.edu", is_superuser=True)
    may("sees@example.edu", "view_conference")
    may("changes@example.edu", "change_conference")
    silent = may("no.address@example.edu", "view_conference", "change_conference")
    User.objects.filter(pk=silent.pk).update(email="")
    both = may("both@example.edu", "view_conference", "change_conference")
    fail(slot(conference(2)))
    follow_causes(MARA)
    send()
    assert sorted(to(outbox())) == [ada.email, both.email]
    with_address = User.objects.exclude(email="")
    assert set(administrators.administrators()) == set(filter(is_administrator, with_address))


@pytest.mark.parametrize(
    ("code", "columns"),
    [
        ("throttled", {}),
        ("unreachable", {}),
        ("platform_fault", {}),
        ("recording_not_wanted", {"auto_recording_status": "not_attempted"}),
        ("recording_refused", {"auto_recording_status": "accepted"}),
        ("recording_refused", {"auto_recording_status": "verified"}),
        ("recording_refused", {"cancelled_at": timezone.now()}),
    ],
)
def test_what_is_no_cause(ada: User, code: str, columns: dict[str, Any]) -> None:
    it = slot(conference())
    fail(it, code=code)
    ConferenceTimeSlot.objects.filter(pk=it.pk).update(**columns)
    follow_causes(MARA)
    follow_causes()
    assert still_open() == []


def test_what_is_planned_no_more_is_no_cause(ada: User) -> None:
    """Slots of a conference without slots, its own meeting if it has slots, and archived ones."""
    fail(
        slot(conference(use_time_slots=False)),
        conference(),
        slot(conference(archived_at=timezone.now())),
    )
    follow_causes()
    assert still_open() == []
    fail(conference(use_time_slots=False))
    follow_causes()
    assert still_open() == [("access_policy_missing", MARA)]


def test_it_ends_with_the_last_meeting_and_is_told_anew_later(ada: User) -> None:
    of = conference(organizer_email=MARA.title())
    first, second = slot(of), slot(of, 3)
    fail(first, second)
    follow_causes(MARA)
    send()
    mend(first)
    follow_causes(MARA)
    assert still_open() == [("access_policy_missing", MARA)]
    mend(second)
    follow_causes(MARA)
    assert still_open() == []
    fail(first)
    follow_causes(MARA)
    assert still_open() == [("access_policy_missing", MARA)]
    assert send() == 1
    assert len(mail.outbox) == 2


def test_accepting_the_last_one_ends_it(ada: User) -> None:
    it = slot(conference())
    fail(it)
    follow_causes(MARA)
    recording_decisions.accept_as_it_is(it, ada, "It is an exam.")
    assert still_open() == []


def test_what_is_mended_before_the_mail_goes_is_not_told(ada: User) -> None:
    it = slot(conference())
    fail(it)
    follow_causes(MARA)
    mend(it)
    follow_causes(MARA)
    assert send() == 0
    assert outbox() == []


def test_resolved_by_hand_it_stays_so_until_another_attempt_meets_it(ada: User) -> None:
    it = slot(conference())
    fail(it)
    follow_causes(MARA)
    send()
    assert resolve(RecordingNotice.objects.all(), ada) == 1
    follow_causes(MARA)
    sweep_changes()
    assert still_open() == []
    fail(it)
    follow_causes(MARA)
    assert still_open() == [("access_policy_missing", MARA)]
    assert send() == 1


def test_another_organizer_ends_the_causes_of_the_one_before(ada: User) -> None:
    """Nothing of theirs changes any more: the sweep sees it."""
    of = conference()
    fail(slot(of))
    follow_causes(MARA)
    Conference.objects.filter(pk=of.pk).update(organizer_email=TOMAS)
    sweep_changes()
    assert still_open() == [("access_policy_missing", TOMAS)]


def test_last_seen_follows_the_attempts(ada: User) -> None:
    it = slot(conference())
    fail(it)
    follow_causes(MARA)
    first = RecordingNotice.objects.get().seen_at
    fail(it)
    follow_causes(MARA)
    second = RecordingNotice.objects.get().seen_at
    assert second > first
    follow_causes(MARA)
    assert RecordingNotice.objects.get().seen_at == second


def test_several_workers_open_one_notice(ada: User) -> None:
    fail(slot(conference()))
    barrier, faults = threading.Barrier(4), list[BaseException]()

    def work() -> None:
        try:
            barrier.wait(30)
            follow_causes(MARA)
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
    assert RecordingNotice.objects.count() == RecordingNoticeMail.objects.count() == 1
