"""Rows for pages, made by hand: a page must say the same whatever wrote them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import User
from conferences.models import (
    AttendanceRecord,
    AttendanceSession,
    AttendanceSitting,
    Conference,
    Membership,
)
from conferences.models.attendance import Identification, Source
from conferences.models.membership import Role
from syncing.models import SyncRun, SyncStep
from syncing.models.run import Phase, Trigger
from syncing.outcomes import Message, Outcome, RunStatus, Verdict

START = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def account(email: str, zone: str = "Europe/Berlin", **columns: Any) -> User:
    name = email.partition("@")[0].replace(".", " ").title()
    first, _, last = name.partition(" ")
    return User.objects.create_user(
        email, email, "a password", first_name=first, last_name=last, timezone=zone, **columns
    )


def conference(teacher: User | None = None, *learners: User, **columns: Any) -> Conference:
    made = Conference.objects.create(
        **{
            "title": "Reading group",
            "course_code": "RG-1",
            "organizer_email": "mara.lindqvist@example.edu",
            "starts_at": START,
            "ends_at": START + HOUR,
            "timezone": "Europe/Berlin",
            "meeting_link": "https://teams.example.org/l/meetup-join/1",
            **columns,
        }
    )
    for user, role in [(teacher, Role.INSTRUCTOR), *((one, Role.LEARNER) for one in learners)]:
        if user is not None:
            Membership.objects.create(
                conference=made, user=user, name=str(user), email=user.email, role=role
            )
    return made


def sitting(of: Conference, source: Source = Source.ATTENDANCE_REPORTS, **columns: Any) -> Any:
    return AttendanceSitting.objects.create(
        conference=of,
        source=source,
        **{
            "source_id": f"{source}-{of.sittings.count()}",
            "read_through": of.read_through,
            "is_complete": True,
            "starts_at": of.starts_at,
            "ends_at": of.ends_at,
            **columns,
        },
    )


def person(
    where: AttendanceSitting,
    name: str,
    email: str | None = None,
    *,
    minutes: tuple[tuple[float, float], ...] = ((5, 45),),
    member: Membership | None = None,
    is_counted: bool = True,
) -> AttendanceRecord:
    """Somebody who was there from minute to minute after the start."""
    stays = [
        (where.starts_at + timedelta(minutes=a), where.starts_at + timedelta(minutes=b))
        for a, b in minutes
    ]
    number = AttendanceRecord.objects.count()
    record = AttendanceRecord.objects.create(
        conference=where.conference,
        person_key=f"email:{email}" if email else f"entry:{number}",
        name=name,
        email=email,
        identified_by=Identification.EMAIL if email else Identification.NAME,
        attended=sum((b - a for a, b in stays), timedelta()),
        session_count=len(stays),
        first_joined_at=stays[0][0],
        last_left_at=stays[-1][1],
        membership=member,
        match_rule=Identification.EMAIL if member else None,
    )
    for order, (joined_at, left_at) in enumerate(stays):
        AttendanceSession.objects.create(
            sitting=where,
            source_id=f"{number}-{order}",
            entry_id=str(number),
            email=email,
            label=name,
            joined_at=joined_at,
            left_at=left_at,
            record=record,
            is_counted=is_counted,
        )
    return record


def run(of: Conference, **columns: Any) -> SyncRun:
    """A finished run, the conference's last, unless ``columns`` say otherwise."""
    made = SyncRun.objects.create(
        **{
            "subject_type": ContentType.objects.get_for_model(Conference),
            "subject_id": of.pk,
            "operations": ["attendance"],
            "trigger": Trigger.PAGE,
            "status": RunStatus.FINISHED,
            "phase": Phase.DONE,
            "started_at": timezone.now() - timedelta(seconds=2),
            "finished_at": timezone.now(),
            "verdict": Verdict.SUCCESS,
            "message_key": Message.NO_DATA,
            **columns,
        }
    )
    of.last_run = made
    of.save()
    return made


def open_run(of: Conference, **columns: Any) -> SyncRun:
    """A run in progress that a worker holds."""
    return run(
        of,
        **{
            "status": RunStatus.RUNNING,
            "phase": Phase.READING,
            "finished_at": None,
            "verdict": None,
            "message_key": "",
            "lease_expires_at": timezone.now() + HOUR,
            **columns,
        },
    )


def step(of: SyncRun, outcome: Outcome | None = Outcome.NO_DATA, **columns: Any) -> SyncStep:
    return SyncStep.objects.create(
        run=of, **{"operation": "attendance", "outcome": outcome, **columns}
    )
