"""Whether learners are told of a recording."""

import logging

from django.utils import timezone

from accounts.models import User
from conferences.models import Recording

logger = logging.getLogger(__name__)


def publish_recording(recording: Recording, by: User) -> None:
    """From now on learners of the conference are told of it."""
    _decide(recording, by, published_at=timezone.now(), published_by=by)


def hide_recording(recording: Recording, by: User) -> None:
    """Those who teach still see it."""
    _decide(recording, by, published_at=None, published_by=None)


def _decide(recording: Recording, by: User, **columns: object) -> None:
    is_hidden = columns["published_at"] is None
    rows = Recording.objects.filter(pk=recording.pk, published_at__isnull=not is_hidden)
    if rows.update(**columns):  # the second of two clicks changes nothing
        logger.info(
            "conference %s: recording %s %s by user %s",
            recording.conference_id,
            recording.pk,
            "hidden" if is_hidden else "published",
            by.pk,
        )
