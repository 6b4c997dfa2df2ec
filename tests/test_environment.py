"""Settings: each wrong value is named with its remedy, all at once, and no secret is told."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms_project import addresses
from lms_project.environment import Environment


def problems(**variables: str) -> list[str]:
    env = Environment(variables)
    env.whole("SYNC_LEASE_SECONDS", default=60, at_least=2, at_most=3600)
    env.rate("GRAPH_RATE", default=28.0)
    env.flag("FLAG", default=False)
    env.url("GRAPH_BASE_URL", default="https://graph.example.org", plain_http_on_loopback=True)
    env.database("DATABASE_URL", default=Path("x"))
    env.secret("TEAMS_CLIENT_SECRET")
    env.server("RATE_GATE_URL", default="", schemes=("redis", "rediss"))
    env.server("CELERY_BROKER_URL", default="", schemes=("redis", "rediss", "filesystem"))
    env.words("ALLOWED_HOSTS", addresses.served_host, "a host's name")
    env.words("CSRF_TRUSTED_ORIGINS", addresses.origin, "an origin")
    env.matching("LOG_LEVEL", "DEBUG|INFO", "DEBUG or INFO")
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
        ("TEAMS_CLIENT_SECRET_FILE", "/dev/null"),
        ("RATE_GATE_URL", "http://localhost/0"),
        ("RATE_GATE_URL", "localhost:6379"),
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
        ("GRAPH_BASE_URL", "https://[2001:db8::1]:8443/v1.0"),
        ("DATABASE_URL", "postgres://u:p@localhost/x"),
        ("DATABASE_URL", "postgresql://u:p%20%23@db_1.example.org:5433/x"),
        ("DATABASE_URL", "postgres://u:p@db-1,db-2/x?target_session_attrs=read-write"),
        ("DATABASE_URL", "postgres://u@%2Frun%2Fpostgresql/x"),
        ("DATABASE_URL", "postgres:///x?host=/run/postgresql"),
        ("DATABASE_URL", "postgres://u:p@[::1]/x?sslmode=verify-full&sslrootcert=/etc/ca.pem"),
        ("DATABASE_URL", "postgres://u:p@h/x?connect_timeout=5&options=-c%20search_path%3Dlms"),
        ("DATABASE_URL", "sqlite:////tmp/db.sqlite3"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("TEAMS_CLIENT_SECRET", "s3cret"),
        ("RATE_GATE_URL", ""),
        ("RATE_GATE_URL", "redis://:s3cret@localhost/0"),
        ("RATE_GATE_URL", "rediss://localhost/0"),
        ("RATE_GATE_URL", "rediss://u:p@h:6380/1?ssl_cert_reqs=required&ssl_ca_certs=/etc/ca.pem"),
        ("CELERY_BROKER_URL", "redis://redis_1"),
        ("CELERY_BROKER_URL", "filesystem://localhost"),
        ("ALLOWED_HOSTS", "lms.example.edu, .example.org,[::1],*"),
        ("CSRF_TRUSTED_ORIGINS", "https://lms.example.edu,https://*.example.org,http://[::1]:81"),
        ("LOG_LEVEL", "DEBUG"),
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


def test_a_secret_that_is_no_text_is_a_problem(tmp_path):
    path = tmp_path / "secret"
    path.write_bytes(b"\xff\xfe")
    env = Environment({"KEY_FILE": str(path)})
    assert env.secret("KEY") == ""
    [problem] = env.problems
    assert problem.startswith(f"KEY_FILE={str(path)!r} is not text in UTF-8. ")


def test_a_secret_given_twice_is_a_problem(tmp_path):
    path = tmp_path / "secret"
    path.write_text("s3cret")
    env = Environment({"KEY": "other", "KEY_FILE": str(path)})
    env.secret("KEY")
    assert env.problems == ["KEY and KEY_FILE are both set. Keep one of them."]


def test_all_problems_come_in_one_error():
    env = Environment({"A": "x", "B": "y"})
    env.whole("A", default=1, at_most=9)
    env.whole("B", default=1, at_most=9)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.check()
    assert "A='x'" in str(caught.value)
    assert "B='y'" in str(caught.value)
