"""How attendance is written."""

from datetime import timedelta

from django import template

from conferences.rules.intervals import minutes as in_minutes

register = template.Library()


@register.filter
def minutes(duration: timedelta) -> str:
    """{{ record.attended|minutes }} is 4.64"""
    return in_minutes(duration)
