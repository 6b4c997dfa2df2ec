"""conferences.rules.arranging: whatever fails, it ends; what is left is done in the end."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from conferences.rules.arranging import MeetingState, Step, next_step
from conferences.rules.recording import WORST_FIRST, worst_of

states = st.builds(
    MeetingState,
    is_cancelled=st.booleans(),
    is_over=st.booleans(),
    wants_meeting=st.booleans(),
    was_asked_for=st.booleans(),
    has_event=st.booleans(),
    has_link=st.booleans(),
    has_id=st.booleans(),
    is_stale=st.booleans(),
    is_recording_settled=st.booleans(),
    retired_events=st.integers(0, 2),
)

# What a step leaves behind when it went well.
WELL: dict[Step, Callable[[MeetingState], MeetingState]] = {
    Step.CREATE: lambda m: replace(m, was_asked_for=True, has_event=True, has_link=True),
    Step.READ_LINK: lambda m: replace(m, has_link=True),
    Step.MOVE: lambda m: replace(m, is_stale=False),
    Step.REMOVE: lambda m: replace(m, is_stale=False),
    Step.FIND: lambda m: replace(m, has_id=True),
    Step.RECORD: lambda m: replace(m, is_recording_settled=True),
    Step.REMOVE_RETIRED: lambda m: replace(m, retired_events=0),
}


def follow(meeting: MeetingState, hindered: set[Step]) -> tuple[MeetingState, list[Step]]:
    taken: list[Step] = []
    failed: set[Step] = set()
    while step := next_step(meeting, failed):
        taken.append(step)
        if step in hindered:
            failed.add(step)
        else:
            meeting = WELL[step](meeting)
        assert len(taken) <= len(Step), f"no end: {taken}"
    return meeting, taken


@given(states, st.sets(st.sampled_from(Step)))
def test_it_ends_and_takes_no_step_twice(meeting: MeetingState, hindered: set[Step]) -> None:
    _end, taken = follow(meeting, hindered)
    assert len(set(taken)) == len(taken)


@given(states, st.sets(st.sampled_from(Step)))
def test_what_was_hindered_is_done_the_next_time(
    meeting: MeetingState, hindered: set[Step]
) -> None:
    straight, _ = follow(meeting, set())
    halfway, _ = follow(meeting, hindered)
    assert follow(halfway, set())[0] == straight


@given(states)
def test_a_planned_meeting_ends_with_link_id_and_recording(meeting: MeetingState) -> None:
    wanted = replace(meeting, is_cancelled=False, is_over=False, wants_meeting=True)
    end, _ = follow(wanted, set())
    assert end.has_link
    assert end.has_id
    assert end.is_recording_settled
    assert end.retired_events == 0
    assert not (end.has_event and end.is_stale)


@given(states)
def test_a_cancelled_one_leaves_no_event_and_gets_none(meeting: MeetingState) -> None:
    cancelled = replace(meeting, is_cancelled=True, is_stale=True)
    end, taken = follow(cancelled, set())
    assert not (end.has_event and end.is_stale)
    assert not {Step.FIND, Step.RECORD, Step.MOVE, Step.READ_LINK} & set(taken)
    if not meeting.was_asked_for:
        assert Step.CREATE not in taken


@given(states)
def test_nothing_is_made_for_a_meeting_that_is_over(meeting: MeetingState) -> None:
    _end, taken = follow(replace(meeting, is_over=True, is_cancelled=False), set())
    assert Step.CREATE not in taken


def test_an_event_without_a_meeting_is_looked_at_again_only_the_next_time() -> None:
    made = MeetingState(wants_meeting=True, was_asked_for=True, has_event=True)
    assert next_step(made, {Step.CREATE}) is None
    assert next_step(made) is Step.READ_LINK


def test_what_is_fine_is_looked_at_only_when_asked() -> None:
    fine = MeetingState(has_link=True, has_id=True, is_recording_settled=True)
    assert next_step(fine) is None
    assert next_step(fine, checks_recording=True) is Step.RECORD


@given(st.lists(st.sampled_from(WORST_FIRST), min_size=1))
def test_the_worst_of_several(statuses: list[str]) -> None:
    worst = worst_of(statuses)
    assert worst in statuses
    assert all(WORST_FIRST.index(worst) <= WORST_FIRST.index(one) for one in statuses)


def test_of_no_meeting_nothing_is_known_yet() -> None:
    assert worst_of([]) == "pending"


@given(st.lists(st.sampled_from(WORST_FIRST), min_size=1), st.integers(0, 3))
def test_what_was_opted_out_asks_for_nothing(statuses: list[str], opted_out: int) -> None:
    assert worst_of(statuses, opted_out=opted_out) == worst_of(statuses)
    assert worst_of([], opted_out=opted_out + 1) == "not_attempted"


@given(states)
def test_a_link_of_a_platform_that_cannot_be_asked_is_only_kept(meeting: MeetingState) -> None:
    _end, taken = follow(replace(meeting, is_served=False, is_cancelled=False), set())
    assert not {Step.FIND, Step.RECORD} & set(taken)
