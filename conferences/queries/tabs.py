"""The tabs of a conference's page, each with how much there is."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences.models import (
    AttendanceRecord,
    ChatMessage,
    Conference,
    ConferenceTimeSlot,
    Recording,
    SharedFile,
    Transcript,
)
from syncing.models import SyncRun

PARTICIPANTS = "participants"
LABELS: dict[str, Promise] = {
    PARTICIPANTS: _("Participants"),
    "recordings": _("Recordings"),
    "chat": _("Chat History"),
    "transcripts": _("Transcripts"),
    "files": _("Files"),
    "slots": _("Time Slots"),
    "history": _("Sync History"),
}
# The operation whose last outcome a tab tells.
OPERATIONS = {
    PARTICIPANTS: "attendance",
    "recordings": "recordings",
    "chat": "chat",
    "transcripts": "transcripts",
    "files": "files",
}
# What today's plan and the platform still have.
LIVE: dict[str, "tuple[type[Any], Q]"] = {
    PARTICIPANTS: (AttendanceRecord, Q(vanished_at=None)),
    "recordings": (Recording, Q(is_planned=True, vanished_at=None)),
    "chat": (ChatMessage, Q(is_planned=True, event="", deleted_at=None)),
    "transcripts": (Transcript, Q(is_planned=True, vanished_at=None)),
    "files": (SharedFile, Q(gone_at=None, vanished_at=None)),
    "slots": (ConferenceTimeSlot, Q()),
}


@dataclass(frozen=True)
class Tab:
    key: str
    label: Promise
    count: int


def list_tabs(conference: Conference) -> list[Tab]:
    """In order; all counts in one query."""
    runs = SyncRun.objects.filter(
        subject_type=ContentType.objects.get_for_model(Conference), subject_id=OuterRef("pk")
    )
    counts = {"history": _number(runs, "subject_id")}
    for key, (model, live) in LIVE.items():
        rows = model._default_manager.filter(live, conference=OuterRef("pk"))
        counts[key] = _number(rows, "conference")
    rows = Conference.objects.filter(pk=conference.pk).values_list(*counts.values())
    found = dict(zip(counts, rows.get(), strict=True))
    return [
        Tab(key, label, found[key])
        for key, label in LABELS.items()
        if key != "slots" or conference.use_time_slots
    ]


def _number(rows: "QuerySet[Any]", owner: str) -> Coalesce:
    grouped = rows.order_by().values(owner).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(grouped), 0)
