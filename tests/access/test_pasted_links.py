"""A colleague's meeting is not opened by a link, however it is pasted and whoever saves it."""

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from conferences.actions.importing import import_conferences
from conferences.models import ChatMessage, Conference, ConferenceTimeSlot, DriveFile, Membership
from scripts.servers.sandbox import SandboxControl
from tests.conferences.commands import report, sync
from tests.feeds.artifacts import outcome, plan_again, planned, seen, small_world
from tests.pages import making
from tests.sandbox.asking import Asker

demo_world = small_world

MINE, MARAS = 901, 86
NOOR, MARA = "noor.haddad@example.edu", "mara.lindqvist@example.edu"
SHOWN = ("recordings", "messages", "transcripts", "files", "participants")


def short_link(sandbox: SandboxControl, pk: int) -> str:
    """As the vendor's newer invitations have it."""
    asker = Asker(sandbox.url, None)
    asker.login()
    organizer = asker.get(f"/users/{MARA}").json()["id"]
    link = planned(sandbox, pk)["meeting_link"]
    found = asker.get(f"/users/{organizer}/onlineMeetings", filter=f"JoinWebUrl eq '{link}'")
    [meeting] = found.json()["value"]
    sandbox.forget_requests()
    number = meeting["joinMeetingIdSettings"]["joinMeetingId"]
    return f"https://teams.microsoft.com/meet/{number}?p=abc"


def with_my_name_in_it(sandbox: SandboxControl, pk: int) -> str:
    """Mara's chat, and in the context of the link the id of somebody else."""
    link = str(planned(sandbox, pk)["meeting_link"])
    asker = Asker(sandbox.url, None)
    asker.login()
    mara, noor = (asker.get(f"/users/{who}").json()["id"] for who in (MARA, NOOR))
    sandbox.forget_requests()
    assert mara in link
    return link.replace(mara, noor)


LINKS = {
    "as it is": lambda sandbox, pk: planned(sandbox, pk)["meeting_link"],
    "short": short_link,
    "decoded": lambda sandbox, pk: unquote(planned(sandbox, pk)["meeting_link"]),
    "in capitals": lambda sandbox, pk: planned(sandbox, pk)["meeting_link"].upper(),
    "with my name in it": with_my_name_in_it,
}


def row(sandbox: SandboxControl, **other: object) -> dict[str, object]:
    """Noor's conference at the time of Mara's; she teaches and organizes it."""
    theirs = planned(sandbox, MARAS)
    noor = {"role": "instructor", "name": "Noor Haddad", "email": NOOR}
    return {
        "id": MINE,
        "title": "Mine",
        "organizer_email": NOOR,
        "roster": [noor],
        **{name: theirs[name] for name in ("starts_at", "ends_at")},
        **other,
    }


def nothing_came(sandbox: SandboxControl) -> bool:
    """Nothing is known of the meeting, and of its contents nobody even asked."""
    shown, asked = report(MINE), seen(sandbox)
    mine = Conference.objects.get(pk=MINE)
    return (
        all(shown[name] == [] for name in SHOWN)
        and not ChatMessage.objects.filter(conference=MINE).exists()
        and not DriveFile.objects.filter(conference=MINE).exists()
        and (asked["chat"], asked["transcript"], asked["file"]) == (0, 0, 0)
        and mine.chat_thread_id is None
    )


def refused(sandbox: SandboxControl) -> bool:
    sandbox.forget_requests()
    code, result = sync(MINE)
    assert (code in {1, 3}, result["items"]) == (True, 0)
    reasons = {outcome(result, name)[1] for name in ("attendance", "transcripts")}
    return reasons <= {"organizer_differs", "meeting_not_found"} and nothing_came(sandbox)


@pytest.mark.parametrize("link", LINKS)
def test_by_an_import(demo_world: SandboxControl, link: str) -> None:
    import_conferences(
        {"conferences": [row(demo_world, meeting_link=LINKS[link](demo_world, MARAS))]}
    )
    assert refused(demo_world)


@pytest.mark.parametrize("link", ["as it is", "with my name in it"])
def test_by_a_time_slot(demo_world: SandboxControl, link: str) -> None:
    theirs = row(demo_world)
    slot = {
        **{name: theirs[name] for name in ("starts_at", "ends_at")},
        "meeting_link": LINKS[link](demo_world, MARAS),
    }
    made = row(demo_world, use_time_slots=True, time_slots=[{"id": 902, **slot}])
    import_conferences({"conferences": [made]})
    demo_world.forget_requests()
    assert sync(MINE)[1]["items"] == 0
    assert nothing_came(demo_world)
    assert ConferenceTimeSlot.objects.get(pk=902).chat_thread_id is None


@pytest.mark.parametrize("link", ["as it is", "short"])
def test_by_an_administrator_who_was_asked_to(demo_world: SandboxControl, link: str) -> None:
    import_conferences({"conferences": [row(demo_world)]})
    staff = making.account("ada@example.edu", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(staff)
    pasted = LINKS[link](demo_world, MARAS)
    answer = client.post(reverse("meeting", args=[MINE]), {"decision": "attach", "link": pasted})
    assert answer.status_code == 302, answer.content.decode()
    assert Conference.objects.get(pk=MINE).meeting_link == pasted
    assert refused(demo_world)


def test_by_a_roster_that_has_her_directory_id(demo_world: SandboxControl) -> None:
    """The organizer is who the directory knows by the e-mail, whatever a file says of ids."""
    maras = planned(demo_world, MARAS)["roster"]
    [her_id] = {one["directory_id"] for one in maras if one["email"] == MARA}
    noor = {"role": "instructor", "name": "N", "email": NOOR, "directory_id": her_id}
    link = planned(demo_world, MARAS)["meeting_link"]
    import_conferences({"conferences": [row(demo_world, meeting_link=link, roster=[noor])]})
    assert Membership.objects.get(conference=MINE).directory_id == her_id
    assert refused(demo_world)


def test_a_meeting_that_another_conference_has_synced_stays_its_own(
    demo_world: SandboxControl,
) -> None:
    sync(MARAS)
    before = report(MARAS)
    link = planned(demo_world, MARAS)["meeting_link"]
    known = Conference.objects.get(pk=MARAS).online_meeting_id
    made = row(demo_world, meeting_link=link, online_meeting_id=known)
    import_conferences({"conferences": [made]})
    assert refused(demo_world)
    assert report(MARAS) == before


def test_who_takes_a_conference_over_gets_nothing_new_of_her_meeting(
    demo_world: SandboxControl,
) -> None:
    """86 was synced as Mara's; then its organizer is changed, and she writes on."""
    sync(MARAS)
    noor = {"role": "instructor", "name": "Noor Haddad", "email": NOOR}
    plan_again(demo_world, MARAS, organizer_email=NOOR, roster=[noor])
    before = report(MARAS)
    demo_world.change("add_message", conference=MARAS, email=MARA, body="Among ourselves")
    demo_world.forget_requests()
    _, result = sync(MARAS)
    assert outcome(result, "attendance")[0] != "succeeded"
    assert "Among ourselves" not in str(report(MARAS))
    assert report(MARAS)["messages"] == before["messages"]
    assert seen(demo_world)["chat"] == 0
