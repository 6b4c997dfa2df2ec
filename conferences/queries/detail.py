"""One conference's page, for those who teach and for those who learn."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference, ConferenceTimeSlot
from conferences.operations.recordings import recording_missing
from conferences.queries import tabs
from conferences.queries.bookings import list_dates
from conferences.queries.cards import Told
from conferences.queries.files import list_files
from conferences.queries.messages import list_messages
from conferences.queries.missing import without_recording
from conferences.queries.outcomes import parts_of, state_of
from conferences.queries.participants import list_participants, own_attendance
from conferences.queries.recordings import list_recordings, published_recordings
from conferences.queries.transcripts import list_transcripts
from syncing.models import SyncRun
from syncing.requesting import runs_of

Slots = list[ConferenceTimeSlot]

HISTORY_SHOWN = 20


def instructor_page(conference: Conference, query: QueryDict) -> dict[str, Any]:
    """Context of conferences/detail.html: of the tabs only the shown one's rows are read."""
    slots, known = _slots(conference), tabs.list_tabs(conference)
    asked = query.get("tab")
    tab = next((one for one in known if one.key == asked), known[0])
    panel = sync_panel(conference, conference.last_run, slots)
    page = {"tab": tab, "tabs": known, **panel, **ROWS[tab.key](conference, query, slots)}
    if operation := tabs.OPERATIONS.get(tab.key):
        page["state"] = state_of(conference, operation, conference.last_run, panel["parts"], slots)
    return page


def learner_page(conference: Conference, user: User) -> dict[str, Any]:
    """Context of conferences/learner.html: one's own attendance and nobody else's."""
    return {
        "conference": conference,
        "dates": list_dates(conference, user, timezone.now()),
        "attendance": own_attendance(conference, user),
        "recordings": published_recordings(conference),
    }


def sync_panel(
    conference: Conference, run: SyncRun | None, slots: Slots | None = None
) -> dict[str, Any]:
    """Context of conferences/_sync_panel.html. Parts with troubles or reasons explain zeros.

    ``slots``: the conference's, if they were read already.
    """
    slots = _slots(conference) if slots is None else slots
    steps = list(run.steps.all()) if run else []
    known = {slot.pk: slot for slot in slots}
    for step in steps:  # pages show a slot's times in the viewer's zone
        step.meeting = known.get(step.slot)  # type: ignore[attr-defined, arg-type]
    return {
        "conference": conference,
        "run": run,
        "steps": steps,
        "parts": parts_of(steps, slots),
        "events": list(reversed(run.events.order_by("-id")[:30])) if run else [],
    }


def _participants(conference: Conference, query: QueryDict, slots: Slots) -> dict[str, Any]:
    planned = [(slot.starts_at, slot.ends_at) for slot in slots if slot.cancelled_at is None]
    planned = planned or [(conference.starts_at, conference.ends_at)]
    return {"participants": list_participants(conference, query, planned)}


def _history(conference: Conference, query: QueryDict, slots: Slots) -> dict[str, Any]:
    runs = runs_of(conference).select_related("requested_by").prefetch_related("steps")
    return {"runs": [(run, parts_of(run.steps.all(), slots)) for run in runs[:HISTORY_SHOWN]]}


def _recordings(conference: Conference, query: QueryDict, slots: Slots) -> dict[str, Any]:
    rows = {"recordings": list_recordings(conference)}
    return rows | _without_recording(conference, slots)


def _planned(conference: Conference, query: QueryDict, slots: Slots) -> dict[str, Any]:
    return {"slots": slots, **_without_recording(conference, slots)}


def _without_recording(conference: Conference, slots: Slots) -> dict[str, Any]:
    """Which meetings were to record themselves and have no recording, and why that is told."""
    planned = slots if conference.use_time_slots else [conference]
    found = without_recording(conference, planned)
    reason = recording_missing() if found else None
    return {"without_recording": found, "recording_missing": reason and Told.of(reason)}


# What each tab shows beside the panel.
ROWS: dict[str, Callable[[Conference, QueryDict, Slots], dict[str, Any]]] = {
    "participants": _participants,
    "recordings": _recordings,
    "chat": lambda one, query, slots: {"chat": list_messages(one, query)},
    "transcripts": lambda one, query, slots: {"transcripts": list_transcripts(one, query)},
    "files": lambda one, query, slots: {"files": list_files(one, query)},
    "slots": _planned,
    "history": _history,
}


def _slots(conference: Conference) -> Slots:
    return list(conference.time_slots.all()) if conference.use_time_slots else []
