"""A conference with people, changes that end as a worker ends them, and mail as it arrives."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from django.core import mail
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from conferences.actions import meetings
from conferences.arranging import orders
from conferences.arranging.arranger import Arranged
from conferences.models import (
    Booking,
    Conference,
    ConferenceTimeSlot,
    MeetingChange,
    MeetingNotice,
    Membership,
)
from conferences.models.membership import Role
from tests.pages import making

MARA = "mara.lindqvist@example.edu"
HOUR = timedelta(hours=1)
LINK = "https://teams.example.org/l/meetup-join/{}"


def tomorrow(hours: int = 0) -> datetime:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    return now + timedelta(days=1, hours=hours)


def mara() -> User:
    return User.objects.filter(email=MARA).first() or making.account(MARA)


def conference(learners: int = 0, **columns: Any) -> Conference:
    """Taught by Mara, who asks for everything."""
    by = mara()
    made = making.conference(
        by, **{"starts_at": tomorrow(), "ends_at": tomorrow(1), "use_time_slots": True, **columns}
    )
    for number in range(learners):
        member(made, f"learner-{number}@example.edu")
    return made


def member(of: Conference, email: str, role: Role = Role.LEARNER, **columns: Any) -> Membership:
    columns = {"name": email.partition("@")[0].title(), **columns}
    return Membership.objects.create(conference=of, email=email, role=role, **columns)


def slot(of: Conference, hours: int = 0, **columns: Any) -> ConferenceTimeSlot:
    times = {"starts_at": tomorrow(hours), "ends_at": tomorrow(hours + 1)}
    columns = {"meeting_link": LINK.format("old"), **times, **columns}
    return ConferenceTimeSlot.objects.create(conference=of, **columns)


def book(of: ConferenceTimeSlot, who: Membership) -> None:
    Booking.objects.create(slot=of, member=who)
    ConferenceTimeSlot.objects.filter(pk=of.pk).update(booked=F("booked") + 1)


def recreate(*slots: ConferenceTimeSlot) -> None:
    for one in slots:
        meetings.recreate_meeting(one, mara())


def move(of: ConferenceTimeSlot, starts_at: datetime) -> None:
    meetings.move_slot(of, starts_at, starts_at + HOUR, by=mara(), capacity=of.capacity)


def end_all(link: str = "new") -> None:
    """As a worker does; who wants a meeting gets this link, or none."""
    while waiting := orders.takeable().first():
        change = MeetingChange.objects.select_related("conference", "slot__conference").get(
            pk=waiting.pk
        )
        meeting: Any = orders.meeting_of(change)
        if meeting.wants_meeting and not meeting.meeting_link and link:
            meeting.meeting_link = LINK.format(link)
            type(meeting).objects.filter(pk=meeting.pk).update(meeting_link=meeting.meeting_link)
        orders.finish(change, meeting, Arranged())


def make_due() -> None:
    """The pause after a failure is over."""
    MeetingNotice.objects.update(due_at=timezone.now() - HOUR)


def outbox() -> list[EmailMessage]:
    """What was sent, as it goes over the wire."""
    return [read(message.message().as_bytes()) for message in mail.outbox]


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, _class=EmailMessage, policy=default)


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return re.sub(r"\s+", " ", body.get_content())


def page(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def calendar(message: EmailMessage) -> bytes:
    [part] = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def to(messages: Iterable[EmailMessage]) -> list[str]:
    return sorted(str(message["To"]) for message in messages)
