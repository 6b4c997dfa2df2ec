"""What administrators are asked for."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages import making

pytestmark = pytest.mark.django_db


def test_a_channels_team_is_entered_for_a_conference_and_for_a_time_slot(
    admin_client: Client,
) -> None:
    """No route tells it: see the reason team_unknown."""
    conference = making.conference(use_time_slots=True)
    conference.time_slots.create(starts_at=making.START, ends_at=making.START + making.HOUR)
    address = reverse("admin:conferences_conference_change", args=[conference.pk])
    page = admin_client.get(address).content.decode()
    assert 'name="team_id"' in page
    assert 'name="time_slots-0-team_id"' in page
