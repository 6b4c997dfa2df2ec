"""The list of conferences."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conferences.queries.access import taught_by, visible_to
from conferences.queries.search import search_words

PER_PAGE = 25
WHEN = {"all": _("All dates"), "past": _("Over"), "upcoming": _("Upcoming")}


@dataclass(frozen=True)
class ConferenceList:
    """``page`` holds conferences with ``participants``, their last run, and whether the reader
    ``teaches`` there: a learner is told nothing about others.
    """

    page: Page[Any]
    q: str
    when: str
    when_choices: dict[str, object]

    @property
    def is_filtered(self) -> bool:
        return bool(self.q) or self.when != "all"


def list_conferences(user: User, query: QueryDict) -> ConferenceList:
    """Newest first; ``q`` searches title, course and organizer, ``when`` is a key of WHEN."""
    q, when = search_words(query), query.get("when", "all")
    rows = visible_to(user).filter(archived_at=None)
    if q:
        rows = rows.filter(
            Q(title__icontains=q) | Q(course_code__icontains=q) | Q(organizer_email__icontains=q)
        )
    if when == "past":
        rows = rows.filter(ends_at__lte=timezone.now())
    elif when == "upcoming":
        rows = rows.filter(ends_at__gt=timezone.now())
    else:
        when = "all"
    rows = rows.select_related("last_run").annotate(
        participants=Count("attendance", filter=Q(attendance__vanished_at=None)),
        teaches=taught_by(user),
    )
    rows = rows.order_by("-starts_at", "-id")  # grouping drops the model's own order
    return ConferenceList(
        Paginator(rows, PER_PAGE).get_page(query.get("page")), q, when, dict(WHEN)
    )
