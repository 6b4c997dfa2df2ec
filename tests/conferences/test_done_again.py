"""Intakes and operations by themselves: a transaction lost and done again gives the same result."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from conferences.intakes import Intakes
from conferences.models import ChatMessage, Conference, TranscriptCue
from conferences.operations import OPERATIONS
from conferences.planning import plan_sync
from platforms.contract import Feed, Page
from platforms.records import (
    ChatPage,
    FileRef,
    FilesPage,
    RecordingsPage,
    RemoteAttachment,
    RemoteCue,
    RemoteEvent,
    RemoteFile,
    RemoteMessage,
    RemotePerson,
    RemoteRecording,
    RemoteTranscript,
    TranscriptPage,
)
from syncing.outcomes import Counts, FeedOutcome

pytestmark = pytest.mark.django_db(transaction=True)

START = datetime(2026, 9, 1, 13, tzinfo=UTC)
END = START + timedelta(hours=1)
MARA = RemotePerson("m1", None, "Mara")
PAPER = "https://example.sharepoint.com/paper.pdf"
VIDEO = "https://example.sharepoint.com/video.mp4"


class ConnectionLostError(Exception):
    """Stands for a connection that breaks just before the commit."""


def lost_then_done(work: Callable[[], object]) -> object:
    with pytest.raises(ConnectionLostError), transaction.atomic():
        work()
        raise ConnectionLostError
    with transaction.atomic():
        return work()


def message(number: int, *, deleted: bool = False, files: tuple[str, ...] = ()) -> RemoteMessage:
    at = START + timedelta(minutes=number)
    return RemoteMessage(
        source_id=str(number),
        about=at,
        created_at=at,
        modified_at=at,
        edited_at=None,
        deleted_at=END if deleted else None,
        sender=MARA,
        sender_kind="user",
        body="" if deleted else f"message {number}",
        is_html=False,
        attachments=tuple(RemoteAttachment(url, "paper") for url in files),
    )


def event(number: int, call: str) -> RemoteMessage:
    one = message(number)
    told = RemoteEvent("recording", call, VIDEO, "video", 600.0, MARA)
    return RemoteMessage(**{n: getattr(one, n) for n in one.__slots__} | {"event": told})


def video(*, asked: bool = True) -> RemoteFile:
    made = START + timedelta(minutes=20)
    return RemoteFile(
        "d", "v", "video.mp4", VIDEO, 9, "video/mp4", made, made, 600.0, VIDEO if asked else None
    )


class Stage:
    """One run of one conference, without an engine."""

    def __init__(self, operation: str) -> None:
        self.conference = Conference.objects.get()
        plan = plan_sync(self.conference, [operation])
        [self.target], [self.operation], self.intakes = plan.targets, plan.operations, plan.intakes
        self.outcomes: dict[Feed, FeedOutcome] = {}

    def bring(self, feed: Feed, *pages: Page, listed: tuple[str, ...] = ()) -> None:
        """Every page, and the end of the feed, each lost once."""
        targets, intake = (self.target,), self.intakes[feed]
        outcome = FeedOutcome(feed, pages=len(pages), listed=frozenset(listed))
        for page in pages:
            lost_then_done(lambda page=page: intake.save(targets, feed, page))
        lost_then_done(lambda: intake.end(targets, outcome))
        self.outcomes[feed] = outcome

    def finish(self) -> object:
        return lost_then_done(lambda: self.operation.finish(self.target, self.outcomes))


@pytest.fixture(autouse=True)
def conference() -> Conference:
    return Conference.objects.create(
        title="Seminar",
        organizer_email="mara@example.edu",
        starts_at=START,
        ends_at=END,
        meeting_link="https://teams.microsoft.com/l/meetup-join/x",
    )


def test_every_operation_can_be_planned(conference):
    plan = plan_sync(conference, list(OPERATIONS))
    feeds = {feed for operation in plan.operations for feed in operation.feeds}
    assert feeds == set(plan.intakes) == set(Intakes.of(conference, plan.targets).by_feed)


def test_chat():
    stage = Stage("chat")
    pages = (message(1), message(2)), (message(3), event(4, "c"), message(5, deleted=True))
    stage.bring(Feed.CHAT, *(ChatPage("t", page, changed_until=END) for page in pages))
    assert stage.finish() == Counts(fetched=3, created=3)
    assert ChatMessage.objects.count() == 5


def test_chat_once_more_tells_only_what_changed():
    first = Stage("chat")
    first.bring(Feed.CHAT, ChatPage("t", (message(1), message(2), message(3)), END))
    first.finish()
    again = Stage("chat")
    assert again.intakes[Feed.CHAT].known((again.target,)).changed_until == END
    again.bring(Feed.CHAT, ChatPage("t", (message(2, deleted=True), message(7)), END))
    assert again.finish() == Counts(fetched=3, created=1, unchanged=2, vanished=1)
    assert ChatMessage.objects.get(source_id="2").body == "message 2"


def test_a_chat_that_broke_off_confirms_what_came():
    stage = Stage("chat")
    stage.bring(Feed.CHAT, ChatPage("t", (message(1),), END))
    stage.finish()
    again = Stage("chat")
    again.bring(Feed.CHAT, ChatPage("t", (message(2),), END))
    again.outcomes[Feed.CHAT].tried = False
    assert again.finish() == Counts(fetched=1, created=1)


def test_another_plan_reads_the_chat_anew(conference):
    stage = Stage("chat")
    stage.bring(Feed.CHAT, ChatPage("t", (message(1),), END))
    conference.ends_at = END + timedelta(hours=1)
    conference.save()
    again = Stage("chat")
    assert again.intakes[Feed.CHAT].known((again.target,)).changed_until is None


def test_recordings_of_three_routes():
    stage = Stage("recordings")
    at = START + timedelta(minutes=10)
    listed = RemoteRecording("r", "c", at, at + timedelta(minutes=10))
    stage.bring(Feed.RECORDINGS, RecordingsPage((listed,)), listed=("r",))
    stage.bring(Feed.CHAT, ChatPage("t", (event(30, "c"),), END))
    [ref] = stage.intakes[Feed.DRIVE].known((stage.target,)).files
    assert (ref.url, ref.owners, ref.owner) == (VIDEO, ("m1",), "Mara")
    stage.bring(Feed.DRIVE, FilesPage((video(),)))
    assert stage.finish() == Counts(fetched=1, created=1)
    [recording] = stage.conference.recordings.all()
    assert recording.sources == ["recordings", "drive", "chat"]
    assert (recording.size, recording.duration) == (9, timedelta(minutes=10))

    again = Stage("recordings")
    again.bring(Feed.RECORDINGS, RecordingsPage(()))
    again.bring(Feed.CHAT, ChatPage("t", (), END))
    [ref] = again.intakes[Feed.DRIVE].known((again.target,)).files
    assert (ref.drive_id, ref.item_id) == ("d", "v")
    again.bring(Feed.DRIVE, FilesPage((), gone=(ref,)))
    assert again.finish() == Counts(vanished=1)
    [recording] = stage.conference.recordings.all()
    assert recording.vanished_at is not None
    assert recording.file_gone_at is not None


def test_a_recording_keeps_what_an_instructor_decided(conference):
    stage = Stage("recordings")
    stage.bring(Feed.CHAT, ChatPage("t", (event(30, "c"),), END))
    stage.finish()
    conference.recordings.update(published_at=END)
    again = Stage("recordings")
    at = START + timedelta(minutes=10)
    listed = RemoteRecording("r", "c", at, at + timedelta(minutes=10))
    again.bring(Feed.RECORDINGS, RecordingsPage((listed,)), listed=("r",))
    again.bring(Feed.CHAT, ChatPage("t", (), END))
    assert again.finish() == Counts(fetched=1, updated=1)
    [recording] = conference.recordings.all()
    assert recording.published_at == END


def test_transcripts():
    stage = Stage("transcripts")
    remote = RemoteTranscript("t", "c", START, END)
    cues = (RemoteCue(-1.5, 2.25, None, "Hello"), RemoteCue(3, 4, "Mara", "Yes"))
    page = TranscriptPage(remote, cues, lost=1)
    stage.bring(Feed.TRANSCRIPTS, page, listed=("t",))
    assert stage.finish() == Counts(fetched=1, created=1)
    again = Stage("transcripts")
    assert again.intakes[Feed.TRANSCRIPTS].known((again.target,)).complete == {"t"}
    again.bring(Feed.TRANSCRIPTS, listed=("t",))
    assert again.finish() == Counts(fetched=1, unchanged=1)
    assert list(TranscriptCue.objects.values_list("starts", "speaker")) == [
        (timedelta(seconds=-1.5), ""),
        (timedelta(seconds=3), "Mara"),
    ]
    last = Stage("transcripts")
    last.bring(Feed.TRANSCRIPTS)
    assert last.finish() == Counts()
    assert TranscriptCue.objects.count() == 2


def test_files():
    stage = Stage("files")
    pages = ChatPage("t", (message(1, files=(PAPER,)), message(2, files=(f"{PAPER}?web=1",))), END)
    stage.bring(Feed.CHAT, pages)
    [ref] = stage.intakes[Feed.SHARED_FILES].known((stage.target,)).files
    assert ref == FileRef(PAPER, owners=("m1",), owner="Mara")
    paper = RemoteFile("d", "p", "paper.pdf", PAPER, 7, "application/pdf", START, START)
    found = RemoteFile(**{n: getattr(paper, n) for n in paper.__slots__} | {"asked_by": PAPER})
    stage.bring(Feed.SHARED_FILES, FilesPage((found,)))
    assert stage.finish() == Counts(fetched=1, created=1)
    [file] = stage.conference.shared_files.all()
    assert (file.name, file.size, file.shares, file.shared_by) == ("paper.pdf", 7, 2, "Mara")

    again = Stage("files")
    both = (message(1, deleted=True), message(2, deleted=True))
    again.bring(Feed.CHAT, ChatPage("t", both, END))
    again.bring(Feed.SHARED_FILES)
    assert again.finish() == Counts(vanished=1)


def test_time_slots_that_come_into_use_take_over_from_the_conference(conference):
    stage = Stage("chat")
    stage.bring(Feed.CHAT, ChatPage("t", (message(1), message(2)), END))
    half = START + timedelta(minutes=30)
    slot = conference.time_slots.create(
        starts_at=START, ends_at=half, meeting_link=conference.meeting_link
    )
    conference.use_time_slots = True
    conference.save()
    again = Stage("chat")
    again.bring(Feed.CHAT, ChatPage("t", (message(1),), END))
    assert again.finish() == Counts(fetched=1, updated=1)
    assert list(conference.messages.filter(is_planned=True).values_list("slot")) == [(slot.pk,)]

    conference.use_time_slots = False
    conference.save()
    back = Stage("chat")
    back.bring(Feed.CHAT, ChatPage("t", (message(2),), END))
    assert back.finish() == Counts(fetched=1, updated=1)
    assert list(conference.messages.filter(is_planned=True).values_list("slot")) == [(None,)]
