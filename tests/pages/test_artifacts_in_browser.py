"""Recordings, chat, transcripts and files in a browser, after a real sync against the sandbox."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Dialog, StorageState, expect

from scripts.servers.site import INSTRUCTOR, LEARNER, Person, Site
from tests.pages.looks import (
    PHONE,
    SCREENS,
    Visit,
    assert_good_day_and_night,
    findings,
    shoot,
    small_targets,
    sticks_out,
)
from tests.pages.test_sync_in_browser import tab_to

pytestmark = pytest.mark.once


TABS = ("participants", "recordings", "chat", "transcripts", "files", "history")
ROWS = {
    "participants": ("tr.participant", 12),
    "recordings": ("tr.recording", 1),
    "chat": (".chat-message", 10),  # nine and one that was deleted
    "transcripts": (".cue", 12),
    "files": ("tr.file", 2),
    "history": ("table.history tbody tr", 1),
}


@pytest.fixture(scope="module")
def synced(site: Site) -> Site:
    site.manage("sync_conference", "46", "86", "94", "97", check=False)
    return site


@pytest.mark.parametrize("java_script", [True, False])
def test_hostile_messages_do_nothing(
    synced: Site,
    browser: Browser,
    sessions: Callable[[Person], StorageState],
    java_script: bool,
) -> None:
    """All are there; nothing runs, nothing is loaded, nothing opens and nothing is covered."""
    context = browser.new_context(
        storage_state=sessions(INSTRUCTOR), java_script_enabled=java_script
    )
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    opened: list[str] = []
    complaints: list[str] = []  # such as of the policy that refuses a script

    def say(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", say)
    context.on("page", lambda other: opened.append(other.url))
    page.goto(f"{synced.url}/conferences/97/?tab=chat")
    messages = page.locator(".chat-message")
    expect(messages).to_have_count(27)
    for number, message in enumerate(messages.all()[:25], start=1):
        expect(message.locator(".body")).to_contain_text(f"{number:02}")
        message.hover(position={"x": 5, "y": 5})
    expect(messages.nth(25)).to_contain_text("<script>window.hit=26</script> & <b>26</b>")
    expect(messages.nth(26).locator(".attachments li")).to_have_count(3)
    loading = "script, style, link, img, iframe, form, input, math, object, video, audio, [style]"
    assert messages.locator(loading).count() == 0
    if java_script:
        assert page.evaluate("window.hit") is None
        assert page.evaluate("typeof document.body.appendChild") == "function"
    assert "hit" not in page.title()
    page.get_by_role("link", name="Files").click()  # nothing covers the page
    expect(page.locator("tr.file")).to_have_count(3)
    shoot(page, f"97-files-{'with' if java_script else 'without'}-javascript")
    assert [url for url in asked if not url.startswith(synced.url)] == []
    assert [*dialogs, *opened, *complaints] == []
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_through_the_tabs_by_keyboard(synced: Site, visit: Visit, screen: str) -> None:
    page = visit(INSTRUCTOR, "/conferences/46/", **SCREENS[screen])
    for name in TABS:
        tab_to(page, f"#tab-{name}")
        page.keyboard.press("Enter")
        expect(page.locator(f"#tab-{name}")).to_have_attribute("aria-current", "page")
        expect(page.locator(f"#tab-{name}")).to_be_focused()
        selector, count = ROWS[name]
        expect(page.locator(selector)).to_have_count(count)
        assert_good_day_and_night(page, f"46-{name}-{screen}")


@pytest.mark.parametrize("java_script", [True, False])
def test_a_recording_is_published_and_hidden(synced: Site, visit: Visit, java_script: bool) -> None:
    options = {"java_script_enabled": java_script}
    page = visit(INSTRUCTOR, "/conferences/86/?tab=recordings", **options)
    row = page.locator("tr.recording").first
    publish = row.get_by_role("button", name="Publish")
    publish.focus()
    page.keyboard.press("Enter")
    expect(row.locator(".badge")).to_have_text("published")
    assert page.url.endswith("/conferences/86/?tab=recordings")
    said = "Published: learners of this conference see its name, date and length."
    expect(page.locator(".said")).to_have_text(said)
    if java_script:
        expect(page.locator("#announcer")).to_have_text(said)
        expect(row.get_by_role("button", name="Hide")).to_be_focused()

    learner = visit(LEARNER, "/conferences/86/")
    expect(learner.locator("tr.recording")).to_have_count(1)
    expect(learner.locator("tr.recording")).to_contain_text("0:28:00")
    assert "sharepoint" not in learner.content()

    row.get_by_role("button", name="Hide").click()
    expect(row.locator(".badge")).to_have_text("hidden")
    learner.reload()
    expect(learner.locator("tr.recording")).to_have_count(0)


def test_a_guess_is_accepted_and_taken_back(synced: Site, visit: Visit) -> None:
    """A video in the organizer's folder that nothing else names."""
    page = visit(INSTRUCTOR, "/conferences/94/")
    hours = page.locator(".conference-header time").evaluate_all(
        "times => times.slice(0, 2).map(time => time.dateTime)"
    )
    synced.sandbox.change(
        "add_recording", conference=94, starts_at=hours[0], ends_at=hours[1], routes=["drive"]
    )
    page.goto(f"{synced.url}/conferences/94/?tab=recordings")
    page.get_by_role("button", name="Sync Data").click()
    waiting = page.locator("tr.waiting-file")
    expect(waiting).to_have_count(1)
    assert findings(page) == []
    shoot(page, "94-waiting")
    waiting.get_by_role("button", name="Accept").click()
    expect(page.locator("tr.recording")).to_have_count(1)
    expect(waiting).to_have_count(0)
    expect(page.locator("#tab-recordings .count")).to_have_text("1")
    assert findings(page) == []
    shoot(page, "94-accepted")
    page.get_by_role("button", name="Take back").click()
    expect(waiting).to_have_count(1)
    expect(page.locator("#tab-recordings .count")).to_have_count(0)


def test_the_chat_is_searched_while_one_types(synced: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/46/?tab=chat")
    search = page.get_by_label("Words or sender")
    search.press_sequentially("TABLE")
    expect(page.locator(".chat-message")).to_have_count(2)
    expect(page.locator(".event")).to_have_count(0)
    expect(search).to_be_focused()
    assert "tab=chat" in page.url
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".chat-message")).to_have_count(10)
    page.get_by_label("From").fill("2001-01-01T00:00")
    page.get_by_label("To", exact=True).fill("2001-01-02T00:00")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("No message matches")).to_be_visible()
    expect(page.get_by_label("From")).to_have_value("2001-01-01T00:00")
    assert findings(page) == []


def test_a_hit_leads_to_its_place_in_the_transcript(synced: Site, visit: Visit) -> None:
    page = visit(INSTRUCTOR, "/conferences/94/?tab=transcripts&q=Granted")
    page.locator(".cue a").click()
    expect(page.locator(".cue:target")).to_contain_text("Granted.")
    expect(page.locator(".choice [aria-current]")).to_have_count(1)
    page.locator(".choice a").first.click()
    expect(page.locator(".cue").first).to_contain_text("Can you hear me?")


def test_a_part_is_retried_from_its_tab(synced: Site, visit: Visit) -> None:
    """In 46 the drive of the recording refuses."""
    page = visit(INSTRUCTOR, "/conferences/46/?tab=recordings")
    trouble = page.locator(".trouble")
    expect(trouble).to_contain_text("refuses this application")
    before = page.locator("#sync-panel").get_attribute("data-run")
    trouble.get_by_role("button", name="Retry this part").click()
    expect(page.locator(f'#sync-panel:not([data-run="{before}"])')).to_have_attribute(
        "data-status", "finished"
    )
    expect(page.locator("#sync-panel .step-name")).to_have_text(["Recordings"])
    expect(trouble).to_contain_text("refuses this application")
    expect(page.locator("tr.recording")).to_have_count(1)


@pytest.mark.parametrize("name", TABS)
def test_a_phone_has_room_for_fingers(synced: Site, visit: Visit, name: str) -> None:
    page = visit(INSTRUCTOR, f"/conferences/94/?tab={name}", **PHONE)
    assert small_targets(page, "main :is(button, input, .choice a, nav a)") == []
    small = visit(
        INSTRUCTOR, f"/conferences/86/?tab={name}", viewport={"width": 360, "height": 740}
    )
    assert sticks_out(small) == 0
