"""Recordings of three routes: what is one, in which order, and what is only a guess."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conferences.rules.links import link_key
from conferences.rules.recordings import Filed, Listed, Part, Told, merge

T0 = datetime(2026, 11, 20, 9, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def listed(key: int, start: float, end: float, call: str | None = "c", gone: bool = False):
    return Listed(key, call, at(start), at(end), gone)


def told(key: int, when: float, minutes: float | None, call: str | None = "c", **more):
    length = None if minutes is None else timedelta(minutes=minutes)
    return Told(key, call, at(when), length, **more)


def filed(key: int, created: float, minutes: float, **more):
    return Filed(key, at(created), timedelta(minutes=minutes), **more)


def keys(parts: list[Part]) -> list[tuple[int | None, int | None, int | None]]:
    return [
        tuple(route.key if route else None for route in (p.listed, p.told, p.filed)) for p in parts
    ]


def test_three_routes_are_one_recording():
    parts = merge([listed(1, 1, 59)], [told(2, 69, 58, file=3)], [filed(3, 59, 58)])
    assert keys(parts) == [(1, 2, 3)]
    assert (parts[0].starts_at, parts[0].length) == (at(1), timedelta(minutes=58))


def test_parts_of_one_call_come_in_order():
    parts = merge([listed(2, 30, 55), listed(1, 2, 30)], [told(4, 65, 25), told(3, 40, 28)], [])
    assert keys(parts) == [(1, 3, None), (2, 4, None)]


def test_where_a_route_lost_a_part_the_length_tells_which():
    parts = merge([listed(1, 2, 30), listed(2, 30, 55)], [told(4, 65, 25)], [])
    assert keys(parts) == [(1, None, None), (2, 4, None)]


def test_different_parts_in_two_routes_stay_two():
    parts = merge([listed(2, 30, 55)], [told(1, 40, 28)], [])
    assert keys(parts) == [(None, 1, None), (2, None, None)]


def test_parts_of_one_length_are_told_apart_by_when_they_ended():
    both = [listed(1, 0, 30), listed(2, 30, 60)]
    assert keys(merge(both, [told(3, 75, 30)], [])) == [(1, None, None), (2, 3, None)]
    assert keys(merge(both, [told(3, 40, 30)], [])) == [(1, 3, None), (2, None, None)]
    late = [told(3, 70, 30), told(4, 75, 30)]
    assert keys(merge(both, late, [])) == [(1, 3, None), (2, 4, None)]


def test_a_route_that_gives_no_call_is_paired_by_time_and_length():
    parts = merge([listed(1, 0, 30, None)], [told(2, 40, 30, "c")], [])
    assert keys(parts) == [(1, 2, None)]
    parts = merge([listed(1, 0, 30, None)], [told(2, 40, 10, "c")], [])
    assert keys(parts) == [(1, None, None), (None, 2, None)]


def test_lengths_that_differ_too_much_are_two_recordings():
    parts = merge([listed(1, 0, 10), listed(2, 20, 30)], [told(3, 60, 25)], [])
    assert keys(parts) == [(1, None, None), (2, None, None), (None, 3, None)]


def test_other_calls_never_mix():
    parts = merge([listed(1, 0, 30, "a")], [told(2, 40, 30, "b")], [])
    assert keys(parts) == [(1, None, None), (None, 2, None)]


def test_what_the_chat_tells_twice_counts_once():
    twice = [told(1, 40, 30, link="x"), told(2, 41, 30, link="x")]
    assert keys(merge([], twice, [])) == [(None, 1, None)]


def test_a_file_that_nobody_names_is_no_recording():
    assert merge([], [], [filed(1, 60, 58)]) == []


def test_an_accepted_file_joins_the_part_that_it_overlaps():
    parts = merge([listed(1, 0, 58)], [], [filed(2, 59, 58, is_accepted=True)])
    assert keys(parts) == [(1, None, 2)]


def test_an_accepted_file_of_another_time_is_a_recording_of_its_own():
    parts = merge([listed(1, 0, 20)], [], [filed(2, 59, 30, is_accepted=True)])
    assert keys(parts) == [(1, None, None), (None, None, 2)]


def test_a_recording_only_the_chat_knows_is_there():
    [part] = merge([], [told(1, 65, 55)], [])
    assert not part.is_gone
    assert (part.starts_at, part.length) == (at(10), timedelta(minutes=55))


def test_what_list_and_drive_have_lost_is_gone_though_the_chat_names_it():
    parts = merge(
        [listed(1, 0, 30, gone=True)], [told(2, 40, 30, file=3)], [filed(3, 30, 30, is_gone=True)]
    )
    assert [part.is_gone for part in parts] == [True]


def test_an_expired_file_that_the_list_still_has_is_there():
    [part] = merge([listed(1, 0, 30)], [told(2, 40, 30, is_lost=True)], [])
    assert not part.is_gone


def test_a_link_that_leads_nowhere_is_no_recording_any_more():
    [part] = merge([], [told(1, 40, 30, is_lost=True)], [])
    assert part.is_gone


minutes = st.integers(0, 300)
calls = st.sampled_from(["a", "b", None])
lists = st.lists(st.tuples(minutes, st.integers(0, 120), calls, st.booleans()), max_size=5)
words = st.lists(
    st.tuples(minutes, st.none() | st.integers(0, 120), calls, st.none() | st.integers(0, 3)),
    max_size=5,
)
videos = st.lists(st.tuples(minutes, st.integers(0, 120), st.booleans()), max_size=4)


@given(lists, words, videos, st.randoms())
def test_every_source_has_one_place_whatever_the_order(lists, words, videos, random):
    rows = [listed(n, s, s + d, c, g) for n, (s, d, c, g) in enumerate(lists)]
    messages = [told(n, w, d, c, file=f) for n, (w, d, c, f) in enumerate(words)]
    files = [filed(n, c, d, is_accepted=a) for n, (c, d, a) in enumerate(videos)]
    parts = merge(rows, messages, files)
    routes = list(zip(*keys(parts), strict=True)) or [(), (), ()]
    placed = [[key for key in of_route if key is not None] for of_route in routes]
    assert sorted(placed[0]) == list(range(len(rows)))
    assert len(set(placed[1])) == len(placed[1])
    assert len(set(placed[2])) == len(placed[2])
    named = {m.file for m in messages}
    for file in files:
        assert (file.key in placed[2]) == (file.key in named or file.is_accepted)
    starts = [part.starts_at for part in parts]
    assert starts == sorted(starts)
    for part in parts:
        if part.listed and part.told:
            assert None in (calls := {part.listed.call_id, part.told.call_id}) or len(calls) == 1
    for mixed in (rows, messages, files):
        random.shuffle(mixed)
    assert keys(merge(rows, messages, files)) == keys(parts)


def test_spellings_of_a_link_are_one():
    one = link_key("https://example.sharepoint.com/Shared%20Documents/A.mp4?web=1")
    assert one == link_key("https://EXAMPLE.sharepoint.com/Shared Documents/a.mp4")
    assert one != link_key("https://example.sharepoint.com/Shared%20Documents/B.mp4")
    assert len(link_key("https://[broken")) == 64
