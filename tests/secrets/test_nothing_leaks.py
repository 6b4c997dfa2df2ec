"""Secrets that were planted stand nowhere but where they belong."""

import json

import pytest

from tests.secrets.conftest import Places
from tests.secrets.plants import plants_in

# Something that is there only if the place is what it is taken for.
PROOFS = {
    "the pages of instructor": "Research Methods",
    "the pages of learner": "Your attendance",
    "the pages of instructor, elsewhere": "Guest lecture",
    "the pages of administrator": "Site administration",
    "the database": "AADSTS7000215",
    "conference_report": "noor.haddad@example.edu",
    "data_digest": "digest",
    "sync_conference": "credentials_refused",
    "the check of the settings": "no issues",
    "the answers in JSON": "AADSTS7000215",
    "the log of the web": "/conferences/46/sync/",
    "the log of the worker": "conference 46, run",
}


@pytest.mark.parametrize("place", PROOFS)
def test_no_secret_is_here(places: Places, place: str) -> None:
    assert PROOFS[place] in places.texts[place]
    assert plants_in(places.texts[place]) == []


def test_the_platform_did_say_them(places: Places) -> None:
    """Else nothing would be proved."""
    reasons = {one["code"] for run in places.runs for one in failures(run)}
    assert reasons >= {"credentials_refused", "permission_missing", "bad_response", "foreign_link"}


def failures(run: str) -> list[dict[str, str]]:
    return [one for step in json.loads(run)["operations"] for one in step["failures"]]


def test_nobody_else_was_asked(places: Places) -> None:
    assert places.asked_elsewhere == []


def test_the_platform_is_told_a_secret_only_where_it_belongs(places: Places) -> None:
    """The token to Graph, the secret in the form of the login; neither in an address."""
    for seen in places.requests:
        assert plants_in(f"{seen['path']}?{seen['query']}") == []
        assert seen["has_authorization"] is seen["path"].startswith("/v1.0/")
        assert seen["host"].startswith("127.0.0.1:")
