"""Videos that may be recordings of a meeting: an instructor says whether they are."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conferences.models import Recording
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import results, words
from tests.pages.test_recordings_tab import tab

pytestmark = pytest.mark.django_db


def test_videos_that_may_belong_are_accepted_and_taken_back(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    file = artifacts.video(conference, name="Reading group.mp4")
    page = tab(as_mara, conference)
    assert (
        "These videos lie in the organizer's folder and were made about the planned time; "
        "no other route names them. They count only if you accept them."
    ) in words(page)
    assert "Reading group.mp4 March 10, 2026, 10:01 0:59:00 not counted Accept" in words(page)
    assert page.count('<tr class="recording">') == 0

    decide = reverse("decide_file", args=[conference.pk, file.pk])
    assert f'action="{decide}"' in page
    after = results(as_mara.post(decide, {"decision": "accept"}, follow=True).content.decode())
    assert "Accepted: the video counts as a recording of this meeting." in words(after)
    assert "A video from the organizer's folder, accepted by Mara Lindqvist at" in words(after)
    assert "These videos lie" not in words(after)
    assert after.count('<tr class="recording">') == 1
    assert "Take back" in words(after)
    recording = Recording.objects.get()
    assert (recording.file_id, recording.is_planned) == (file.pk, True)

    after = results(as_mara.post(decide, {"decision": "take_back"}, follow=True).content.decode())
    assert "Taken back:" in words(after)
    assert "These videos lie" in words(after)
    assert after.count('<tr class="recording">') == 0


def test_a_video_that_is_a_recording_already_is_no_guess(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.recording(conference, file=artifacts.video(conference))
    elsewhere = artifacts.video(conference, is_in_folder=False)
    assert "These videos lie" not in words(tab(as_mara, conference))
    decide = reverse("decide_file", args=[conference.pk, elsewhere.pk])
    assert as_mara.post(decide, {"decision": "accept"}).status_code == 404
