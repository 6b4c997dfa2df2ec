"""Reads settings from the environment and collects every wrong value, so that a start
fails once, with the whole list, each line naming the setting, the problem and the remedy.

A secret's value is never part of a message.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")

LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "::1"}
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


class Environment:
    """One reader per process. ``asked`` holds every name ever read, for docs/settings.md."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.asked: set[str] = set()
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        self.asked.add(name)
        return self._variables.get(name, "").strip() or default

    def secret(self, name: str) -> str:
        """The value of NAME, or the content of the file that NAME_FILE points to; "" if neither."""
        file_name = self.text(f"{name}_FILE")
        if not file_name:
            return self.text(name)
        if self.text(name):
            self.problems.append(f"{name} and {name}_FILE are both set. Keep one of them.")
        try:
            secret = Path(file_name).read_text(encoding="utf-8").strip()
            fault = "" if secret else "is empty"
        except OSError as error:
            secret, fault = "", f"cannot be read ({error.strerror})"
        except UnicodeDecodeError:
            secret, fault = "", "is not text in UTF-8"
        if fault:
            self.problems.append(
                f"{name}_FILE={file_name!r} {fault}. "
                "Point it to a readable file that holds the secret."
            )
        return secret

    def flag(self, name: str, *, default: bool) -> bool:
        def parse(word: str) -> bool:
            if word.lower() in TRUE_WORDS | FALSE_WORDS:
                return word.lower() in TRUE_WORDS
            raise ValueError

        return self._parsed(name, default, parse, "true or false")

    def whole(self, name: str, *, default: int, at_least: int = 0) -> int:
        def parse(word: str) -> int:
            if (number := int(word)) < at_least:
                raise ValueError
            return number

        return self._parsed(name, default, parse, f"a whole number of at least {at_least}")

    def rate(self, name: str, *, default: float) -> float:
        """Requests per second; above zero."""

        def parse(word: str) -> float:
            number = float(word)
            if not 0 < number < 1_000_000:
                raise ValueError
            return number

        return self._parsed(name, default, parse, "a number of requests per second above 0")

    def words(self, name: str) -> list[str]:
        """A comma-separated list."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def url(self, name: str, *, default: str, plain_http_on_loopback: bool) -> str:
        """An https URL without a trailing slash; http only for loopback, and only if allowed."""

        def parse(word: str) -> str:
            parts = urlsplit(word)
            loopback = parts.hostname in LOOPBACK_HOSTS and plain_http_on_loopback
            if not parts.hostname or parts.username or parts.password:
                raise ValueError
            if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
                raise ValueError
            return word.rstrip("/")

        allowed = "an https:// URL without a user name"
        if plain_http_on_loopback:
            allowed += " (http:// only for 127.0.0.1, localhost or ::1)"
        return self._parsed(name, default, parse, allowed)

    def server(self, name: str, *, default: str, schemes: tuple[str, ...]) -> str:
        """A URL with one of these schemes. It may hold a password: it is not repeated."""
        url = self.text(name)
        if url and not url.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            allowed = " or ".join(f"{scheme}://" for scheme in schemes)
            self.problems.append(f"{name} does not begin with {allowed}. Correct it or unset it.")
            return default
        return url or default

    def database(self, name: str, *, default: str) -> dict[str, object]:
        try:
            return dict(dj_database_url.parse(self.text(name, default)))
        except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
            # The value may hold a password: it is not repeated.
            self.problems.append(
                f"{name} cannot be understood. "
                "Write sqlite:///path/to/file or postgres://user:password@host:5432/name."
            )
            return dict(dj_database_url.parse(default))

    def require(self, *names: str, why: str) -> None:
        for name in names:
            if not (self.words(name) or self.text(f"{name}_FILE")):
                self.problems.append(f"{name} is missing. {why}")

    def check(self) -> None:
        """Raise one error that lists every problem found so far."""
        if self.problems:
            raise ImproperlyConfigured(
                "These settings are wrong:\n" + "\n".join(f"  - {line}" for line in self.problems)
            )

    def _parsed(
        self, name: str, default: Value, parse: Callable[[str], Value], allowed: str
    ) -> Value:
        word = self.text(name)
        if not word:
            return default
        try:
            return parse(word)
        except ValueError:
            self.problems.append(f"{name}={word!r} is not {allowed}. Correct it or unset it.")
            return default
