"""Secrets that were planted stand nowhere but where they belong."""

import pytest

from tests.secrets.conftest import Places
from tests.secrets.plants import plants_in

pytestmark = pytest.mark.once

# Something that is there only if the place is what it is taken for.
PROOFS = {
    "the pages of instructor": "Research Methods",
    "the pages of learner": "Your attendance",
    "the pages of instructor, elsewhere": "Guest lecture",
    "the pages of administrator": "Site administration",
    "the database": "AADSTS7000215",
    "conference_report": "noor.haddad@example.edu",
    "data_digest": "digest",
    "what sync_conference says": "INFO syncing.journal conference 86",
    "the check of the settings": "no issues",
    "the answers in JSON": '"status": "finished"',
    "the log of the web": "/conferences/46/sync/",
    "the log of the worker": "conference 46, run",
}


@pytest.mark.parametrize("place", PROOFS)
def test_no_secret_is_here(places: Places, place: str) -> None:
    assert PROOFS[place] in places.texts[place]
    assert plants_in(places.texts[place]) == []


def test_the_platform_did_say_them(places: Places) -> None:
    """Else nothing would be proved."""
    told = places.texts["the answers in JSON"] + places.texts["what sync_conference says"]
    for reason in ("credentials_refused", "permission_missing", "bad_response", "foreign_link"):
        assert f'"code": "{reason}"' in told


def test_nobody_else_was_asked(places: Places) -> None:
    assert places.asked_elsewhere == []


def test_the_platform_is_told_a_secret_only_where_it_belongs(places: Places) -> None:
    """The token to Graph, the secret in the form of the login; neither in an address."""
    for seen in places.requests:
        assert plants_in(f"{seen['path']}?{seen['query']}") == []
        assert seen["has_authorization"] is seen["path"].startswith("/v1.0/")
        assert seen["host"].startswith("127.0.0.1:")
