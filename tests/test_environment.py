"""Settings: each wrong value is named with its remedy, all at once, and no secret is told."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms_project.environment import Environment


def problems(**variables: str) -> list[str]:
    env = Environment(variables)
    env.whole("SYNC_LEASE_SECONDS", default=60, at_least=2)
    env.rate("GRAPH_RATE", default=28.0)
    env.flag("FLAG", default=False)
    env.url("GRAPH_BASE_URL", default="https://graph.example.org", plain_http_on_loopback=True)
    env.database("DATABASE_URL", default="sqlite:///x")
    env.secret("TEAMS_CLIENT_SECRET")
    return env.problems


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SYNC_LEASE_SECONDS", "soon"),
        ("SYNC_LEASE_SECONDS", "1"),
        ("GRAPH_RATE", "0"),
        ("GRAPH_RATE", "nan"),
        ("FLAG", "perhaps"),
        ("GRAPH_BASE_URL", "http://graph.example.org"),
        ("GRAPH_BASE_URL", "ftp://127.0.0.1"),
        ("GRAPH_BASE_URL", "https://user:secret@graph.example.org"),
        ("DATABASE_URL", "oracle-ish://x"),
        ("TEAMS_CLIENT_SECRET_FILE", "/does/not/exist"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(name, value):
    [problem] = problems(**{name: value})
    assert problem.startswith(name)
    assert problem.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SYNC_LEASE_SECONDS", "2"),
        ("GRAPH_RATE", "0.5"),
        ("FLAG", "YES"),
        ("GRAPH_BASE_URL", "http://127.0.0.1:8901/v1.0/"),
        ("GRAPH_BASE_URL", "https://graph.microsoft.us/v1.0"),
        ("DATABASE_URL", "postgres://u:p@localhost/x"),
        ("TEAMS_CLIENT_SECRET", "s3cret"),
    ],
)
def test_a_right_value_is_taken(name, value):
    assert problems(**{name: value}) == []


def test_plain_http_is_refused_in_production_also_on_loopback():
    env = Environment({"GRAPH_BASE_URL": "http://127.0.0.1:1"})
    env.url("GRAPH_BASE_URL", default="https://x.example.org", plain_http_on_loopback=False)
    assert len(env.problems) == 1


def test_a_secret_comes_from_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("s3cret\n")
    assert Environment({"KEY_FILE": str(path)}).secret("KEY") == "s3cret"


def test_a_secret_given_twice_is_a_problem(tmp_path):
    path = tmp_path / "secret"
    path.write_text("s3cret")
    env = Environment({"KEY": "other", "KEY_FILE": str(path)})
    env.secret("KEY")
    assert env.problems == ["KEY and KEY_FILE are both set. Keep one of them."]


def test_all_problems_come_in_one_error():
    env = Environment({"A": "x", "B": "y"})
    env.whole("A", default=1)
    env.whole("B", default=1)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.check()
    assert "A='x'" in str(caught.value)
    assert "B='y'" in str(caught.value)


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
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "CELERY_BROKER_URL"):
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
