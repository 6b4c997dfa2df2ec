"""The one word that a conference with time slots has for the recording of all of them."""

import pytest

from conferences.arranging.keeping import sum_up
from conferences.models import Conference
from tests.conferences.mailing import conference, slot

pytestmark = pytest.mark.django_db

OPTED_OUT = {"auto_recording_status": "not_attempted", "recording_code": "recording_not_wanted"}
HINDERED = {"auto_recording_status": "not_attempted", "recording_code": "no_mailbox"}
PENDING = {"auto_recording_status": "pending"}
ACCEPTED = {"auto_recording_status": "accepted"}
VERIFIED = {"auto_recording_status": "verified"}


@pytest.mark.parametrize(
    ("slots", "word"),
    [
        ([OPTED_OUT, VERIFIED], "verified"),
        ([OPTED_OUT, PENDING, VERIFIED], "pending"),
        ([OPTED_OUT, ACCEPTED], "accepted"),
        ([OPTED_OUT, HINDERED, VERIFIED], "not_attempted"),
        ([OPTED_OUT, OPTED_OUT], "not_attempted"),
        ([], "pending"),
    ],
)
def test_what_was_opted_out_hides_nothing(slots: list[dict[str, str]], word: str) -> None:
    of = conference()
    for columns in slots:
        slot(of, **columns)
    sum_up(of)
    assert Conference.objects.get(pk=of.pk).auto_recording_status == word
