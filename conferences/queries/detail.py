"""One conference's page, for those who teach and for those who learn."""

from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict

from accounts.models import User
from conferences.models import Conference, ConferenceTimeSlot
from conferences.queries.participants import list_participants, own_attendance
from syncing.models import SyncRun, SyncStep
from syncing.requesting import runs_of

TABS = ("participants", "slots", "history")
HISTORY_SHOWN = 20


def instructor_page(conference: Conference, query: QueryDict) -> dict[str, Any]:
    """Context of conferences/detail.html."""
    tab = query.get("tab", "participants")
    runs = runs_of(conference).select_related("requested_by").prefetch_related("steps")
    shown = list(runs[:HISTORY_SHOWN])
    slots = _slots(conference)
    _name_meetings([step for run in shown for step in run.steps.all()], slots)
    planned = [(slot.starts_at, slot.ends_at) for slot in slots if slot.cancelled_at is None]
    return {
        "conference": conference,
        "tab": tab if tab in TABS else "participants",
        "participants": list_participants(
            conference, query, planned or [(conference.starts_at, conference.ends_at)]
        ),
        "slots": slots,
        "run_count": runs.count(),
        "runs": shown,
        "guesses": conference.sittings.filter(is_guess=True).aggregate(
            waiting=Count("pk", filter=Q(accepted_at=None)), accepted=Count("accepted_at")
        ),
        "sources": sorted(
            set(conference.sittings.filter(is_guess=False).values_list("source", flat=True))
        ),
        **sync_panel(conference, conference.last_run, slots),
    }


def learner_page(conference: Conference, user: User) -> dict[str, Any]:
    """Context of conferences/learner.html: one's own attendance and nobody else's."""
    return {
        "conference": conference,
        "slots": [slot for slot in _slots(conference) if slot.cancelled_at is None],
        "attendance": own_attendance(conference, user),
    }


def sync_panel(
    conference: Conference, run: SyncRun | None, slots: list[ConferenceTimeSlot] | None = None
) -> dict[str, Any]:
    """Context of conferences/_sync_panel.html. Steps with troubles or reasons explain zeros.

    ``slots``: the conference's, if they were read already.
    """
    steps = list(run.steps.all()) if run else []
    _name_meetings(steps, _slots(conference) if slots is None else slots)
    return {
        "conference": conference,
        "run": run,
        "steps": steps,
        "events": list(reversed(run.events.order_by("-id")[:30])) if run else [],
    }


def _slots(conference: Conference) -> list[ConferenceTimeSlot]:
    return list(conference.time_slots.all()) if conference.use_time_slots else []


def _name_meetings(steps: list[SyncStep], slots: list[ConferenceTimeSlot]) -> None:
    """Let each step know the time slot it is about: pages show its times in the viewer's zone."""
    known = {slot.pk: slot for slot in slots}
    for step in steps:
        step.meeting = known.get(step.slot)  # type: ignore[attr-defined, arg-type]
