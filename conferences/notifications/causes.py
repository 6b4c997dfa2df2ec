"""Why recording cannot be switched on, as the meetings' rows say it at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import Lower, RowNumber

from conferences.models import Conference, ConferenceTimeSlot
from conferences.models.meeting import PlannedMeeting, RecordingStatus
from platforms.reasons import Actor, ReasonCode, who_acts

Key = tuple[str, str]  # a reason's code; an organizer in small letters, "" for the whole tenant
TENANT_WIDE = frozenset(
    {
        *(ReasonCode.NOT_CONFIGURED, ReasonCode.PLATFORM_UNAVAILABLE),
        *(ReasonCode.CREDENTIALS_REFUSED, ReasonCode.PERMISSION_MISSING),
        *(ReasonCode.BAD_RESPONSE, ReasonCode.FOREIGN_LINK, ReasonCode.INTERNAL_ERROR),
    }
)
NO_CAUSE = frozenset(
    {
        ReasonCode.RECORDING_NOT_WANTED,
        *(code for code in ReasonCode if who_acts(code) is Actor.WAIT),
    }
)
CANNOT = (RecordingStatus.FAILED, RecordingStatus.NOT_ATTEMPTED)
_OF_SLOTS = "conference__organizer_email"
_OWN = "organizer_email"


@dataclass(frozen=True)
class Cause:
    """``tried_at``: when it was last met, as far as is known."""

    meetings: int
    tried_at: datetime | None


def key_of(code: str, organizer: str) -> Key:
    return code, "" if code in TENANT_WIDE else organizer.lower()


def find_causes(organizer: str | None = None) -> dict[Key, Cause]:
    """Of the whole tenant and of this organizer; of everybody without one."""
    found: dict[Key, Cause] = {}
    for rows, path in ((_slots(), _OF_SLOTS), (_conferences(), _OWN)):
        if organizer is not None:
            rows = rows.filter(
                Q(**{f"{path}__iexact": organizer}) | Q(recording_code__in=TENANT_WIDE)
            )
        grouped = rows.order_by().values_list("recording_code", path)
        for code, email, count, tried_at in grouped.annotate(
            Count("pk"), Max("recording_checked_at")
        ):
            key = key_of(code, email)
            known = found.get(key, Cause(0, None))
            moments = filter(None, (known.tried_at, tried_at))
            found[key] = replace(
                known, meetings=known.meetings + count, tried_at=max(moments, default=None)
            )
    return found


def meetings_with(causes: Iterable[Key], limit: int) -> dict[Key, list[PlannedMeeting]]:
    """For each of these causes some meetings that have it, the latest first."""
    wanted = set(causes)
    found: dict[Key, list[PlannedMeeting]] = {key: [] for key in wanted}
    codes = {code for code, _organizer in wanted}
    slots = _last(_slots().filter(recording_code__in=codes), _OF_SLOTS, limit)
    for slot in slots.select_related("conference"):
        _add(found, key_of(slot.recording_code or "", slot.conference.organizer_email), slot, limit)
    for own in _last(_conferences().filter(recording_code__in=codes), _OWN, limit):
        _add(found, key_of(own.recording_code or "", own.organizer_email), own, limit)
    return found


def params_of(key: Key) -> dict[str, str]:
    """What the reason's sentence needs, of the meeting that met it last."""
    code, organizer = key
    for rows, path in ((_slots(), _OF_SLOTS), (_conferences(), _OWN)):
        same = rows.filter(recording_code=code)
        if code not in TENANT_WIDE:
            same = same.filter(**{f"{path}__iexact": organizer})
        last = same.order_by("-recording_checked_at").values_list("recording_params", flat=True)
        if (params := last.first()) is not None:
            return dict(params)
    return {}


def _last(rows: QuerySet[Any], path: str, limit: int) -> QuerySet[Any]:
    """So many of each reason and organizer."""
    place = Window(
        RowNumber(),
        partition_by=[F("recording_code"), Lower(path)],
        order_by=[F("starts_at").desc(), F("pk").desc()],
    )
    last: QuerySet[Any] = rows.annotate(place=place).filter(place__lte=limit)
    return last.order_by("-starts_at", "-pk")


def _slots() -> QuerySet[ConferenceTimeSlot]:
    planned = ConferenceTimeSlot.objects.filter(
        cancelled_at=None, conference__use_time_slots=True, conference__archived_at=None
    )
    return planned.filter(_cannot())


def _conferences() -> QuerySet[Conference]:
    return Conference.objects.filter(_cannot(), use_time_slots=False, archived_at=None)


def _cannot() -> Q:
    known = Q(recording_code__isnull=False) & ~Q(recording_code__in=NO_CAUSE)
    return Q(auto_recording_status__in=CANNOT) & known


def _add(found: dict[Key, list[Any]], key: Key, meeting: PlannedMeeting, limit: int) -> None:
    if key in found and len(found[key]) < limit:
        found[key].append(meeting)
