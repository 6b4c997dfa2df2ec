"""The roster's pages: a thousand people, one more, another role, a file."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Act, AuditEntry, User
from conferences.models import Conference, Membership
from conferences.models.membership import Role
from tests.input.filled import fields_of
from tests.input.fuzzing import examples
from tests.input.values import EVERY, texts
from tests.pages import making
from tests.pages.reading import html, part, words

pytestmark = pytest.mark.django_db

Asserts = Callable[..., AbstractContextManager[object]]
MEMBER = '<tr class="member">'


@pytest.fixture
def conference(mara: User, noor: User) -> Conference:
    return making.conference(mara, noor)


def people(conference: Conference, count: int) -> None:
    Membership.objects.bulk_create(
        Membership(conference=conference, name=f"P {n:04}", email=f"p{n}@example.edu")
        for n in range(count)
    )


def place(conference: Conference, name: str = "roster", *keys: int) -> str:
    return reverse(name, args=[conference.pk, *keys])


def acts() -> list[tuple[str, dict[str, Any]]]:
    entries = AuditEntry.objects.exclude(act__in=[Act.LOOKED, Act.LOGGED_IN])
    return list(entries.order_by("pk").values_list("act", "details"))


@pytest.mark.parametrize("count", [1, 30])
def test_queries(
    as_mara: Client, mara: User, count: int, django_assert_num_queries: Asserts
) -> None:
    conference = making.conference(mara)
    people(conference, count)
    # session and user (2), it, may they, how many match, by role, the page, the look (2)
    with django_assert_num_queries(9):
        page = html(as_mara, place(conference))
    assert page.count(MEMBER) == count + 1


def test_a_thousand_people(as_mara: Client, conference: Conference) -> None:
    people(conference, 1000)
    page = html(as_mara, place(conference))
    assert page.count(MEMBER) == 50
    assert "1 instructor, 1001 learners" in words(page)
    assert "1–50 of 1002" in words(page)
    found = html(as_mara, f"{place(conference)}?q=p+099&role=learner")
    assert found.count(MEMBER) == 10
    assert html(as_mara, f"{place(conference)}?role=instructor").count(MEMBER) == 1
    assert "Nobody matches" in html(as_mara, f"{place(conference)}?q=zebra")


def test_one_more(as_mara: Client, conference: Conference) -> None:
    una = making.account("una.okafor@example.edu")
    form = {"name": "Una", "email": "UNA.okafor@example.edu", "role": "learner"}
    assert as_mara.post(place(conference), form)["Location"] == place(conference)
    assert "Una is on the roster now." in words(html(as_mara, place(conference)))
    assert conference.roster.get(name="Una").user == una
    again = as_mara.post(place(conference), form)
    assert again.status_code == 400
    said = words(again.content.decode())
    assert "UNA.okafor@example.edu is on the roster already." in said
    assert 'value="Una"' in again.content.decode()
    added = {"member": "UNA.okafor@example.edu", "role": "learner"}
    assert acts() == [(Act.ADDED_MEMBER, added)]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Type a name."),
        ({"email": "una"}, "This is no e-mail address."),
        ({"role": "boss"}, "“boss” is no role."),
        ({"name": "=1+1"}, "“=1+1” begins like a formula of a spreadsheet."),
    ],
)
def test_somebody_wrong(
    as_mara: Client, conference: Conference, typed: dict[str, str], told: str
) -> None:
    form = {"name": "Una", "email": "una@example.edu", "role": "learner", "directory_id": "7a1"}
    answer = as_mara.post(place(conference), form | typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in words(page)
    assert 'value="7a1"' in page
    assert conference.roster.count() == 2


def test_another_role_and_out(as_mara: Client, noor: User, conference: Conference) -> None:
    member = conference.roster.get(user=noor)
    address = place(conference, "roster_member", member.pk)
    for decision in ("instructor", "instructor", "learner", "remove"):
        back = as_mara.post(f"{address}?q=noor&page=1", {"decision": decision})
        assert back["Location"] == f"{place(conference)}?q=noor&page=1"
    assert as_mara.post(address, {"decision": "remove"}).status_code == 404
    assert conference.roster.count() == 1
    email = {"member": noor.email}
    assert acts() == [
        (Act.CHANGED_MEMBER, {**email, "role": "instructor"}),
        (Act.CHANGED_MEMBER, {**email, "role": "learner"}),
        (Act.REMOVED_MEMBER, email),
    ]


def test_the_organizer_stays(as_mara: Client, mara: User, conference: Conference) -> None:
    address = place(conference, "roster_member", conference.roster.get(user=mara).pk)
    for decision in ("learner", "remove"):
        as_mara.post(address, {"decision": decision})
        said = words(html(as_mara, place(conference)))
        assert "organizes this conference and has to teach it" in said
    assert conference.roster.get(user=mara).role == Role.INSTRUCTOR


@pytest.mark.parametrize(("decision", "leads_to"), [("remove", "list"), ("learner", "page")])
def test_who_leaves_is_led_where_they_may_be(
    as_mara: Client, mara: User, noor: User, decision: str, leads_to: str
) -> None:
    conference = making.conference(mara, organizer_email=noor.email)
    Membership.objects.create(
        conference=conference, name="N", email=noor.email, role=Role.INSTRUCTOR
    )
    own = conference.roster.get(user=mara)
    answer = as_mara.post(place(conference, "roster_member", own.pk), {"decision": decision})
    expected = {"list": "/conferences/", "page": conference.get_absolute_url()}
    assert answer["Location"] == expected[leads_to]


def uploaded(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("people.csv", content, "text/csv")}


def test_a_file_is_looked_at_and_then_taken_over(as_mara: Client, conference: Conference) -> None:
    address = place(conference, "roster_file")
    content = '\ufeffname;email\r\n"Una\nOkafor";una@example.edu\r\nNoor H.;noor.haddad@example.edu'
    page = as_mara.post(address, uploaded(content.encode())).content.decode()
    assert "name: Noor Haddad → Noor H." in words(page)
    assert conference.roster.count() == 2
    form = fields_of(page.replace('<form class="form-actions"', '<form id="seen"'), "seen")
    assert as_mara.post(address, {**form, "confirm": "1"})["Location"] == place(conference)
    said = words(html(as_mara, place(conference)))
    assert "Imported: 1 added, 1 changed. Nobody was removed." in said
    assert conference.roster.get(email="una@example.edu").name == "Una Okafor"
    assert acts() == [(Act.IMPORTED_ROSTER, {"added": 1, "changed": 1})]

    conference.roster.filter(email="una@example.edu").delete()  # somebody else's doing
    again = as_mara.post(address, {**form, "confirm": "1"}).content.decode()
    assert "Somebody has changed the roster meanwhile" in words(again)
    assert conference.roster.count() == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty. Choose another one."),
        (b"name,email\nJ\xf6rg,j@example.edu", "Line 2 is not in UTF-8."),
        (b"name,email\n" + b"x" * 2_097_152, "The file is larger than 2 MiB."),
        (b"name,email\nUna,una", "is no e-mail address."),
        (b"name,email\n<script>,u@example.edu,x", "More cells than the first line has."),
    ],
)
def test_a_wrong_file(as_mara: Client, conference: Conference, content: bytes, told: str) -> None:
    answer = as_mara.post(place(conference, "roster_file"), uploaded(content))
    assert told in words(part(answer.content.decode(), "<main", "</main>"))
    assert "<script>" not in part(answer.content.decode(), "<main", "</main>")
    assert conference.roster.count() == 2


def test_no_file_at_all(as_mara: Client, conference: Conference) -> None:
    address = place(conference, "roster_file")
    for form in ({}, {"confirm": "1"}, {"confirm": "1", "text": "x"}, {"file": "x"}):
        answer = as_mara.post(address, form)
        assert answer.status_code == 400
        assert "Choose a file." in words(answer.content.decode())


def test_odd_files_and_people(as_mara: Client, conference: Conference) -> None:
    """Never a fault of ours, and nobody is lost."""
    before = set(conference.roster.values_list("email", flat=True))
    cells = st.one_of(texts, st.sampled_from(EVERY)).map(lambda text: text[:300])

    @examples(60)
    @given(rows=st.lists(st.lists(cells, max_size=5), max_size=4), end=st.binary(max_size=5))
    def send(rows: list[list[str]], end: bytes) -> None:
        lines = ["name,email,role,directory_id", *(",".join(row) for row in rows)]
        content = "\n".join(lines).encode("utf-8", "surrogatepass") + end
        answer = as_mara.post(place(conference, "roster_file"), uploaded(content))
        assert answer.status_code in {200, 400}
        page = answer.content.decode()
        form = fields_of(page.replace('<form class="form-actions"', '<form id="seen"'), "seen")
        if form:
            as_mara.post(place(conference, "roster_file"), {**form, "confirm": "1"})
        typed = dict(zip(("name", "email", "directory_id"), rows[0] if rows else [], strict=False))
        as_mara.post(place(conference), {"role": "learner", **typed})

    send()
    assert before <= set(conference.roster.values_list("email", flat=True))


def test_an_import_gives_no_rights_elsewhere(as_mara: Client, conference: Conference) -> None:
    """Whoever is in the file belongs to this conference, and to no other."""
    other = making.conference(title="Another")
    address = place(other, "roster_file")
    assert as_mara.post(address, uploaded(b"name,email\nUna,una@example.edu")).status_code == 404
    assert not other.roster.exists()
