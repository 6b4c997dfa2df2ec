"""A meeting that the platform put off: its card says when to press again."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from conferences.models import MeetingChange, Membership
from tests.pages.test_slots_page import LINK, ended, page_of, slot_of, slotted

pytestmark = pytest.mark.django_db


def test_a_pause_says_when_to_press_again(as_mara: Client, mara: User) -> None:
    """In the viewer's time zone."""
    conference = slotted(mara)
    slot = slot_of(conference, meeting_link=LINK, problem_code="throttled")
    again = timezone.now() + timedelta(days=2)
    told = {"has_link": True, "recording": "verified", "code": "throttled", "params": {}}
    line = ended(slot, "repaired", **told, retry_at=again.isoformat())
    local = again.astimezone(ZoneInfo("Europe/Berlin"))
    moment = f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M}"
    said = page_of(as_mara, conference)
    assert f"Wait a little. Press “Try again” after {moment}." in said
    assert "Then press" not in said
    Membership.objects.update(role="learner")
    mara.is_staff = True
    mara.save()
    mara.user_permissions.set(Permission.objects.filter(codename="view_conference"))
    assert f"Wait a little. Look again at {moment}." in page_of(as_mara, conference)
    Membership.objects.update(role="instructor")
    for no_more in (timezone.now().isoformat(), None):
        MeetingChange.objects.filter(pk=line.pk).update(told={**told, "retry_at": no_more})
        assert "Then press “Try again”." in page_of(as_mara, conference)
