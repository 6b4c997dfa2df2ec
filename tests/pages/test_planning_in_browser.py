"""A conference is planned, changed and filled with people, and its last seat booked, by browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.servers.site import ADMINISTRATOR, INSTRUCTOR, LEARNER, PASSWORD, Person, Site
from tests.pages.looks import PHONE, Visit, assert_good_everywhere, findings, shoot, small_targets

pytestmark = pytest.mark.once


SEATS = """
from datetime import timedelta
from django.utils import timezone
from conferences.models import Conference, Membership
from accounts.models import User
one = Conference.objects.get(pk={pk})
one.use_time_slots = True
one.save()
day = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
for number, capacity in enumerate([1, 3, None]):
    start = day + timedelta(days=7 * number)
    one.time_slots.create(
        starts_at=start, ends_at=start + timedelta(hours=1), capacity=capacity,
        meeting_link=f"https://teams.example.org/l/meetup-join/{{number}}",
    )
for email in ({emails}):
    user = User.objects.get(email=email)
    one.roster.get_or_create(email=email, defaults=dict(user=user, name=str(user)))
"""
OMAR = Person("omar.farouk@example.edu", "Omar Farouk", "learner")


def fill(page: Page, title: str, **others: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_label("Start", exact=True).fill(others.get("start", "2031-03-10T09:00"))
    page.get_by_label("End", exact=True).fill(others.get("end", "2031-03-10T10:30"))


def planned(visit: Visit, title: str) -> Page:
    page = visit(INSTRUCTOR, "/conferences/new/")
    fill(page, title)
    page.get_by_label("Later").check()
    page.get_by_role("button", name="Create the conference").click()
    page.wait_for_url(re.compile(r"/conferences/\d+/$"))
    return page


def test_a_conference_with_its_meeting_by_keyboard(site: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/")
    page.get_by_role("link", name="New conference").press("Enter")
    page.wait_for_url("**/conferences/new/")
    page.get_by_label("Title").focus()
    page.keyboard.type("Keyboard seminar")
    fill(page, "Keyboard seminar")
    page.get_by_label("Title").press("Enter")
    page.wait_for_url(re.compile(r"/conferences/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Keyboard seminar")
    strip = page.get_by_role("region", name="Meeting")
    expect(strip).to_contain_text("Created conference with Teams meeting link (Recording enabled)")
    expect(page.get_by_role("link", name="Join").first).to_be_visible()


def test_what_is_wrong_is_told_and_nothing_is_lost(visit: Visit, page_errors: list[str]) -> None:
    page = visit(INSTRUCTOR, "/conferences/new/")
    page.get_by_label("Description").fill("What we shall talk about")
    page.get_by_label("Start", exact=True).fill("2031-03-10T09:00")
    page.get_by_label("End", exact=True).fill("2031-03-10T08:00")
    page.get_by_label("Attach a meeting that exists, by its join link").check()
    page.get_by_role("textbox", name="Join link").fill("no link")
    with page.expect_response("**/conferences/new/") as answer:
        page.get_by_role("button", name="Create the conference").click()
    assert answer.value.status == 400
    alert = page.locator("main").get_by_role("alert")
    expect(alert).to_contain_text("Title: Give it a title.")
    page_errors.clear()  # the console tells of it too, before the page is there
    expect(alert).to_contain_text("End: The end must be later than the start.")
    expect(alert).to_contain_text("Join link: This is no link.")
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.get_by_label("Description")).to_have_value("What we shall talk about")
    expect(page.get_by_label("End", exact=True)).to_have_value("2031-03-10T08:00")
    expect(page.get_by_role("textbox", name="Join link")).to_have_value("no link")
    assert findings(page) == []
    shoot(page, "plan-wrong")
    alert.get_by_role("link", name="End").click()
    expect(page.get_by_label("End", exact=True)).to_be_focused()


def test_two_people_edit_at_once(visit: Visit, page_errors: list[str]) -> None:
    address = planned(visit, "Shared seminar").url.partition("/conferences/")[2]
    mine = visit(INSTRUCTOR, f"/conferences/{address}edit/")
    theirs = visit(ADMINISTRATOR, f"/conferences/{address}edit/")
    theirs.get_by_label("Title").fill("Their seminar")
    theirs.get_by_role("button", name="Save").click()
    expect(theirs.get_by_text("Saved.")).to_be_visible()

    mine.get_by_label("Title").fill("My seminar")
    mine.get_by_role("button", name="Save").click()
    expect(mine.locator("main").get_by_role("alert")).to_contain_text(
        "Somebody has changed this conference"
    )
    expect(mine.locator("main").get_by_role("alert")).to_contain_text("title: “Their seminar”")
    expect(mine.get_by_label("Title")).to_have_value("My seminar")
    page_errors.clear()  # the console tells of the refusal too
    shoot(mine, "plan-meanwhile")
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("My seminar")


def test_a_roster_from_a_file(site: Site, visit: Visit, tmp_path: Path) -> None:
    page = planned(visit, "Imported seminar")
    page.get_by_role("link", name="Roster").click()
    page.get_by_role("link", name="Import a file").click()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name,email,role\nNoor Haddad,noor.haddad,learner\n=SUM(A1),x@y.org,boss\n")
    page.get_by_label("File", exact=True).set_input_files(wrong)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("main").get_by_role("alert")).to_contain_text(
        "3 things have to be corrected"
    )
    assert page.locator(".problem-row").count() == 3
    assert findings(page) == []
    shoot(page, "roster-file-wrong")

    right = tmp_path / "people.csv"
    people = [f"Person {number:02};person.{number}@example.edu;" for number in range(60)]
    lines = ["name;email;role", "Noor Haddad;noor.haddad@example.edu;learner", *people]
    right.write_text("\r\n".join(lines), "utf-8-sig")
    page.get_by_label("File", exact=True).set_input_files(right)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What the file would do")).to_be_visible()
    expect(page.get_by_role("button", name="Import")).to_be_focused()
    assert findings(page) == []
    shoot(page, "roster-file-preview")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Imported: 61 added, 0 changed.")).to_be_visible()

    page.get_by_label("Name or e-mail").fill("person 07")
    expect(page.locator("tr.member")).to_have_count(1)
    page.locator("tr.member summary").press("Enter")
    page.get_by_role("button", name="Make an instructor").click()
    expect(page.get_by_text("Person 07: instructor from now on.")).to_be_visible()
    expect(page.locator("tr.member")).to_have_count(1)  # the words are still in the box
    address = page.url.removeprefix(site.url).partition("?")[0]
    assert_good_everywhere(visit, INSTRUCTOR, f"{address}?q=a", "roster")


@pytest.fixture(scope="module")
def bookable(site: Site) -> str:
    """The address of a conference with three dates: one seat, three seats, and for all."""
    account = ("create_account", OMAR.email, "--name", OMAR.name)
    site.manage(*account, settings={"ACCOUNT_PASSWORD": PASSWORD})
    emails = ", ".join(repr(one.email) for one in (LEARNER, OMAR)) + ","
    site.manage("shell", "--no-imports", "-c", SEATS.format(pk=81, emails=emails))
    return "/conferences/81/"


def test_the_last_seat_from_two_browsers(site: Site, visit: Visit, bookable: str) -> None:
    noor, omar = visit(LEARNER, bookable), visit(OMAR, bookable)
    expect(noor.locator("tr.other-date")).to_have_count(2)
    assert_good_everywhere(visit, LEARNER, bookable, "seats")
    first = "tr.other-date:first-child button"
    noor.locator(first).press("Enter")
    expect(noor.get_by_role("status")).to_contain_text("Booked.")
    expect(noor.locator("tr.own-date").first).to_contain_text("booked")

    omar.locator(first).click()
    expect(omar.get_by_role("status")).to_contain_text("The last seat has just been taken.")
    expect(omar.locator("tr.other-date").first).to_contain_text("full")
    expect(omar.locator("tr.other-date").nth(1)).to_contain_text("3 of 3 left")
    shoot(omar, "seats-taken")

    noor.get_by_role("button", name=re.compile("Give back")).click()
    expect(noor.get_by_role("status")).to_contain_text("Given back.")
    omar.reload()
    omar.locator(first).click()
    expect(omar.get_by_role("status")).to_contain_text("Booked.")
    assert_good_everywhere(visit, OMAR, bookable, "seats-booked")
    assert_good_everywhere(visit, OMAR, "/conferences/", "coming")


@pytest.mark.parametrize(
    ("name", "person", "address"),
    [
        ("plan-new", INSTRUCTOR, "/conferences/new/"),
        ("plan-edit-slots", ADMINISTRATOR, "/conferences/51/edit/"),
        ("plan-list", INSTRUCTOR, "/conferences/?role=teaching"),
        ("roster-file", INSTRUCTOR, "/conferences/46/roster/file/"),
    ],
)
def test_looks(visit: Visit, name: str, person: Person, address: str) -> None:
    assert_good_everywhere(visit, person, address, name)


def test_targets_on_a_phone_can_be_hit(visit: Visit) -> None:
    selector = (
        "button, a.button, input:not([type=radio], [type=checkbox]), select, summary, "
        ".radios label, .checkbox label"
    )
    for address in ("/conferences/new/", "/conferences/46/roster/", "/conferences/46/edit/"):
        assert small_targets(visit(INSTRUCTOR, address, **PHONE), selector) == [], address
