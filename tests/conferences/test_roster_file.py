"""A roster from a file: what it would do, what is wrong with it, and all of it or nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from conferences.actions.bookings import book_seat
from conferences.actions.roster import add_member
from conferences.actions.roster_file import (
    RosterChangedError,
    RosterPlan,
    import_roster,
    plan_import,
)
from conferences.actions.roster_rows import LARGEST, MOST_ROWS, decode
from conferences.models import Conference, Membership
from conferences.models.membership import Role
from tests.pages import making

pytestmark = pytest.mark.django_db

HEADER = "name,email,role,directory_id\n"
FIRST_LINE = "The first line has to name the columns: name,email,role,directory_id"


@pytest.fixture
def mara(db: None) -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def conference(mara: User) -> Conference:
    return making.conference(mara, making.account("noor.haddad@example.edu"))


def problems(plan: RosterPlan) -> list[tuple[int, str, str, str]]:
    return [(one.line, one.column, one.value, str(one.remedy)) for one in plan.problems]


def stored(conference: Conference) -> list[tuple[str, str, str, str | None]]:
    columns = ("email", "name", "role", "directory_id")
    return list(conference.roster.order_by("email").values_list(*columns))


def test_people_are_added_and_changed_and_nobody_is_removed(conference: Conference) -> None:
    una = making.account("una.okafor@example.edu")
    text = HEADER + (
        "Una Okafor,UNA.okafor@example.edu,,7a1\n"
        '"Haddad, Noor",NOOR.HADDAD@example.edu,learner,\n'
        "Mara Lindqvist,mara.lindqvist@example.edu,instructor,\n"
    )
    plan = plan_import(conference, text)
    assert problems(plan) == []
    assert [one.email for one in plan.added] == ["UNA.okafor@example.edu"]
    assert [(one.name, old) for one, old in plan.changed] == [
        ("Haddad, Noor", {"name": "Noor Haddad"})
    ]
    assert plan.unchanged == 1
    assert len(stored(conference)) == 2  # looked at only

    import_roster(conference, text, plan.digest)

    assert stored(conference) == [
        ("UNA.okafor@example.edu", "Una Okafor", "learner", "7a1"),
        ("mara.lindqvist@example.edu", "Mara Lindqvist", "instructor", None),
        ("noor.haddad@example.edu", "Haddad, Noor", "learner", None),
    ]
    assert conference.roster.get(name="Una Okafor").user == una
    again = plan_import(conference, text)
    assert (again.added, again.changed, again.unchanged) == ([], [], 3)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffname;email;role\nUna;una@example.edu;Instructor\n",
        "Email , NAME\r\nuna@example.edu,Una\r\n",
        '"name","email"\r\n\r\n,\r\n"Una","una@example.edu"',
        "email;name;directory_id\rUna@example.edu;Una;\r",
    ],
)
def test_ways_to_write_it(conference: Conference, text: str) -> None:
    plan = plan_import(conference, text)
    assert problems(plan) == []
    assert [one.name for one in plan.added] == ["Una"]


WRONG = {
    "": (1, "name", "", FIRST_LINE),
    "\n \n": (1, "name", "", FIRST_LINE),
    "Una,una@example.edu,learner": (
        *(1, "una", ""),
        "is no column of a roster. Use name, email, role and directory_id.",
    ),
    "name,role\nUna,learner": (
        *(1, "email", ""),
        FIRST_LINE,
    ),
    "name,email,name\n": (
        *(1, "name", ""),
        "is there more than once. Keep one of these columns.",
    ),
    HEADER: (
        *(0, "", ""),
        "There is nobody in the file: only its first line. Add a line for each person.",
    ),
    f"{HEADER}Una,una@example,,": (
        *(2, "email", "una@example"),
        "is no e-mail address. Write it as in noor.haddad@example.edu.",
    ),
    f"{HEADER},una@example.edu,,": (
        *(2, "name", ""),
        "is empty. Each person needs a name and an e-mail address.",
    ),
    f"{HEADER}Una,una@example.edu,boss,": (
        *(2, "role", "boss"),
        "is no role. Write instructor or learner.",
    ),
    f"{HEADER}=1+1,una@example.edu,,": (
        *(2, "name", "=1+1"),
        "begins like a formula of a spreadsheet. Write it without the sign at its beginning.",
    ),
    f"{HEADER}Una,@una@example.edu,,": (
        *(2, "email", "@una@example.edu"),
        "begins like a formula of a spreadsheet. Write it without the sign at its beginning.",
    ),
    f"{HEADER}Una,una@example.edu,,\nUna,UNA@example.edu,,": (
        *(3, "email", "UNA@example.edu"),
        "is in line 2 already. Keep one line for each person.",
    ),
    f"{HEADER}Una,una@example.edu,,a1\nOmar,omar@example.edu,,A1": (
        *(3, "directory_id", "A1"),
        "is in line 2 already. Keep one line for each person.",
    ),
    f"{HEADER}U\0na,una@example.edu,,": (
        *(2, "", "NUL"),
        "is a character that cannot be stored. Remove it.",
    ),
    f'{HEADER}"Una,una@example.edu,,': (
        *(2, "", ""),
        "This line cannot be read. Put text with a comma or a quotation mark in “quotes”, and "
        "write a quotation mark within it twice.",
    ),
    f"{HEADER}Una,una@example.edu,,,x": (
        *(2, "", "x"),
        "More cells than the first line has. Put text with a comma in “quotes”.",
    ),
    f"{HEADER}Mara Lindqvist,mara.lindqvist@example.edu,learner,": (
        *(2, "role", "learner"),
        "This is the organizer, who has to teach it. Keep the role instructor.",
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_with_line_value_and_remedy(
    conference: Conference, text: str
) -> None:
    before = stored(conference)
    plan = plan_import(conference, text)
    assert problems(plan)[0] == WRONG[text]
    with pytest.raises(RosterChangedError):
        import_roster(conference, text, plan.digest)
    assert stored(conference) == before


def test_one_wrong_line_keeps_all_others_out(conference: Conference) -> None:
    text = HEADER + "Una,una@example.edu,,\nOmar,omar,,\n" + f"{'x' * 201},i@example.edu,,\n"
    plan = plan_import(conference, text)
    assert [(line, column) for line, column, *_ in problems(plan)] == [(3, "email"), (4, "name")]
    assert all(len(value) <= 80 for _, _, value, _ in problems(plan))


def test_a_directory_id_is_one_persons(conference: Conference) -> None:
    conference.roster.filter(name="Noor Haddad").update(directory_id="a1")
    plan = plan_import(conference, f"{HEADER}Una,una@example.edu,,A1")
    assert problems(plan) == [
        (
            *(0, "directory_id", "A1"),
            "belongs to noor.haddad@example.edu already. Correct one of the two.",
        )
    ]


def test_somebody_has_to_teach(conference: Conference, mara: User) -> None:
    Conference.objects.filter(pk=conference.pk).update(organizer_allowed_by=mara)
    conference.refresh_from_db()
    plan = plan_import(conference, f"{HEADER}Mara,{mara.email},learner,")
    told = "Nobody would teach any more. Keep one person with the role instructor."
    assert problems(plan) == [(0, "role", "", told)]


def test_the_preview_is_what_is_done(conference: Conference) -> None:
    text = f"{HEADER}Una,una@example.edu,,"
    plan = plan_import(conference, text)
    add_member(conference, {"name": "Una", "email": "una@example.edu", "role": Role.INSTRUCTOR})
    before = stored(conference)
    with pytest.raises(RosterChangedError):
        import_roster(conference, text, plan.digest)
    assert stored(conference) == before


def test_who_teaches_from_now_on_gives_their_seats_back(conference: Conference) -> None:
    starts_at = timezone.now() + timedelta(days=1)
    slot = conference.time_slots.create(
        starts_at=starts_at, ends_at=starts_at + making.HOUR, capacity=1
    )
    book_seat(slot, Membership.objects.get(name="Noor Haddad"), timezone.now())
    text = f"{HEADER}Noor Haddad,noor.haddad@example.edu,instructor,"
    import_roster(conference, text, plan_import(conference, text).digest)
    slot.refresh_from_db()
    assert (slot.booked, slot.bookings.count()) == (0, 0)


def test_five_thousand_people(conference: Conference) -> None:
    rows = [f"Person {number},person.{number}@example.edu,,id-{number}" for number in range(5001)]
    text = HEADER + "\n".join(rows[:MOST_ROWS])
    import_roster(conference, text, plan_import(conference, text).digest)
    assert conference.roster.count() == MOST_ROWS + 2
    told = "A file holds at most 5,000 rows. Divide it into several."
    assert problems(plan_import(conference, HEADER + "\n".join(rows))) == [(5002, "", "", told)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b"name,email\nJ\xf6rg,joerg@example.edu",
            "Line 2 is not in UTF-8. Save the file as “CSV UTF-8” and choose it again.",
        ),
        (
            "name,email".encode("utf-16"),
            "Line 1 is not in UTF-8. Save the file as “CSV UTF-8” and choose it again.",
        ),
        (
            b"x" * (LARGEST + 1),
            "The file is larger than 2 MiB. Divide it into several, each with the first line.",
        ),
    ],
    ids=["latin", "utf-16", "large"],
)
def test_a_file_that_is_no_text_in_utf_8(content: bytes, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        decode(content)
    assert refused.value.messages == [told]
