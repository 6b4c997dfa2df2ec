"""Odd words in the addresses of the administration's lists, and actions on rows that are none."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.input.stage import Stage, digest

OFFSET = "%2B14:00"
# Filters that no page offers are refused; of those that it offers, a value that is none leads to
# the whole list.
FILTERS = {
    "conferences_conference": [
        *((f"title__regex={word}", 400) for word in ("(", "(((((", "x")),
        *((f"starts_at__year={year}", 400) for year in ("0", "99999999999")),
        *((query, 400) for query in ("title__exact=%00", "id__in=" + "9" * 30, "platform__gt=a")),
        *(("platform__exact=teams", 200), (f"archived_at__gte=2026-01-01 00:00{OFFSET}", 200)),
        ("archived_at__lt=x", 302),
        *((f"p={page}", 200) for page in ("9" * 30, "-2", "x")),
    ],
    "accounts_user": [
        *(("email__regex=(", 400), ("password__startswith=a", 400), ("id__in=" + "9" * 30, 400)),
        *(("date_joined__year=0", 400), ("is_active__exact=x", 302), ("is_staff__exact=1", 200)),
    ],
    "accounts_auditentry": [
        *(("email__regex=(", 400), ("id__in=" + "9" * 30, 400), ("actor__email__regex=(", 400)),
        *(("act__exact=looked", 200), ("at__gte=x", 302)),
        *((f"at__year={year}", 302) for year in ("x", "0", "9999", "99999999999")),
        *(("at__year=2026&at__month=13", 302), ("at__year=2026&at__month=11", 200)),
        ("at__year=2026&at__month=1&at__day=" + "9" * 30, 302),
    ],
    "conferences_recordingnotice": [
        *(("organizer__regex=(", 400), ("code__exact=%00", 400), ("id__in=" + "9" * 30, 400)),
        *((f"state={word}", 200) for word in ("open", "resolved", "x", "%00", "9" * 30)),
    ],
}
FILTERS |= {name: [("id__regex=(", 400)] for name in ("auth_group", "axes_accessattempt")}
NO_ROWS = ("x", "\0", "-1", "1.5", "9" * 30, "9" * 5000)


def address(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


@pytest.mark.parametrize("name", FILTERS)
def test_odd_filters(name: str, administrator: Client) -> None:
    for query, expected in FILTERS[name]:
        answer = administrator.request(PATH_INFO=address(name), QUERY_STRING=query)
        assert answer.status_code == expected, query
        if expected == 302:
            assert answer["Location"] == f"{address(name)}?e=1"
    assert administrator.get(address(name), {"e": "1"}).status_code == 200


def test_what_one_database_looks_for_and_the_other_refuses(administrator: Client) -> None:
    """NUL is nothing for PostgreSQL, the day before the first one nothing for SQLite."""
    for name, text, moment in (
        ("conferences_conference", "platform", "archived_at"),
        ("accounts_auditentry", "act", "at"),
    ):
        for query in (f"{text}__exact=%00", f"{moment}__gte=0001-01-01 00:00{OFFSET}"):
            answer = administrator.request(PATH_INFO=address(name), QUERY_STRING=query)
            assert answer.status_code in {200, 302}, query


@pytest.mark.parametrize("name", ["conferences_conference", "accounts_user"])
def test_an_action_on_odd_rows_does_nothing(name: str, stage: Stage, administrator: Client) -> None:
    before = digest(), User.objects.count()
    for chosen in NO_ROWS:
        form = {"action": "delete_selected", "_selected_action": [chosen, "1"], "post": "yes"}
        answer = administrator.post(address(name), form, follow=True)
        assert answer.status_code == 200
        assert "Nothing was done" in answer.content.decode()
    assert (digest(), User.objects.count()) == before


@pytest.mark.parametrize("term", ["%00", "a%00", "x" * 100_000, "%F0%9F%98%80", "%ff"])
def test_an_odd_term_finds_nobody(term: str, mara: User, administrator: Client) -> None:
    query = f"app_label=conferences&model_name=membership&field_name=user&term={term}"
    answer = administrator.request(PATH_INFO="/admin/autocomplete/", QUERY_STRING=query)
    assert answer.status_code == 200
    assert administrator.get(address("accounts_user"), {"q": term}).status_code == 200
