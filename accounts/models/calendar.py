"""The private address at which somebody's calendar program reads their meetings."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class CalendarFeed(models.Model):
    """Whoever has the token reads the feed, so only its digest is kept: see accounts.calendar."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"the calendar of {self.user}"
