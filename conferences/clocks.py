"""Moments on the viewer's clock."""

from datetime import date, datetime

from django.utils import timezone


def local_time(moment: datetime) -> datetime:
    """In the viewer's zone; as it is at the edge of the calendar, which that zone has left."""
    try:
        return timezone.localtime(moment)
    except OverflowError:
        return moment


def local_day(moment: datetime) -> date:
    return local_time(moment).date()
