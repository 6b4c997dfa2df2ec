"""One conference's page, for those who teach and for those who learn."""

from typing import Any

from django.http import QueryDict

from accounts.models import User
from conferences.models import Conference
from conferences.queries.participants import list_participants, own_attendance
from syncing.models import SyncRun
from syncing.requesting import runs_of

TABS = ("participants", "slots", "history")
HISTORY_SHOWN = 20


def instructor_page(conference: Conference, query: QueryDict) -> dict[str, Any]:
    """Context of conferences/detail.html."""
    tab = query.get("tab", "participants")
    runs = runs_of(conference).select_related("requested_by").prefetch_related("steps")
    return {
        "conference": conference,
        "tab": tab if tab in TABS else "participants",
        "participants": list_participants(conference, query),
        "slots": list(conference.time_slots.all()) if conference.use_time_slots else [],
        "runs": list(runs[:HISTORY_SHOWN]),
        "guesses": conference.sittings.filter(is_guess=True).count(),
        "sources": sorted(
            set(conference.sittings.filter(is_guess=False).values_list("source", flat=True))
        ),
        **sync_panel(conference, conference.last_run),
    }


def learner_page(conference: Conference, user: User) -> dict[str, Any]:
    """Context of conferences/learner.html: one's own attendance and nobody else's."""
    return {
        "conference": conference,
        "slots": list(conference.time_slots.filter(cancelled_at=None))
        if conference.use_time_slots
        else [],
        "attendance": own_attendance(conference, user),
    }


def sync_panel(conference: Conference, run: SyncRun | None) -> dict[str, Any]:
    """Context of conferences/_sync_panel.html. Steps with troubles or reasons explain zeros."""
    return {
        "conference": conference,
        "run": run,
        "steps": list(run.steps.all()) if run else [],
        "events": list(reversed(run.events.order_by("-id")[:30])) if run else [],
    }
