"""Chat History: what is shown of messages."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference
from conferences.models.chat import SenderKind
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html, part, results, words

pytestmark = pytest.mark.django_db

MINUTE = artifacts.MINUTE


def tab(client: Client, conference: Conference, **query: str) -> str:
    query = {"tab": "chat", **query}
    return results(html(client, f"{conference.get_absolute_url()}?{urlencode(query)}"))


def shown(page: str) -> list[str]:
    """What each message reads."""
    found = re.findall(r'<li id="message-\d+" class="chat-message.*?\n</li>', page, re.DOTALL)
    return [words(message) for message in found]


def bodies(page: str) -> list[str]:
    return re.findall(r'<div class="body[^>]* dir="auto"[^>]*>(.*?)</div>\n', page, re.DOTALL)


def test_messages_in_order_and_by_day(as_mara: Client, mara: User) -> None:
    start = making.START + timedelta(hours=14)  # 23:00 and 01:00 where Mara is
    conference = making.conference(mara, starts_at=start, ends_at=start + 2 * making.HOUR)
    artifacts.message(conference, "after midnight", at=start + 90 * MINUTE)
    artifacts.message(conference, "good evening", at=start)
    page = tab(as_mara, conference)
    days = re.findall(r"<h3 [^>]*>(.*?)</h3>", page)
    assert days == ["Wed, March 11, 2026"]
    assert shown(page) == ["Ines Duarte 00:00 good evening", "Ines Duarte 01:30 after midnight"]
    artifacts.message(conference, "early", at=start - 10 * MINUTE)
    page = tab(as_mara, conference)
    assert re.findall(r"<h3 [^>]*>(.*?)</h3>", page) == [
        "Tue, March 10, 2026",
        "Wed, March 11, 2026",
    ]
    assert "Chat History 3" in words(part(page, '<a id="tab-chat"', "</a>"))


def test_who_wrote(as_mara: Client, mara: User, noor: User) -> None:
    """On the roster by directory id only: its own, its account's, or as attendance matched it."""
    conference = making.conference(mara, noor)
    conference.roster.filter(user=mara).update(directory_id="ID-OF-MARA")
    User.objects.filter(pk=noor.pk).update(directory_id="id-of-noor")
    report = making.sitting(conference)
    member = conference.roster.get(user=noor)
    for name, key, who in (("Jonas", "id-of-jonas", member), ("Ines", "id-of-ines", None)):
        record = making.person(report, name, member=who)
        type(record).objects.filter(pk=record.pk).update(directory_id=key)
    for name, sender in (
        ("Mara", "id-of-mara"),
        ("Noor", "id-of-noor"),
        ("Jonas", "id-of-jonas"),
        ("Ines", "id-of-ines"),
        ("Noor Haddad", None),
    ):
        artifacts.message(conference, "x", sender_name=name, sender_id=sender)
    artifacts.message(conference, "x", sender_name="Robin", sender_kind=SenderKind.GUEST)
    artifacts.message(conference, "x", sender_name="Polls", sender_kind=SenderKind.BOT)
    assert shown(tab(as_mara, conference)) == [
        "Mara on the roster 10:00 x",
        "Noor on the roster 10:01 x",
        "Jonas on the roster 10:02 x",
        "Ines 10:03 x",
        "Noor Haddad 10:04 x",
        "Robin guest 10:05 x",
        "Polls app 10:06 x",
    ]


def test_edited_and_deleted(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.message(conference, "n = 48", edited_at=making.START + 5 * MINUTE)
    artifacts.message(
        conference,
        "a secret",
        deleted_at=timezone.now(),
        edited_at=timezone.now(),
        attachments=[{"url": "https://example.org/a-secret", "name": "secret.pdf"}],
    )
    page = tab(as_mara, conference)
    assert shown(page) == [
        "Ines Duarte 10:00 (edited 10:05) n = 48",
        "Ines Duarte 10:01 This message was deleted",
    ]
    assert "secret" not in page
    assert "Chat History 1" in words(part(page, '<a id="tab-chat"', "</a>"))
    assert "No message matches" in words(tab(as_mara, conference, q="secret"))


def test_a_message_of_an_old_plan_is_not_shown(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.message(conference, "of the old plan", is_planned=False)
    page = tab(as_mara, conference)
    assert "of the old plan" not in page
    assert "No message is known yet" in words(page)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ("call_started", "Call started"),
        ("call_ended", "Call ended"),
        ("recording_started", "Recording started"),
        ("recording", "Recording is there"),
        ("recording_failed", "Recording failed"),
        ("transcript", "Transcript is there"),
        ("other", None),
    ],
)
def test_events_are_one_line_each(
    as_mara: Client, mara: User, event: str, line: str | None
) -> None:
    conference = making.conference(mara)
    artifacts.message(conference, "hello")
    artifacts.event(conference, event, url="https://example.sharepoint.com/x", name="x.mp4")
    page = tab(as_mara, conference)
    lines = [words(one) for one in re.findall(r'<li class="event">.*?</li>', page)]
    assert lines == ([f"10:01 {line}"] if line else [])
    assert "sharepoint" not in page
    assert '<li class="event">' not in tab(as_mara, conference, q="e")  # of people only


def test_bodies_are_harmless(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.message(
        conference,
        '<p onclick="x()">one <b>two</b><script>hit()</script>'
        '<img src="https://evil.example.invalid/a.png" alt="Figure 2"></p>',
        is_html=True,
    )
    artifacts.message(conference, "<b>letters</b>\nand lines", is_html=False)
    artifacts.message(conference, "<script>only()</script>", text="", is_html=True)
    artifacts.message(conference, "<p>" + "word " * 10_000 + "</p>", is_html=True)
    artifacts.message(conference, f"<p>{'A' * 300}&amp;{'B' * 300}</p>", is_html=True)
    page = tab(as_mara, conference)
    first, second, third, fourth, fifth = bodies(page)
    assert first == '<p>one <b>two</b><span class="image">[Figure 2]</span></p>'
    assert second == "&lt;b&gt;letters&lt;/b&gt;<br>and lines"
    assert words(third) == "Nothing that can be shown here; read it in Teams"
    assert len(fourth) < 25_000
    assert page.count("… the message is longer; read it in Teams") == 1
    assert fifth.replace("<wbr>", "") == f"<p>{'A' * 300}&amp;{'B' * 300}</p>"
    assert max(map(len, re.split("<wbr>|<p>|</p>|&", fifth))) < 30  # a browser can break it
    assert "evil.example" not in page
    # what scrolls can be reached with the keyboard
    assert page.count('class="body large" dir="auto" tabindex="0" role="group"') == 1


def test_attachments_are_links_only_if_they_lead_to_the_web(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.message(
        conference,
        "files",
        attachments=[
            {"url": "https://example.sharepoint.com/list.pdf", "name": "list.pdf"},
            {"url": "javascript:hit()", "name": "harmless\u202efdp.exe"},
        ],
    )
    files = part(tab(as_mara, conference), '<ul class="attachments"', "</ul>")
    assert re.findall(r"<li>(.*?)</li>", files) == [
        '<a href="https://example.sharepoint.com/list.pdf" rel="noreferrer noopener" dir="auto">'
        "list.pdf</a>",
        '<span dir="auto">harmlessfdp.exe</span>',
    ]


def test_a_chat_with_nothing_but_events_says_why(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.event(conference, "call_started")
    making.step(making.run(conference), operation="chat", reason_code="nobody_wrote")
    page = tab(as_mara, conference)
    assert "Nobody wrote in the chat during the meeting. There is nothing to do." in words(page)
    assert "10:00 Call started" in words(page)
    artifacts.message(conference)
    assert "Nobody wrote" not in tab(as_mara, conference)
