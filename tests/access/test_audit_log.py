"""The audit log: who saw or changed what, when, from where; read by administrators, changed by
nobody.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.utils import timezone

from accounts.models import Act, AuditEntry, User
from tests.access.addresses import path
from tests.access.forms import FORMS
from tests.access.world import ROLES, World

pytestmark = pytest.mark.django_db

ADDRESS = "192.0.2.10"
DETAIL, GUESSES = "/conferences/<pk>/", "/conferences/<pk>/guesses/"
GUESS = "/conferences/<pk>/guesses/<sitting_pk>/"
PUBLISH = "/conferences/<pk>/recordings/<recording_pk>/publish/"
FILE = "/conferences/<pk>/recordings/files/<file_pk>/"
CHANGE = "/admin/conferences/conference/<object_id>/change/"

# role, address, the form (None: only looked at), the act, and its details
Case = tuple[str, str, dict[str, str] | None, Act, dict[str, Any]]
CONFERENCES: tuple[Case, ...] = (
    ("instructor", DETAIL, None, Act.LOOKED, {"tab": "participants"}),
    *(
        ("instructor", f"{DETAIL}?tab={tab}", None, Act.LOOKED, {"tab": tab})
        for tab in ("recordings", "chat", "transcripts", "files", "history")
    ),
    ("observer", f"{DETAIL}?tab=chat", None, Act.LOOKED, {"tab": "chat"}),
    ("administrator", f"{DETAIL}?tab=chat", None, Act.LOOKED, {"tab": "chat"}),
    ("learner", DETAIL, None, Act.LOOKED, {"tab": "own attendance"}),
    ("instructor", GUESSES, None, Act.LOOKED, {"tab": "guesses"}),
    ("instructor", GUESS, {"decision": "accept"}, Act.ACCEPTED, {"call": 77010002}),
    ("instructor", GUESS, {"decision": "take_back"}, Act.TOOK_BACK, {"call": 77010002}),
    ("instructor", FILE, {"decision": "accept"}, Act.ACCEPTED, {"file": 77010004}),
    ("administrator", FILE, {"decision": "take_back"}, Act.TOOK_BACK, {"file": 77010004}),
    ("instructor", PUBLISH, {"publish": "1"}, Act.PUBLISHED, {"recording": 77010003}),
    ("administrator", PUBLISH, {"publish": "0"}, Act.HID, {"recording": 77010003}),
)
ACCOUNT = "/admin/accounts/user/<object_id>/"
ADMINISTRATION: tuple[Case, ...] = (
    ("administrator", "/admin/accounts/user/", None, Act.LOOKED_IN_ADMIN, {}),
    ("administrator", f"{ACCOUNT}change/", None, Act.LOOKED_IN_ADMIN, {}),
    ("observer", CHANGE, None, Act.LOOKED_IN_ADMIN, {}),
    ("administrator", CHANGE, FORMS[CHANGE], Act.CHANGED_IN_ADMIN, {}),
    ("administrator", f"{ACCOUNT}change/", FORMS[f"{ACCOUNT}change/"], Act.CHANGED_IN_ADMIN, {}),
    ("administrator", f"{ACCOUNT}delete/", {"post": "yes"}, Act.CHANGED_IN_ADMIN, {}),
    ("administrator", "/admin/accounts/auditentry/", None, Act.LOOKED_IN_ADMIN, {}),
)


def send(world: World, case: Case) -> None:
    role, address, form, _act, _details = case
    where, _, query = address.partition("?")
    client, full = world.client(role, REMOTE_ADDR=ADDRESS), path(where, world.ours)
    answer = client.get(f"{full}?{query}") if form is None else client.post(full, form)
    assert answer.status_code == (200 if form is None else 302), answer.content.decode()


def named(case: Case) -> str:
    return f"{case[0]} {case[3]} {case[1]}"


@pytest.mark.parametrize("case", [*CONFERENCES, *ADMINISTRATION], ids=named)
def test_it_is_written_down(world: World, case: Case) -> None:
    began = timezone.now()
    send(world, case)
    role, address, _form, act, details = case
    [entry] = AuditEntry.objects.filter(at__gte=began)
    person = world.people[role]
    assert (entry.actor, entry.email, entry.address) == (person, person.email, ADDRESS)
    assert (entry.act, entry.details) == (act, details)
    is_admin = address.startswith("/admin/")
    about = path(address, world.ours) if is_admin else f"conference {world.ours['pk']}"
    assert entry.subject == about


@pytest.mark.parametrize("case", [*CONFERENCES, *ADMINISTRATION], ids=named)
def test_who_is_refused_saw_and_changed_nothing(world: World, case: Case) -> None:
    _role, address, form, _act, _details = case
    where, _, query = address.partition("?")
    for role in ("anonymous", "stranger", "elsewhere"):
        before = AuditEntry.objects.count()
        client, full = world.client(role), path(where, world.ours)
        answer = client.get(f"{full}?{query}") if form is None else client.post(full, form)
        assert answer.status_code in {302, 404}
        assert AuditEntry.objects.count() == before


def test_a_page_that_refreshes_itself_is_written_down_once(world: World) -> None:
    case = CONFERENCES[0]
    before = AuditEntry.objects.count()
    for _ in range(3):
        send(world, case)
    assert AuditEntry.objects.count() == before + 1
    AuditEntry.objects.update(at=F("at") - timedelta(minutes=6))
    send(world, case)
    assert AuditEntry.objects.count() == before + 2


ROSTER, SLOTS = "/conferences/<pk>/roster/", "/conferences/<pk>/slots/"
FRAGMENT = {"HX-Request": "true"}
SLOT_LIVE = {**FRAGMENT, "HX-Target": "meeting-live"}
# address, the form (None: only looked at), headers, the status, and the part that is shown
PARTS: tuple[tuple[str, dict[str, str] | None, dict[str, str], int, str], ...] = (
    (ROSTER, None, {}, 200, "roster"),
    (ROSTER, {}, {}, 400, "roster"),
    (f"{ROSTER}?q=ines", {}, {}, 400, "roster"),
    (SLOTS, None, {}, 200, "time slots"),
    (SLOTS, None, FRAGMENT, 200, "time slots"),
    (f"{SLOTS}<slot_pk>/", None, {}, 200, "meeting"),
    (f"{SLOTS}<slot_pk>/", None, SLOT_LIVE, 200, "meeting"),
)


@pytest.mark.parametrize(("address", "form", "headers", "status", "part"), PARTS)
def test_whatever_shows_names_is_written_down(
    world: World,
    address: str,
    form: dict[str, str] | None,
    headers: dict[str, str],
    status: int,
    part: str,
) -> None:
    """Also what is refused and the fragments of a page; once, however often they are sent."""
    began, client = timezone.now(), world.client("instructor", REMOTE_ADDR=ADDRESS)
    where, _, query = address.partition("?")
    full = f"{path(where, world.ours)}?{query}"
    for _ in range(2):
        send = client.get if form is None else client.post
        answer = send(full, form, headers=headers)
        assert answer.status_code == status
        seen = answer.content.decode()
        assert "Ines glacier" in seen or "ines@glacier" in seen or address.startswith(SLOTS)
    [entry] = AuditEntry.objects.filter(at__gte=began)
    assert (entry.actor, entry.address) == (world.people["instructor"], ADDRESS)
    assert (entry.act, entry.details) == (Act.LOOKED, {"tab": part})
    assert entry.subject == f"conference {world.ours['pk']}"


def test_a_strip_that_names_nobody_is_not_written_down(world: World) -> None:
    """It refreshes itself on the conference's page, which is."""
    began, headers = timezone.now(), {**FRAGMENT, "HX-Target": "meeting-strip"}
    address = path(f"{SLOTS}<slot_pk>/", world.ours)
    assert world.client("instructor").get(address, headers=headers).status_code == 200
    assert not AuditEntry.objects.filter(at__gte=began).exists()


def test_a_file_held_against_the_roster_shows_it(world: World) -> None:
    """A preview says of whom the file names what is stored of them."""
    began, client = timezone.now(), world.client("instructor")
    address = path(f"{ROSTER}file/", world.ours)
    empty = client.post(address, {"file": SimpleUploadedFile("a.csv", b"")})
    assert (client.get(address).status_code, empty.status_code) == (200, 400)
    assert not AuditEntry.objects.filter(at__gte=began).exists()
    rows = "name,email\nInes Else,ines@glacier.example.org\n"
    for _ in range(2):
        answer = client.post(address, {"file": SimpleUploadedFile("a.csv", rows.encode())})
        assert "Ines glacier" in answer.content.decode()
    stale = client.post(address, {"confirm": "1", "text": rows, "digest": "another"})
    assert "Ines glacier" in stale.content.decode()
    [entry] = AuditEntry.objects.filter(at__gte=began)
    assert (entry.act, entry.details) == (Act.LOOKED, {"tab": "roster file"})


def test_logins_and_logouts_are_written_down(world: World) -> None:
    client = Client(REMOTE_ADDR=ADDRESS)
    client.post("/login/", FORMS["/login/"])
    client.post("/logout/")
    acts = AuditEntry.objects.filter(address=ADDRESS).order_by("pk").values_list("act", "email")
    email = FORMS["/login/"]["username"]
    assert list(acts) == [(Act.LOGGED_IN, email), (Act.LOGGED_OUT, email)]


def of_entry(world: World, what: str) -> str:
    return f"/admin/accounts/auditentry/{world.ours['accounts/auditentry']}/{what}/"


def delete_by_action(client: Client, world: World) -> None:
    entry = str(world.ours["accounts/auditentry"])
    form = {"action": "delete_selected", "_selected_action": entry, "post": "yes"}
    client.post("/admin/accounts/auditentry/", form)


def delete(client: Client, world: World) -> None:
    client.post(of_entry(world, "delete"), {"post": "yes"})


def change(client: Client, world: World) -> None:
    client.post(of_entry(world, "change"), {"email": "else@example.org", "act": Act.HID})


def add(client: Client, world: World) -> None:
    client.post("/admin/accounts/auditentry/add/", {"email": "made.up@example.org"})


@pytest.mark.parametrize("attempt", [delete_by_action, delete, change, add])
def test_nobody_changes_it(world: World, attempt: Callable[[Client, World], None]) -> None:
    """Not even an administrator: rows may come, of this very attempt, and none may go."""
    before = {row["id"]: row for row in AuditEntry.objects.values()}
    for role in ROLES:
        attempt(world.client(role), world)
    after = {row["id"]: row for row in AuditEntry.objects.values()}
    assert {pk: after.get(pk) for pk in before} == before
    assert not AuditEntry.objects.filter(email="made.up@example.org").exists()


def test_it_outlives_the_account_and_what_it_is_about(world: World) -> None:
    entry = AuditEntry.objects.get(pk=world.ours["accounts/auditentry"])
    account = User.objects.get(pk=world.ours["accounts/user"])
    account.delete()
    entry.refresh_from_db()
    assert (entry.actor, entry.email) == (None, account.email)


def test_an_administrator_reads_and_searches_it(world: World) -> None:
    send(world, CONFERENCES[2])
    page = "/admin/accounts/auditentry/"
    client = world.client("administrator")
    person = world.people["instructor"].email
    found = client.get(page, {"q": person}).content.decode()
    assert person in found
    assert f"conference {world.ours['pk']}" in found
    assert ADDRESS in found
    assert "una.volcano" not in found
