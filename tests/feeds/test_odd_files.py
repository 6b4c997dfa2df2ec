"""Files with odd names, addresses and sizes, and files that are somebody else's."""

from conferences.models import ChatMessage, DriveFile
from tests.conferences.commands import report, sync
from tests.feeds.artifacts import moment, outcome
from tests.feeds.odd import Answers, noors_file, odd_world

demo_world = odd_world

SHEET = ("sheet-5.pdf", 12_345)
MARA = "mara.lindqvist@example.edu"


def files(pk: int) -> list[tuple[str, int | None]]:
    return [(one["name"], one["size"]) for one in report(pk)["files"]]


def test_videos_that_make_no_sense_lose_no_other(demo_world):
    answers = Answers(demo_world, 94)
    odd = [
        {"id": "I" * 501},
        {"size": "many"},
        {"createdDateTime": "0001-01-01T00:00:00Z"},
        {"name": None},
        {"webUrl": ""},
    ]
    answers.folder(*(answers.video("odd", 31, **one) for one in odd), answers.video("good", 31))
    _, result = sync(94, "--operation", "recordings")
    assert outcome(result, "recordings") == ("partial", "bad_response")
    assert [file.item_id for file in DriveFile.objects.all()] == ["good"]


def test_a_video_too_large_and_too_long_to_be_true_is_of_unknown_size_and_length(demo_world):
    answers = Answers(demo_world, 94)
    odd = answers.video("odd", 31, size=10**30, video={"duration": 9 * 10**18})
    answers.folder(odd, answers.video("good", 31))
    code, result = sync(94, "--operation", "recordings")
    assert (code, outcome(result, "recordings")[1]) == (0, "recording_guesses_waiting")
    found = DriveFile.objects.order_by("item_id").values_list("item_id", "size", "seconds")
    assert list(found) == [("good", 5, 60.0), ("odd", None, None)]


def test_a_file_shared_in_two_slots_counts_in_the_first_and_is_told_in_the_second(demo_world):
    """51: docs/sync.md: each file once."""
    for slot in (45, 46):
        wish = {
            "conference": 51,
            "slot": slot,
            "email": MARA,
            "at": moment(demo_world, 51, 5, slot),
        }
        demo_world.change("add_message", **wish, body="See:", file="reading-list.pdf")
    code, result = sync(51, "--operation", "files")
    assert (code, outcome(result, "files", 45)) == (0, ("succeeded", None))
    assert outcome(result, "files", 46) == ("no_data", "counted_before")
    assert [one["shares"] for one in report(51)["files"]] == [2]


def test_one_file_with_a_long_id_loses_no_other(demo_world):
    """94: Noor shares two; the first is found, with an id that nobody can store."""
    url, noor = noors_file()
    answers = Answers(demo_world, 94)
    odd = url.replace("sheet-5.pdf", "odd.pdf")
    both = [
        answers.message("1", 5, files=[odd], by=noor),
        answers.message("2", 6, files=[url], by=noor),
    ]
    answers.chat(*both)
    item = answers.video("I" * 501, 5, name="odd.pdf", webUrl=odd, video=None)
    demo_world.script(path=r"odd\.pdf", json=item)
    _, result = sync(94, "--operation", "files")
    assert outcome(result, "files") == ("partial", "bad_response")
    assert files(94) == [("a file", None), SHEET]


def test_files_whose_long_ids_are_alike_are_two(demo_world):
    url, noor = noors_file()
    answers = Answers(demo_world, 94)
    for end in "12":
        link = url.replace("sheet-5.pdf", f"{end}.pdf")
        item = answers.video("I" * 300 + end, 5, name=f"{end}.pdf", webUrl=link, video=None)
        demo_world.script(path=rf"/{end}\.pdf", json=item)
    links = [url.replace("sheet-5.pdf", f"{end}.pdf") for end in "12"]
    answers.chat(answers.message("1", 5, files=links, by=noor))
    assert outcome(sync(94, "--operation", "files")[1], "files") == ("succeeded", None)
    assert files(94) == [("1.pdf", 5), ("2.pdf", 5)]


def test_addresses_that_are_refused_for_their_oddness_lose_no_other(demo_world):
    """94: anybody can write a link of 9,000 characters."""
    url, noor = noors_file()
    answers = Answers(demo_world, 94)
    statuses = (302, 409, 412, 414, 431)
    odd = [url.replace("sheet-5.pdf", f"{'x' * 9000}{status}") for status in statuses]
    answers.chat(answers.message("1", 5, files=[*odd, url], by=noor))
    for status in statuses:
        demo_world.script(path=f"xxx{status}", status=status)
    sync(94, "--operation", "files")
    assert files(94) == [*[("a file", None)] * 5, SHEET]


def test_a_name_with_signs_that_addresses_use_is_found(demo_world):
    """86: the chat gives "C# notes 50% done.pdf" as it is, not percent-encoded."""
    url, noor = noors_file()
    name = "C# notes 50% done.pdf"
    demo_world.change("rename_file", file="sheet-5.pdf", name=name)
    answers = Answers(demo_world, 94)
    link = url.replace("sheet-5.pdf", name)
    answers.chat(answers.message("1", 5, files=[link], by=noor))
    assert outcome(sync(94, "--operation", "files")[1], "files") == ("succeeded", None)
    assert files(94) == [(name, 12_345)]


def test_a_guessed_path_shows_nothing_of_the_organizers_drive(demo_world):
    """94: Noor names a file of Mara's that was shared in 46 only."""
    _, noor = noors_file()
    sync(46, "--operation", "files")
    link = DriveFile.objects.get(name="reading-list.pdf").url
    answers = Answers(demo_world, 94)
    answers.chat(answers.message("1", 5, files=[link], by=noor))
    sync(94, "--operation", "files")
    assert files(94) == [("a file", None)]


def test_a_link_to_a_public_site_asks_nobodys_drive(demo_world):
    """94: Ines's OneDrive refuses, and holds no such thing."""
    sync(46, "--operation", "chat")
    ines = ChatMessage.objects.filter(sender_name="Ines Duarte", event="")[0].sender_id
    answers = Answers(demo_world, 94)
    link = "https://www.example.org/paper.pdf"
    answers.chat(answers.message("1", 5, files=[link], by=ines))
    code, result = sync(94, "--operation", "files")
    assert (code, outcome(result, "files")) == (0, ("succeeded", None))
    assert not demo_world.requests_seen("/drive")
