"""Finding a meeting's id and its chat, and whom Graph lets us know them of."""

from dataclasses import replace

from platforms.errors import NotFoundError, PermissionRefusedError
from platforms.reasons import ReasonCode

MEETINGS = "/onlineMeetings"


def test_a_link_leads_to_the_meeting_and_its_chat(demo):
    meeting = demo.meeting(46)
    assert meeting.meeting_id
    assert meeting.thread_id.endswith("@thread.v2")
    assert (meeting.post_id, meeting.team_id) == (None, None)
    assert meeting.join_urls[0] == demo.ref(46).join_url


def test_a_channels_meeting_has_a_post_and_the_team_that_we_know(demo):
    [channel] = demo.sandbox.call("GET", "channels")["channels"]
    ref = replace(demo.ref(93), team_id=channel["team_id"])
    meeting = demo.resolve(ref).meeting
    assert (meeting.thread_id, meeting.team_id) == (channel["channel_id"], channel["team_id"])
    assert meeting.post_id.isdecimal()


def test_a_known_id_is_asked_for_the_chat_once(demo):
    known = demo.meeting(86)
    ref = replace(demo.ref(86), organizer_id=known.organizer_id, meeting_id=known.meeting_id)
    demo.sandbox.forget_requests()
    found = demo.resolve(ref)
    assert (found.meeting.thread_id, found.id_failure) == (known.thread_id, None)
    [asked] = demo.sandbox.requests_seen(MEETINGS)
    assert asked["query"] == ""
    again = demo.resolve(replace(ref, thread_id=known.thread_id))
    assert again.meeting == replace(known, join_urls=(ref.join_url,), records_itself=None)
    assert len(demo.sandbox.requests_seen(MEETINGS)) == 1


def test_an_id_without_a_link_brings_chat_and_link(demo):
    known = demo.meeting(86)
    ref = replace(demo.ref(86), meeting_id=known.meeting_id, join_url=None)
    found = demo.resolve(ref).meeting
    assert found.thread_id == known.thread_id
    assert found.join_urls == (known.join_urls[-1],)


def test_what_an_earlier_reading_found_is_not_forgotten(demo):
    ref = replace(demo.ref(46), thread_id="19:x@thread.v2", post_id="1", team_id="t")
    demo.sandbox.script(path=MEETINGS, json={"value": []})
    found = demo.resolve(ref)
    assert isinstance(found.id_failure, NotFoundError)
    assert found.id_failure.reason is ReasonCode.MEETING_NOT_FOUND
    meeting = found.meeting
    assert (meeting.thread_id, meeting.post_id, meeting.team_id) == ("19:x@thread.v2", "1", "t")


def test_a_known_id_stays_good_where_its_chat_is_not_told(demo):
    known = demo.meeting(86)
    ref = replace(demo.ref(86), meeting_id=known.meeting_id)
    for status in (404, 403):
        demo.sandbox.script(path=MEETINGS, status=status, times=1)
        found = demo.resolve(ref)
        assert (found.meeting.meeting_id, found.meeting.thread_id) == (known.meeting_id, None)
        assert found.id_failure is None


def test_a_colleagues_link_and_a_colleagues_id_are_refused(demo):
    theirs = demo.meeting(91)
    pasted = replace(demo.ref(46), join_url=demo.ref(91).join_url)
    for ref in (pasted, replace(pasted, meeting_id=theirs.meeting_id)):
        found = demo.resolve(ref)
        assert isinstance(found.id_failure, PermissionRefusedError)
        assert found.id_failure.reason is ReasonCode.ORGANIZER_DIFFERS
        assert found.meeting.thread_id is None


def test_the_organizer_whom_graph_names_counts(demo):
    known = demo.meeting(86)
    identity = {"user": {"id": "00000000-0000-4000-8000-000000000001"}}
    theirs = {"id": known.meeting_id, "participants": {"organizer": {"identity": identity}}}
    demo.sandbox.script(path=MEETINGS, json=theirs)
    found = demo.resolve(replace(demo.ref(86), meeting_id=known.meeting_id))
    assert found.id_failure.reason is ReasonCode.ORGANIZER_DIFFERS
