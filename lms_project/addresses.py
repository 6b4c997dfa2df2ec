"""Addresses as settings give them: each function returns what was meant or raises ValueError.

An address may hold a password: what is raised does not repeat it.
"""

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

import dj_database_url
import psycopg2
from psycopg2.extensions import make_dsn

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
SERVED_HOST = re.compile(r"\*|\.?[a-z0-9.-]+|\[[a-f0-9:.]+\]", re.IGNORECASE)  # Django's rule
TLS_OPTION = re.compile(
    r"ssl_cert_reqs=(?:required|optional|none)|ssl_(?:ca_certs|certfile|keyfile)=/.+"
)
SSL_MODES = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}
NUMBERS = {
    *("connect_timeout", "tcp_user_timeout"),
    *("keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count"),
}


class OptionError(ValueError):
    """What stands behind the question mark is not for this server."""


def web(address: str, *, plain_http_on_loopback: bool) -> str:
    """An https URL without the slash at its end; http only for loopback, and only if allowed."""
    parts = _split(address)
    _insist(is_host(parts.hostname) and address.isascii())
    _insist("@" not in parts.netloc and "?" not in address)
    plain = plain_http_on_loopback and parts.hostname in LOOPBACK
    _insist(parts.scheme in ({"https", "http"} if plain else {"https"}))
    return address.rstrip("/")


def origin(address: str) -> str:
    """What a browser sends as Origin; https://*.host for every host below."""
    parts = _split(address.replace("://*.", "://", 1))
    _insist(is_host(parts.hostname) and "@" not in parts.netloc)
    _insist(parts.scheme in {"https", "http"} and not parts.path and "?" not in address)
    return address.lower()


def served_host(name: str) -> str:
    """A host's name, .host for it and every host below, or * for all."""
    _insist(SERVED_HOST.fullmatch(name))
    return name


def queue(address: str) -> str:
    """A Redis, with the number of its database and options for TLS, or a folder's filesystem://."""
    parts = _split(address)
    _insist(is_host(parts.hostname) and re.fullmatch(r"/?|/\d{1,4}", parts.path))
    for option in _options(parts).items():
        if parts.scheme != "rediss" or not TLS_OPTION.fullmatch("=".join(option)):
            raise OptionError
    return address


def database(address: str) -> dict[str, Any]:
    """SQLite's or PostgreSQL's, as Django wants it."""
    known: dict[str, Any] = dict(dj_database_url.parse(address))
    if address == "sqlite://:memory:":
        return known
    parts = _split(address)
    if known["ENGINE"] == SQLITE:
        _insist(not parts.netloc)  # sqlite://folder/file has a slash too few
        if _options(parts):
            raise OptionError
        return known
    _insist(known["ENGINE"] == POSTGRESQL and known["NAME"])
    hosts = known["HOST"].split(",")
    _insist(hosts == [""] or known["HOST"].startswith("/") or all(map(is_host, hosts)))
    _options(parts)
    _check_libpq(known.get("OPTIONS", {}))
    return known


def is_host(name: str | None) -> bool:
    if name and ":" in name:
        return bool(ip_address(name))
    return bool(name and HOST.fullmatch(name))


def _insist(condition: object) -> None:
    if not condition:
        raise ValueError


def _split(address: str) -> SplitResult:
    """``urlsplit`` drops line ends, takes blanks and looks at the port only when asked."""
    _insist(address.isprintable() and " " not in address and "#" not in address)
    parts = urlsplit(address)
    _insist(parts.port != 0)
    return parts


def _options(parts: SplitResult) -> dict[str, str]:
    """Each has a value and comes once: libraries drop, without a word, what has none."""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(pairs)
    if len(options) < len(pairs) or not all(options.values()):
        raise OptionError
    return options


def _check_libpq(options: dict[str, Any]) -> None:
    """PostgreSQL's own library knows the names; the values it would read only on connecting."""
    try:
        make_dsn(**options)
    except psycopg2.ProgrammingError:
        raise OptionError from None
    if options.get("sslmode", "prefer") not in SSL_MODES:
        raise OptionError
    for name in NUMBERS & options.keys():
        if type(options[name]) is not int or options[name] >= 2**31:
            raise OptionError
