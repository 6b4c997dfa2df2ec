"""Starting with wrong settings: refused, with a line for each, and no secret is told."""

import ast
import re
import subprocess
import sys

import pytest


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={"PATH": "/usr/bin:/bin", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


PRODUCTION = {"DJANGO_SETTINGS_MODULE": "lms_project.settings.production"}


def test_production_refuses_to_start_without_its_settings(tmp_path):
    done = manage("check", VAR_DIR=str(tmp_path), **PRODUCTION)
    assert done.returncode != 0
    for name in (
        *("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "CELERY_BROKER_URL"),
        *("EMAIL_HOST", "DEFAULT_FROM_EMAIL", "SITE_URL"),
    ):
        assert f"{name} is missing" in done.stderr


def test_production_repeats_no_secret(tmp_path):
    done = manage(
        "check",
        VAR_DIR=str(tmp_path),
        SECRET_KEY="too-short-s3cret",
        DATABASE_URL="nonsense://user:s3cret@host/x",
        **PRODUCTION,
    )
    assert "SECRET_KEY is shorter than 50 characters" in done.stderr
    assert "s3cret" not in done.stderr


def test_production_takes_nothing_for_something(tmp_path):
    empty = tmp_path / "secret"
    empty.write_text("\n")
    done = manage(
        "check",
        VAR_DIR=str(tmp_path),
        SECRET_KEY_FILE=str(empty),
        ALLOWED_HOSTS=" , ",
        CELERY_BROKER_URL="filesystem://localhost",
        **PRODUCTION,
    )
    for line in (
        f"SECRET_KEY_FILE={str(empty)!r} is empty. ",
        "ALLOWED_HOSTS is missing. ",
        "CELERY_BROKER_URL does not begin with redis:// or rediss://. ",
    ):
        assert f"  - {line}" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CELERY_BROKER_URL", "amqp://user:s3cret@host", "does not begin with redis:// or"),
        ("RATE_GATE_URL", "https://user:s3cret@host", "does not begin with redis:// or"),
        ("EMAIL_HOST_PASSWORD", "s3cret", "is set without EMAIL_HOST_USER"),
        ("EMAIL_HOST_USER", "s3cret", "is set without EMAIL_HOST_PASSWORD"),
        ("TEAMS_TENANT_ID", "common", "is not one directory"),
        ("TEAMS_TENANT_ID", "Organizations", "is not one directory"),
        ("TEAMS_TENANT_ID", "consumers", "is not one directory"),
    ],
)
def test_also_a_local_start_refuses(tmp_path, name, value, said):
    done = manage("check", VAR_DIR=str(tmp_path), **{name: value})
    assert done.returncode != 0
    assert f"  - {name}" in done.stderr
    assert said in done.stderr
    assert "s3cret" not in done.stderr


def test_the_options_of_a_database_address_win_over_ours(tmp_path):
    url = "postgres://u:p@localhost/x?sslmode=require&connect_timeout=5"
    done = manage("diffsettings", VAR_DIR=str(tmp_path), DATABASE_URL=url)
    [shown] = re.findall(r"^DATABASES = (.*?)(?:  ###)?$", done.stdout, re.MULTILINE)
    options = ast.literal_eval(shown)["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["connect_timeout"] == 5
    assert options["tcp_user_timeout"] == 10_000


def test_check_deploy_is_clean(tmp_path):
    done = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        VAR_DIR=str(tmp_path),
        SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        ALLOWED_HOSTS="lms.example.edu",
        DATABASE_URL="postgres://u:p@localhost/x",
        CELERY_BROKER_URL="redis://localhost/0",
        TEAMS_TENANT_ID="t",
        TEAMS_CLIENT_ID="c",
        TEAMS_CLIENT_SECRET="s",
        EMAIL_HOST="mail.example.edu",
        DEFAULT_FROM_EMAIL="Conferences <lms@example.edu>",
        SITE_URL="https://lms.example.edu",
        **PRODUCTION,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "teams_integration.W001"),
        ({"TEAMS_TENANT_ID": "t"}, "teams_integration.E001"),
    ],
)
def test_check_tells_what_teams_lacks(tmp_path, variables, said):
    done = manage("check", VAR_DIR=str(tmp_path), **variables)
    assert said in done.stderr
    assert (done.returncode != 0) is ("E001" in said)


def test_a_password_of_the_mail_server_is_never_sent_in_the_open(tmp_path):
    login = {"EMAIL_HOST_USER": "lms", "EMAIL_HOST_PASSWORD": "s3cret", "EMAIL_TLS": "none"}
    done = manage("check", VAR_DIR=str(tmp_path), EMAIL_HOST="mail.example.edu", **login)
    assert done.returncode != 0
    assert "EMAIL_TLS='none' would send EMAIL_HOST_PASSWORD for everybody to read" in done.stderr
    assert "s3cret" not in done.stderr
    here = manage("check", VAR_DIR=str(tmp_path), EMAIL_HOST="127.0.0.1", **login)
    assert here.returncode == 0, here.stderr
