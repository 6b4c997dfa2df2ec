"""The address of somebody's calendar feed: made, found again by its token, ended."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db.models import Q
from django.utils import timezone

from accounts.models import CalendarFeed, User

TOKEN_BYTES = 32
NOTED_EVERY = timedelta(hours=1)  # a read is written down, but not each one


def make_feed(user: User) -> str:
    """The token, which nobody can tell again; the one before it ends."""
    token = token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(
        user=user,
        defaults={"digest": _digest(token), "created_at": timezone.now(), "last_read_at": None},
    )
    return token


def end_feed(user: User) -> bool:
    """Whether there was one."""
    count, _rows = CalendarFeed.objects.filter(user=user).delete()
    return count > 0


def find_feed(token: str) -> CalendarFeed | None:
    """With its user, who may still log in. Looked up by the digest: how long that takes tells
    nothing about a token.
    """
    feeds = CalendarFeed.objects.select_related("user")
    return feeds.filter(digest=_digest(token), user__is_active=True).first()


def note_reading(feed: CalendarFeed, now: datetime) -> None:
    long_ago = Q(last_read_at=None) | Q(last_read_at__lt=now - NOTED_EVERY)
    if feed.last_read_at is None or feed.last_read_at < now - NOTED_EVERY:
        CalendarFeed.objects.filter(long_ago, pk=feed.pk).update(last_read_at=now)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
