"""Transcripts: chosen, read and searched."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conferences.models import Conference
from tests.pages import making
from tests.pages import making_artifacts as artifacts
from tests.pages.reading import html, part, results, words

pytestmark = pytest.mark.django_db


def tab(client: Client, conference: Conference, **query: object) -> str:
    query = {"tab": "transcripts", **query}
    return results(html(client, f"{conference.get_absolute_url()}?{urlencode(query)}"))


def cues(page: str) -> list[str]:
    return [words(one) for one in re.findall(r'<li id="cue-\d+" class="cue">.*?</li>', page)]


def test_cues_with_offset_speaker_and_text(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.transcript(
        conference,
        (-4.25, "Ines Duarte", "which is why"),
        (0, "Mara \u202eLindqvist", "Welcome <b>all</b>"),
        (64.9, "", "[Applause]"),
        (3723, "Noor Haddad", "n > 40 & p < 0.05"),
    )
    page = tab(as_mara, conference)
    assert cues(page) == [
        "−0:04 Ines Duarte which is why before transcription began",
        "0:00:00 Mara Lindqvist Welcome <b>all</b>",
        "0:01:04 not named [Applause]",
        "1:02:03 Noor Haddad n > 40 & p < 0.05",
    ]
    assert "<b>all" not in page
    assert "Transcription began on March 10, 2026, 10:00." in words(page)
    assert 'class="choice"' not in page  # there is only one


def test_one_of_several_is_chosen(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    gone = artifacts.transcript(conference, (0, "A", "of the gone one"), vanished_at=timezone.now())
    first = artifacts.transcript(conference, (0, "A", "of the first"))
    second = artifacts.transcript(conference, (0, "A", "of the second"))
    artifacts.transcript(conference, (0, "A", "of the old plan"), is_planned=False)
    page = tab(as_mara, conference)
    assert cues(page) == ["0:00:00 A of the first"]
    choice = part(page, '<nav class="choice"', "</nav>")
    assert words(choice) == (
        "March 10, 2026, 10:00 no longer on the platform "
        "March 10, 2026, 10:01 March 10, 2026, 10:02"
    )
    assert re.findall(r'transcript=(\d+)"( aria-current="true")?', choice) == [
        (str(gone.pk), ""),
        (str(first.pk), ' aria-current="true"'),
        (str(second.pk), ""),
    ]
    assert cues(tab(as_mara, conference, transcript=second.pk)) == ["0:00:00 A of the second"]
    shown = tab(as_mara, conference, transcript=gone.pk)
    assert cues(shown) == ["0:00:00 A of the gone one"]
    assert "no longer on the platform. Nothing was deleted here." in words(shown)
    for odd in ("zebra", "0", str(10**30), "\0"):
        assert cues(tab(as_mara, conference, transcript=odd)) == ["0:00:00 A of the first"]
    assert "Transcripts 2" in words(part(page, '<a id="tab-transcripts"', "</a>"))


def test_another_conferences_transcript_is_not_shown(as_mara: Client, mara: User) -> None:
    mine, other = making.conference(mara), making.conference(None)
    artifacts.transcript(mine, (0, "A", "mine"))
    foreign = artifacts.transcript(other, (0, "A", "not mine"))
    assert cues(tab(as_mara, mine, transcript=foreign.pk)) == ["0:00:00 A mine"]
    assert cues(tab(as_mara, mine, q="mine")) == ["0:00:00 A mine"]


def test_what_is_missing_is_told(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.transcript(conference, (0, "", "who said this"), lost=1, is_attributed=False)
    page = tab(as_mara, conference)
    said = words(page)
    assert "1 cue could not be read." in said
    assert (
        "The tenant does not let applications read who said what in transcripts; a Teams "
        "administrator allows it (Set-CsTeamsMeetingConfiguration -EnableAttributedTranscripts). "
        "An administrator acts."
    ) in said
    assert cues(page) == ["0:00:00 who said this"]
    conference.transcripts.update(lost=3, is_attributed=True)
    said = words(tab(as_mara, conference))
    assert "3 cues could not be read." in said
    assert "EnableAttributedTranscripts" not in said


def test_a_transcript_without_cues_says_so(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.transcript(conference)
    said = words(tab(as_mara, conference))
    assert "either nothing is written in it or its text is no longer there" in said


def test_a_search_goes_through_all_and_leads_to_the_place(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    artifacts.transcript(conference, (0, "Ines", "nothing"), (61, "Ines", "Table two"))
    many = [(n, "Noor", "the TABLE" if n == 120 else "x") for n in range(150)]
    second = artifacts.transcript(conference, *many)
    page = tab(as_mara, conference, q="table")
    assert cues(page) == ["0:01:01 Ines Table two", "0:02:00 Noor the TABLE"]
    assert [words(one) for one in re.findall(r"<h3>.*?</h3>", page)] == [
        "March 10, 2026, 10:00",
        "March 10, 2026, 10:01",
    ]
    assert "2 found." in words(page)
    cue = second.cues.get(number=120)
    place = f"?tab=transcripts&amp;transcript={second.pk}&amp;page=2#cue-{cue.pk}"
    assert f'href="{place}"' in page
    there = tab(as_mara, conference, transcript=second.pk, page=2)
    assert f'id="cue-{cue.pk}"' in there
    assert len(cues(tab(as_mara, conference, q="ines"))) == 2
    assert "Nobody said “zebra”" in words(tab(as_mara, conference, q="zebra"))


def test_a_hundred_a_page(as_mara: Client, mara: User) -> None:
    conference = making.conference(mara)
    made = artifacts.transcript(conference, *((n, "A", "x") for n in range(130)))
    page = tab(as_mara, conference, transcript=made.pk)
    assert len(cues(page)) == 100
    assert "1–100 of 130" in page
    assert f'href="?tab=transcripts&amp;transcript={made.pk}&amp;page=2"' in page
    assert len(cues(tab(as_mara, conference, page=2))) == 30
