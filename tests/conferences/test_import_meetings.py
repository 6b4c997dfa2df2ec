"""import_conferences: whose time slot it is, and which remote meeting."""

import pytest

from conferences.actions.importing import ImportProblemError, import_conferences
from conferences.models import Conference, ConferenceTimeSlot
from tests.conferences.test_import import DOCUMENT, changed
from tests.feeds.artifacts import teaching

pytestmark = pytest.mark.django_db(transaction=True)

LINK = "https://teams.example.org/l/meetup-join/1"


def with_meeting(values: dict) -> dict:
    """Of the conference and of its time slot."""
    document = changed(**values)
    document["conferences"][0]["time_slots"][0].update(values)
    return document


def test_a_time_slot_stays_in_its_conference():
    import_conferences(DOCUMENT)
    ConferenceTimeSlot.objects.update(meeting_link=LINK)
    with pytest.raises(ImportProblemError) as caught:
        import_conferences(changed(id=47))
    assert caught.value.problems == [
        "conference 47, time slot 45: id=45 belongs to another conference, 46. "
        "Give another id, or none."
    ]
    slot = ConferenceTimeSlot.objects.get()
    assert (slot.conference_id, slot.meeting_link) == (46, LINK)
    assert not Conference.objects.filter(pk=47).exists()


def test_an_empty_id_or_link_is_stored_as_unknown():
    empty = dict.fromkeys(("meeting_id", "online_meeting_id", "meeting_link"), "")
    document = changed(**empty)
    document["conferences"][0]["time_slots"][0].update(empty)
    import_conferences(document)
    unknown = dict.fromkeys(empty)
    assert Conference.objects.values(*empty).get() == unknown
    assert ConferenceTimeSlot.objects.values(*empty).get() == unknown


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"meeting_link": LINK + "2"}, None),
        ({"meeting_link": ""}, None),
        ({"meeting_link": LINK}, "found"),
        ({}, "found"),
        ({"meeting_link": LINK + "2", "online_meeting_id": "found"}, "found"),
        ({"meeting_link": LINK + "2", "online_meeting_id": "other"}, "other"),
    ],
)
def test_another_link_is_looked_up_anew(values, expected):
    linked = {"meeting_link": LINK, "online_meeting_id": "found"}
    import_conferences(with_meeting(linked))
    import_conferences(with_meeting(values))
    assert Conference.objects.get().online_meeting_id == expected
    assert ConferenceTimeSlot.objects.get().online_meeting_id == expected


@pytest.mark.parametrize(
    ("values", "thread"),
    [
        ({"meeting_link": LINK + "2"}, None),
        ({"online_meeting_id": "other"}, None),
        ({"organizer_email": "somebody.else@example.edu"}, None),
        ({"organizer_email": "MARA@example.edu"}, "19:chat"),
        ({"title": "New title"}, "19:chat"),
    ],
)
def test_a_chat_stays_with_its_meeting_and_organizer(values, thread):
    """Else a colleague's chat would be opened under a name that may not."""
    linked = {"meeting_link": LINK, "online_meeting_id": "found"}
    document = with_meeting(linked)
    document["conferences"][0]["organizer_email"] = "mara@example.edu"
    import_conferences(document)
    for model in (Conference, ConferenceTimeSlot):
        model.objects.update(chat_thread_id="19:chat")
    of_meetings = {name: value for name, value in values.items() if name in linked}
    document = with_meeting(linked | of_meetings)
    organizer = values.get("organizer_email", "mara@example.edu")
    values = {"organizer_email": organizer, "roster": teaching(organizer)} | values
    document["conferences"][0] |= values
    import_conferences(document)
    assert Conference.objects.get().chat_thread_id == thread
    assert ConferenceTimeSlot.objects.get().chat_thread_id == thread
