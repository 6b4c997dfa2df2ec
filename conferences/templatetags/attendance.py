"""How attendance is written."""

from datetime import timedelta

from django import template

from conferences.models import AttendanceSession
from conferences.rules.intervals import minutes as in_minutes

register = template.Library()


@register.filter
def minutes(duration: timedelta) -> str:
    """{{ record.attended|minutes }} is 4.64"""
    return in_minutes(duration)


@register.filter
def stayed(session: AttendanceSession) -> str:
    """{{ session|stayed }} is 4.64: minutes from joining to leaving."""
    return in_minutes(session.left_at - session.joined_at)
