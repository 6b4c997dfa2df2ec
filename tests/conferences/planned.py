"""A conference as somebody has planned it, with a meeting that is known."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from conferences.models import Conference
from tests.pages import making

DAY = timedelta(days=1)
LINK = "https://teams.example.org/l/meetup-join/1"


def fields(by: User, **others: Any) -> dict[str, Any]:
    starts_at = timezone.now().replace(microsecond=0) + DAY
    return {
        "title": "Seminar",
        "organizer_email": by.email,
        "starts_at": starts_at,
        "ends_at": starts_at + making.HOUR,
        "timezone": "Europe/Berlin",
        **others,
    }


def planned(by: User, **others: Any) -> Conference:
    """With an event in the organizer's calendar and everything that is known of a meeting."""
    known: dict[str, Any] = {
        "meeting_id": "event",
        "online_meeting_id": "online",
        "meeting_link": LINK,
    }
    known |= {"chat_thread_id": "19:x", "wants_meeting": True, "transaction_id": "t"}
    return making.conference(by, **{**fields(by), **known, **others})
