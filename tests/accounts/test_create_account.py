"""create_account: what is given is set, the rest of an account stays."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User

pytestmark = pytest.mark.django_db

EMAIL = "ada.miller@example.edu"
COLUMNS = ("first_name", "last_name", "timezone", "is_staff", "is_superuser")


def columns() -> dict[str, Any]:
    return dict(User.objects.values(*COLUMNS).get(email=EMAIL))


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        ([], {}),
        (["--name", "Ada"], {"first_name": "Ada", "last_name": ""}),
        (["--timezone", "Asia/Kolkata"], {"timezone": "Asia/Kolkata"}),
        (["--no-administrator"], {"is_staff": False, "is_superuser": False}),
    ],
)
def test_an_account_keeps_what_is_not_given(options: list[str], changed: dict[str, Any]) -> None:
    given = ["--name", "Ada May Miller", "--timezone", "Europe/Berlin", "--administrator"]
    call_command("create_account", EMAIL, *given)
    before = columns()
    assert before == dict(
        zip(COLUMNS, ("Ada", "May Miller", "Europe/Berlin", True, True), strict=True)
    )
    call_command("create_account", EMAIL.upper(), *options)
    assert columns() == before | changed


def test_a_new_account_needs_no_options() -> None:
    call_command("create_account", EMAIL)
    assert columns() == dict(zip(COLUMNS, ("", "", "UTC", False, False), strict=True))
    assert not User.objects.get().has_usable_password()


def test_the_password_changes_only_if_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCOUNT_PASSWORD", "a long password")
    call_command("create_account", EMAIL)
    monkeypatch.delenv("ACCOUNT_PASSWORD")
    call_command("create_account", EMAIL, "--name", "Ada Miller")
    assert User.objects.get().check_password("a long password")


@pytest.mark.parametrize("password", ["7zq", "trustno1", "\udcff" * 12])
def test_a_bad_password_is_refused_and_not_repeated(
    password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("create_account", EMAIL)
    monkeypatch.setenv("ACCOUNT_PASSWORD", password)
    with pytest.raises(CommandError, match=r"^ACCOUNT_PASSWORD: \w+") as caught:
        call_command("create_account", EMAIL)
    assert caught.value.returncode == 2
    assert password not in str(caught.value)
    assert not User.objects.get().has_usable_password()


def test_a_wrong_time_zone_is_refused() -> None:
    with pytest.raises(CommandError, match="is not a time zone"):
        call_command("create_account", EMAIL, "--timezone", "Mars/Olympus")
    assert not User.objects.exists()
