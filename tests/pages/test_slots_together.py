"""What a run came to, where a conference has several time slots."""

import pytest
from django.test import Client

from accounts.models import User
from conferences.models import Conference
from syncing.outcomes import Outcome
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html, panel, part, words
from tests.pages.test_tabs import tab

pytestmark = pytest.mark.django_db


def slotted(teacher: User, count: int) -> tuple[Conference, list[int]]:
    conference = making.conference(teacher, use_time_slots=True)
    hours = [making.START + hour * making.HOUR for hour in range(count)]
    slots = [
        conference.time_slots.create(starts_at=at, ends_at=at + making.HOUR).pk for at in hours
    ]
    return conference, slots


def test_slots_that_came_to_the_same_are_told_together(as_mara: Client, mara: User) -> None:
    conference, slots = slotted(mara, 6)
    run = making.run(conference, operations=["chat"])
    for number, slot in enumerate(slots):
        if number == 2:
            making.step(run, Outcome.SUCCEEDED, operation="chat", slot=slot, created=4)
        else:
            making.step(run, operation="chat", slot=slot, reason_code="nobody_wrote")
    said = words(panel(html(as_mara, conference)))
    assert said.count("Nobody wrote in the chat during the meeting") == 1
    assert (
        "Chat 4 items · 4 new no data March 10, 2026, 10:00 · March 10, 2026, 11:00 · "
        "March 10, 2026, 13:00 · March 10, 2026, 14:00 and 1 more"
        "Nobody wrote in the chat during the meeting. There is nothing to do. "
        "succeeded March 10, 2026, 12:00"
    ) in said
    history = words(tab(as_mara, conference, "history"))
    assert "chat: no data (March 10, 2026, 10:00 · March 10, 2026, 11:00" in history
    assert "; succeeded (March 10, 2026, 12:00) – 4 items · 4 new" in history


def test_slots_that_all_came_to_the_same_are_a_number(as_mara: Client, mara: User) -> None:
    conference, slots = slotted(mara, 3)
    run = making.run(conference, operations=["chat"])
    for slot in slots:
        making.step(run, Outcome.SUCCEEDED, operation="chat", slot=slot, created=2, source="chat")
    said = words(panel(html(as_mara, conference)))
    assert "Chat succeeded 6 items · 6 new from the chat 3 time slots" in said
    assert "chat: succeeded – 6 items · 6 new" in words(tab(as_mara, conference, "history"))


def test_a_part_of_which_one_slot_has_trouble_is_retried_once(as_mara: Client, mara: User) -> None:
    conference, slots = slotted(mara, 2)
    run = making.run(conference, operations=["chat"])
    making.step(run, Outcome.SUCCEEDED, operation="chat", slot=slots[0], created=1)
    making.step(run, Outcome.FAILED, operation="chat", slot=slots[1], reason_code="chat_unknown")
    artifacts.message(conference)
    page = html(as_mara, f"{conference.get_absolute_url()}?tab=chat")
    assert words(panel(page)).count("Retry this part") == 1
    notice = words(part(page, '<div class="notice warning trouble">', "</form>"))
    assert "March 10, 2026, 11:00 The meeting's chat could not be found." in notice
    assert "10:00" not in notice
