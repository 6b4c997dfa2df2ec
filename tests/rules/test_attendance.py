"""Merging reports and call records into people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conferences.rules.attendance import (
    LONGEST_KEY,
    NEVER_COUNT,
    Rank,
    Sitting,
    Stay,
    counting_sittings,
    merge,
)

START = datetime(2026, 11, 20, 10, tzinfo=UTC)


def sitting(
    key: int, rank: Rank = Rank.REPORT, start: int = 0, end: int = 60, slot=None
) -> Sitting:
    return Sitting(
        key, f"s{key}", rank, slot, START + timedelta(minutes=start), START + timedelta(minutes=end)
    )


def stay(key: int, of: int = 1, start: float = 0, end: float = 60, **who) -> Stay:
    person = {"entry_id": f"e{key}", "directory_id": None, "email": None, "label": "", **who}
    return Stay(
        key=key,
        sitting=of,
        joined_at=START + timedelta(minutes=start),
        left_at=START + timedelta(minutes=end),
        **person,
    )


def test_two_devices_of_one_person_are_one_row_and_count_once():
    [person] = merge(
        [sitting(1)],
        [stay(1, directory_id="ada", start=0, end=40), stay(2, directory_id="ADA", start=20)],
    )
    assert person.attended == timedelta(minutes=60)
    assert person.stays == (1, 2)


def test_directory_id_and_e_mail_link_one_person_across_reports():
    people = merge(
        [sitting(1), sitting(2, start=64, end=67)],
        [
            stay(1, directory_id="ada", email="ada@example.edu", end=50),
            stay(2, of=2, email="Ada@Example.edu", start=64, end=67),
        ],
    )
    assert [p.attended for p in people] == [timedelta(minutes=53)]


def test_namesakes_are_never_merged_by_name():
    people = merge([sitting(1)], [stay(1, label="Kim Park"), stay(2, label="Kim Park")])
    assert [p.name for p in people] == ["Kim Park", "Kim Park"]
    assert [p.identified_by for p in people] == ["name", "name"]


def test_intervals_of_one_entry_are_one_person():
    [guest] = merge(
        [sitting(1)],
        [
            stay(1, entry_id="guest", label="Robin", start=0, end=10),
            stay(2, entry_id="guest", label="Robin", start=20, end=35),
        ],
    )
    assert guest.attended == timedelta(minutes=25)


def test_people_known_by_long_entries_are_two_and_their_keys_can_be_stored():
    """A report's id and its record's may have 500 characters each."""
    report = replace(sitting(1), source_id="s" * 500)
    stays = [stay(key, entry_id="e" * 499 + str(key), label="Robin") for key in (1, 2)]
    one, two = [person.keys for person in merge([report], stays)]
    assert one != two
    assert {len(key) <= LONGEST_KEY for key in (*one, *two)} == {True}
    assert [person.keys for person in merge([report], stays)] == [one, two]


def test_a_key_that_can_be_stored_says_what_it_is_made_of():
    entry = "e" * (LONGEST_KEY - len("entry:s1/"))
    assert [p.keys for p in merge([sitting(1)], [stay(1, entry_id=entry)])] == [
        (f"entry:s1/{entry}",)
    ]
    assert merge([sitting(1)], [stay(1, entry_id=f"{entry}e")])[0].keys != (f"entry:s1/{entry}e",)


def test_the_same_entry_id_in_two_sittings_is_not_the_same_person():
    people = merge(
        [sitting(1), sitting(2, start=64, end=67)],
        [
            stay(1, entry_id="0", label="A"),
            stay(2, of=2, entry_id="0", label="B", start=64, end=67),
        ],
    )
    assert len(people) == 2


def test_a_report_supersedes_a_call_record_that_it_overlaps():
    sittings = [sitting(1, Rank.CALL_RECORD), sitting(2, Rank.REPORT, start=5, end=55)]
    [person] = merge(
        sittings,
        [stay(1, of=1, directory_id="ada"), stay(2, of=2, directory_id="ada", start=5, end=55)],
    )
    assert person.attended == timedelta(minutes=50)
    assert person.stays == (1, 2)
    assert person.counted == {2}


def test_a_call_record_of_another_slot_still_counts():
    sittings = [sitting(1, Rank.CALL_RECORD, slot=45), sitting(2, Rank.REPORT, slot=46)]
    assert counting_sittings(sittings) == {1, 2}


def test_a_guess_counts_only_when_accepted_and_alone():
    guess, accepted = sitting(1, Rank.GUESS), sitting(1, Rank.ACCEPTED_GUESS)
    people = [stay(1, directory_id="ada")]
    assert merge([guess], people) == []
    assert merge([accepted], people)[0].attended == timedelta(hours=1)
    assert counting_sittings([accepted, sitting(2, Rank.CALL_RECORD)]) == {2}


def test_a_half_read_report_does_not_replace_complete_call_records():
    sittings = [sitting(1, Rank.CALL_RECORD), sitting(2, Rank.INCOMPLETE)]
    assert counting_sittings(sittings) == {1}
    assert counting_sittings(sittings[1:]) == {2}


def test_what_is_not_planned_any_more_is_left_out():
    assert merge([sitting(1, Rank.ELSEWHERE)], [stay(1, directory_id="ada")]) == []


def test_the_roster_knows_that_an_id_and_an_e_mail_are_one_person():
    stays = [
        stay(1, directory_id="ada", end=30),
        stay(2, email="ada@example.edu", start=30),
    ]
    assert len(merge([sitting(1)], stays)) == 2
    [ada] = merge([sitting(1)], stays, [("ADA", "Ada@example.edu")])
    assert ada.attended == timedelta(hours=1)


def test_what_a_sitting_no_longer_holds_does_not_count():
    [ada] = merge(
        [sitting(1)],
        [stay(1, directory_id="ada", end=30), stay(2, directory_id="ada", start=30, is_gone=True)],
    )
    assert ada.attended == timedelta(minutes=30)


def test_somebody_only_in_a_superseded_source_is_shown_with_no_time():
    sittings = [sitting(1, Rank.CALL_RECORD), sitting(2, Rank.REPORT)]
    people = merge(sittings, [stay(1, of=1, directory_id="ben"), stay(2, of=2, directory_id="ada")])
    assert {p.directory_id: p.attended for p in people} == {
        "ada": timedelta(hours=1),
        "ben": timedelta(),
    }


ids = st.sampled_from(["ada", "ben", "eve", None])
emails = st.sampled_from(["ada@x.org", "ben@x.org", "eve@x.org", None])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Sitting], list[Stay]]:
    sittings = [
        sitting(key, draw(st.sampled_from(Rank)), start=(s := draw(st.integers(0, 90))), end=s + 30)
        for key in range(1, draw(st.integers(2, 5)))
    ]
    stays = []
    for key in range(draw(st.integers(0, 12))):
        who = draw(st.sampled_from(["ada", "ben", "eve"]))
        start = draw(st.integers(0, 100))
        stays.append(
            stay(
                key,
                of=draw(st.sampled_from(sittings)).key,
                start=start,
                end=start + draw(st.integers(0, 40)),
                entry_id=f"{who}-{key}",
                directory_id=who if draw(st.booleans()) else None,
                email=f"{who}@x.org" if draw(st.booleans()) else None,
                label=who,
            )
        )
    return sittings, stays


@given(worlds(), st.randoms())
def test_merge_never_depends_on_order(world, random):
    sittings, stays = world
    mixed, others = list(stays), list(sittings)
    random.shuffle(mixed)
    random.shuffle(others)
    assert merge(others, mixed) == merge(sittings, stays)


@given(worlds())
def test_every_stay_outside_guesses_belongs_to_exactly_one_person(world):
    sittings, stays = world
    guesses = {s.key for s in sittings if s.rank in NEVER_COUNT}
    held = [key for person in merge(sittings, stays) for key in person.stays]
    assert sorted(held) == sorted(s.key for s in stays if s.sitting not in guesses)


@given(worlds())
def test_exactly_one_source_counts_at_any_time(world):
    sittings, _ = world
    counting = [s for s in sittings if s.key in counting_sittings(sittings)]
    for one in counting:
        for other in counting:
            if one.starts_at <= other.ends_at and other.starts_at <= one.ends_at:
                assert one.rank == other.rank


@given(worlds())
def test_reports_after_call_records_give_the_totals_of_the_reports_alone(world):
    """A5: synced from call records first and from reports later, nobody is there twice."""
    _, stays = world
    report = sitting(1, Rank.REPORT, start=0, end=200)
    reported = [replace(s, sitting=1, email="a@x.org", directory_id="ada") for s in stays]
    called = [replace(s, key=s.key + 100, sitting=2, directory_id="ada", email=None) for s in stays]
    call_record = sitting(2, Rank.CALL_RECORD, start=0, end=200)

    def totals(people):
        return [(p.directory_id, p.attended) for p in people]

    assert totals(merge([call_record, report], called + reported)) == totals(
        merge([report], reported)
    )
