"""A video that may be this meeting's: learners hear of it when an instructor has decided twice."""

import pytest

from conferences.models import DriveFile, Recording
from tests.access.addresses import path
from tests.access.asking import ask
from tests.access.test_fields import FILE, PUBLISH
from tests.access.world import World

pytestmark = pytest.mark.django_db

PAGE, NAME = "/conferences/<pk>/", "glacier waiting.mp4"


@pytest.fixture(autouse=True)
def only_the_guess(world: World) -> None:
    """Found by its name and its time alone, in the folder of the organizer."""
    Recording.objects.all().delete()


def seen_by(world: World, role: str) -> bool:
    answer = world.client(role).get(path(PAGE, world.ours), {"tab": "recordings"})
    assert answer.status_code == 200
    return NAME in answer.content.decode()


def decide(world: World, route: str, form: dict[str, str], **values: object) -> int:
    address = path(route, {**world.ours, **values})
    return world.client("instructor").post(address, form).status_code


def test_until_it_is_accepted_only_those_who_teach_see_it(world: World) -> None:
    assert seen_by(world, "instructor")
    assert not seen_by(world, "learner")


def test_accepted_it_counts_and_is_still_hidden(world: World) -> None:
    assert decide(world, FILE, {"decision": "accept"}) == 302
    recording = Recording.objects.get(file=world.ours["file_pk"])
    assert (recording.is_planned, recording.published_at) == (True, None)
    assert not seen_by(world, "learner")


def test_published_it_is_told_without_its_address(world: World) -> None:
    decide(world, FILE, {"decision": "accept"})
    recording = Recording.objects.get(file=world.ours["file_pk"])
    assert decide(world, PUBLISH, {"publish": "1"}, recording_pk=recording.pk) == 302
    assert seen_by(world, "learner")
    assert "sharepoint" not in ask(world, "learner", "GET", PAGE).said


def test_taken_back_it_is_gone_although_it_was_published(world: World) -> None:
    decide(world, FILE, {"decision": "accept"})
    recording = Recording.objects.get(file=world.ours["file_pk"])
    decide(world, PUBLISH, {"publish": "1"}, recording_pk=recording.pk)
    assert decide(world, FILE, {"decision": "take_back"}) == 302
    assert not seen_by(world, "learner")
    assert DriveFile.objects.get(pk=world.ours["file_pk"]).accepted_at is None


def test_nobody_publishes_what_nobody_accepted(world: World) -> None:
    """There is no recording to publish, and the file's own key is none."""
    assert decide(world, PUBLISH, {"publish": "1"}, recording_pk=world.ours["file_pk"]) == 404
