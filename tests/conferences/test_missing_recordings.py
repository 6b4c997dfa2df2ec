"""A meeting that was to record itself and has no recording, told by the sync."""

import pytest
from django.db.models import F
from pytest_django import Settings

from conferences.models import Conference
from conferences.models.meeting import RecordingStatus
from scripts.servers.sandbox import SandboxControl
from tests.conferences.commands import run, sync


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (RecordingStatus.VERIFIED, "recording_missing"),
        (RecordingStatus.ENABLED, "recording_missing"),
        (RecordingStatus.FAILED, "not_recorded"),
    ],
)
def test_of_a_conference(
    demo_world: SandboxControl, settings: Settings, status: str, reason: str
) -> None:
    settings.RECORDINGS_EXPECTED_MINUTES = 1
    Conference.objects.filter(pk=74).update(auto_recording_status=status)
    assert found(74) == {None: reason}


def test_of_one_time_slot(demo_world: SandboxControl, settings: Settings) -> None:
    """45 was recorded."""
    settings.RECORDINGS_EXPECTED_MINUTES = 1
    slots = Conference.objects.get(pk=51).time_slots
    slots.update(auto_recording_status=RecordingStatus.VERIFIED)
    assert found(51) == {45: None, 46: "recording_missing"}
    slots.filter(pk=46).update(auto_recording_status=RecordingStatus.ACCEPTED)
    assert found(51) == {45: None, 46: "not_recorded"}


def test_a_later_look_does_not_make_it_forgotten(
    demo_world: SandboxControl, settings: Settings
) -> None:
    settings.RECORDINGS_EXPECTED_MINUTES = 1
    slots = Conference.objects.get(pk=51).time_slots
    known = {"auto_recording_status": RecordingStatus.ENABLED}
    slots.update(recording_checked_at=F("starts_at"), **known)
    run("fix_teams_recording", "--conference", "51")
    assert set(slots.values_list("auto_recording_status", flat=True)) == {"verified"}
    assert found(51) == {45: None, 46: "recording_missing"}


def found(pk: int) -> dict[int | None, str | None]:
    _code, answer = sync(pk, "--operation", "recordings")
    return {one["slot"]: (one["reason"] or {}).get("code") for one in answer["operations"]}
