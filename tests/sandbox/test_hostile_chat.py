"""97: what means harm arrives as it was written."""

import json

import pytest

from tests.sandbox.asking import Asker

EVILS = """<script onerror= javascript: vbscript: data:text/html <style position:fixed <svg <math
    <meta <iframe <form formaction= <base <object <embed <noscript <template srcset="""


def test_97_hostile_bodies_come_over_the_wire_as_ascii_json(asker: Asker) -> None:
    raw = asker.get(asker.thread_path(97) + "/messages", top="50")
    assert raw.content.isascii()
    text = raw.content.decode()
    for escape in ("\\u0000", "\\ud83d a pair", "\\ude42", "\\u202e"):
        assert escape in text
    bodies = [one["body"]["content"] for one in asker.written(97)]
    assert len(bodies) == 27
    assert next(body for body in bodies if len(body) > 1_000_000).startswith("<p>14 AAAA")
    with pytest.raises(UnicodeEncodeError):
        bodies[15].encode()
    whole = json.dumps(bodies)
    missing = [evil for evil in EVILS.split() if evil not in whole]
    assert missing == []
    *_, nested = asker.written(97)
    assert len(nested["attachments"]) == 6
    assert nested["attachments"][0]["contentUrl"].startswith("javascript:")
