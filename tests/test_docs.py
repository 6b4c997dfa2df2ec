"""Documents that name closed lists name all of them, and nothing else."""

import re
from pathlib import Path

from platforms.reasons import ReasonCode, who_acts
from syncing.models import SyncRun
from syncing.outcomes import Message, Outcome

DOCS = Path(__file__).resolve().parents[1] / "docs"
SYNC = (DOCS / "sync.md").read_text("utf-8")


def test_every_reason_is_explained_with_who_acts():
    explained = dict(re.findall(r"^\| `(\w+)` \| (\w+)", SYNC, re.MULTILINE))
    assert explained == {code.value: who_acts(code).value for code in ReasonCode}


def test_every_outcome_is_explained():
    table = SYNC.split("## Outcome of an operation")[1].split("##")[0]
    assert re.findall(r"^\| (\w+) \|", table, re.MULTILINE)[1:] == [o.value for o in Outcome]


def test_every_message_stands_in_the_verdict_table():
    table = SYNC.split("## Verdict of a run")[1].split("##")[0]
    for key in Message:
        run = SyncRun(message_key=key, items=0, message_params={"code": "throttled"})
        first_words = run.message.replace("0", "N").split(":")[0].split(" (")[0].split(". ")[0]
        assert first_words.rstrip(".") in table, key


def test_links_lead_somewhere():
    for page in [*DOCS.glob("**/*.md"), DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
