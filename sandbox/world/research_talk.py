"""46: what was said, written, shared and recorded."""

from datetime import timedelta

from sandbox.world.files import CHAT_FILES, put_file, text_of
from sandbox.world.media import Cue
from sandbox.world.model import Meeting, World
from sandbox.world.people import identifier
from sandbox.world.person import Person
from sandbox.world.recorded import recorded, transcribed
from sandbox.world.said import attach, call_took_place, deleted, edited, liked, said
from sandbox.world.talk import Attachment

# One point, transparent.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c48900"
    "00000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082"
)
CUES = [
    Cue(0.0, 5.32, "Mara Lindqvist", "Welcome, everybody."),
    Cue(6.0, 14.5, "Mara Lindqvist", "Today we read one paper together."),
    Cue(15.25, 21.0, "Noor Haddad", "Is page four part of it?"),
    Cue(21.5, 24.0, "Mara Lindqvist", "Yes, up to the table."),
    Cue(70.0, 82.125, "Jonas Weber", "They report p < 0.05 & n > 40."),
    Cue(83.0, 85.0, None, "[Laughter]"),
    Cue(600.0, 612.0, "Robin (Guest)", "My microphone works now."),
    Cue(1200.0, 1218.5, "Lena Fischer", 'The word "significant" has two meanings.'),
    Cue(1800.0, 1809.0, "Omar Said", "I rejoined, sorry."),
    Cue(2400.0, 2431.0, "Priya Nair", "Figure two contradicts table one."),
    Cue(3400.0, 3410.0, "Kim Park", "Who writes the summary?"),
    Cue(3411.0, 3420.0, "Mara Lindqvist", "Kim does. Thank you all."),
]


def add_research_talk(world: World, meeting: Meeting, guest: Person) -> None:
    """The recording is known to the API and to the chat; its file is out of reach.

    Ines started it and it is hers (graph-api §8: the policy may say "initiator"), and her
    OneDrive refuses the app. Nine messages, of which one edited, one a bot's, one a guest's,
    three with files (two files, one of them shared twice); a tenth was deleted. Five system
    messages: call started, recording began, call ended, recording there, transcript there.
    """
    who = world.who
    call_took_place(meeting, who["mara"], who["noor"], who["ines"], length=timedelta(hours=1))
    recording = recorded(
        world, meeting, ("0:01:00", "0:59:00"), by=who["ines"], owner=who["ines"]
    )  # 3480 s
    transcript = transcribed(meeting, CUES, at="0:01:00", like=recording)
    transcript.numbered = True

    mara_drive, noor_drive = world.drive_of(who["mara"]), world.drive_of(who["noor"])
    if mara_drive is None or noor_drive is None:
        raise ValueError("Mara and Noor need a OneDrive")
    reading_list = put_file(
        mara_drive,
        f"{CHAT_FILES}/reading-list.pdf",
        text_of("reading-list", 24_000),
        meeting.starts_at,
        who["mara"],
    )
    notes = put_file(
        noor_drive,
        f"{CHAT_FILES}/method-notes.docx",
        text_of("method-notes", 8_192),
        meeting.starts_at,
        who["noor"],
    )

    said(
        meeting, who["mara"], "0:00:40", "The paper is on it: ", files=[(mara_drive, reading_list)]
    )
    question = said(
        meeting,
        who["noor"],
        "0:04:10",
        '<p><at id="0">Mara Lindqvist</at> is page 4 part of it?</p>',
        "html",
    )
    question.mentions.append(who["mara"])
    answer = said(meeting, who["mara"], "0:05:00", "Yes, up to the table.")
    liked(answer, who["noor"], timedelta(seconds=20))
    said(meeting, guest, "0:12:00", "Hello, my microphone does not work.")
    polls = Person("Polls", identifier("bot", "polls"), kind="bot")
    card = '{"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Ready to go on?"}]}'
    poll = said(meeting, polls, "0:18:30", "")
    attach(
        poll,
        Attachment(
            identifier("card", "46"), "application/vnd.microsoft.card.adaptive", content=card
        ),
    )
    sample = said(meeting, who["jonas"], "0:22:00", "The sample is n = 40.")
    edited(sample, timedelta(minutes=33), "The sample is n = 48, see table 2.")
    wrong_chat = said(meeting, who["ines"], "0:27:00", "Wrong chat!")
    deleted(wrong_chat, timedelta(seconds=60))
    said(meeting, who["noor"], "0:31:00", "My notes: ", files=[(noor_drive, notes)])
    late = "Again, for those who came late: "
    said(meeting, who["omar"], "0:44:00", late, files=[(mara_drive, reading_list)])
    figure = said(meeting, who["priya"], "0:52:00", "", "html")
    hosted = (
        f"{{graph}}/chats/{meeting.thread_id}/messages/{figure.id}/hostedContents/figure/$value"
    )
    figure.body = (
        f'<p>Figure 2 <emoji id="smile" alt="🙂" title="Smile"></emoji> '
        f'<img alt="Figure 2" src="{hosted}" width="1" height="1"></p>'
    )
    figure.hosted["figure"] = PIXEL
