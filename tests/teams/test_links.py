"""What a link tells, and that nothing is believed that it should not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams_integration import links

THREAD = "19:meeting_Ab@thread.v2"
LONG = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Ab%40thread.v2/0?context=%7b%7d"
DRIVE = "https://example-my.sharepoint.com/personal/mara/Documents"


@pytest.mark.parametrize(
    ("link", "thread"),
    [
        (LONG, THREAD),
        (LONG.replace("%3a", ":").replace("%40", "@"), THREAD),
        (LONG.removesuffix("/0?context=%7b%7d"), THREAD),
        (LONG.replace("thread.v2", "thread.tacv2"), None),  # a channel's: /chats knows none
        (LONG.replace("%40thread", "%2f..%2f%40thread"), None),
        ("https://teams.microsoft.com/meet/2671234567890?p=abc", None),
        ("https://[half", None),
        ("", None),
    ],
)
def test_the_thread_in_a_join_link(link, thread):
    assert links.thread_in(link) == thread


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (f"{DRIVE}/a.pdf", "a.pdf"),
        (f"{DRIVE}/One/Two%20%23%25.pdf?web=1#p=2", "One/Two #%.pdf"),
        (f"{DRIVE.upper()}/One/Two.pdf", "One/Two.pdf"),
        (f"{DRIVE}/One/", "One"),
        (DRIVE.replace("/personal", "/:v:/r/personal") + "/a.mp4?csf=1", "a.mp4"),
        (DRIVE, None),
        (f"{DRIVE}2/a.pdf", None),
        ("https://example-my.sharepoint.com/:v:/g/personal/mara/Eabc", None),
        (f"https://evil.example.invalid/{DRIVE}/a.pdf", None),
        (f"{DRIVE}/../../../users/mara", None),
        (f"{DRIVE}/%2e%2e/secret", None),
        (f"{DRIVE}//secret", None),
        (f"{DRIVE}/a.pdf:/permissions", None),
        ("", None),
    ],
)
def test_the_path_of_a_file_below_its_drive(url, path):
    assert links.path_below(DRIVE, url) == path


def test_a_drive_without_address_holds_nothing():
    assert links.path_below("", "/a.pdf") is None


def test_a_path_is_cut_where_the_drive_ends_whatever_its_letters():
    drive = "https://example.com/Straße"
    assert links.path_below(drive, "https://example.com/Straße/ß.pdf") == "ß.pdf"
    assert links.path_below(drive, "https://example.com/Strasse/ß.pdf") is None


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://example-my.sharepoint.com/:v:/g/personal/mara/Eabc", True),
        ("https://example-my.sharepoint.com/%3Av%3A/g/personal/mara/Eabc", True),
        ("https://example-my.sharepoint.com/:v:/r/personal/mara/Documents/a.mp4", False),
        (f"{DRIVE}/a.mp4", False),
    ],
)
def test_sharing_links_name_no_path(url, is_one):
    assert links.names_no_path(url) is is_one


@given(st.text())
def test_any_text_may_be_a_link(text):
    links.thread_in(text)
    links.join_number(text)
    links.names_no_path(text)
    links.path_below(DRIVE, text)
    path = links.path_below(DRIVE, f"{DRIVE}/{text}")
    assert path is None or not {"", ".", ".."} & set(path.split("/"))
