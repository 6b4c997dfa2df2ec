"""Reads settings from the environment and collects every wrong value, so that a start
fails once, with the whole list, each line naming the setting, the problem and the remedy.

A secret's value is never part of a message.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured

from lms_project import addresses

Value = TypeVar("Value")

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
# A user name, options, or a port that is none: what was put there may be a password.
MAY_BE_SECRET = re.compile(r"@|\?|//[^/\[]*:\D")


class Environment:
    """One reader per process. ``asked`` holds every name ever read, for docs/settings.md."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.asked: set[str] = set()
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        word = self._given(name)
        try:
            word.encode()
        except UnicodeEncodeError:
            self.problems.append(f"{name} is not text in UTF-8. Correct it or unset it.")
            return default
        return word or default

    def secret(self, name: str) -> str:
        """The value of NAME, or the content of the file that NAME_FILE points to; "" if neither."""
        file_name = self._given(f"{name}_FILE")
        if not file_name:
            return self.text(name)
        if self._given(name):
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

    def whole(self, name: str, *, default: int, at_least: int = 0, at_most: int) -> int:
        def parse(word: str) -> int:
            if not at_least <= (number := int(word)) <= at_most:
                raise ValueError
            return number

        return self._parsed(name, default, parse, f"a whole number from {at_least} to {at_most}")

    def rate(self, name: str, *, default: float) -> float:
        """Requests per second; one that is nearly zero would never come."""

        def parse(word: str) -> float:
            if not 0.01 <= (number := float(word)) <= 1_000_000:
                raise ValueError
            return number

        allowed = "a number of requests per second from 0.01 to 1000000"
        return self._parsed(name, default, parse, allowed)

    def matching(self, name: str, pattern: str, allowed: str, *, default: str = "") -> str:
        def parse(word: str) -> str:
            if re.fullmatch(pattern, word) is None:
                raise ValueError
            return word

        return self._parsed(name, default, parse, allowed)

    def words(self, name: str, parse: Callable[[str], str], allowed: str) -> list[str]:
        """A comma-separated list."""
        words = [word.strip() for word in self.text(name).split(",")]
        return [self._checked(name, word, word, parse, allowed) for word in words if word]

    def folder(self, name: str, *, default: Path, holding: Iterable[str]) -> Path:
        """A folder, in which these are made."""
        place = Path(self.text(name, str(default)))
        try:
            for inner in holding:
                (place / inner).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._refuse(name, str(place), f"a folder that can be filled ({error.strerror})")
            return default
        return place

    def url(self, name: str, *, default: str, plain_http_on_loopback: bool) -> str:
        """An https URL without a trailing slash; http only for loopback, and only if allowed."""

        def parse(word: str) -> str:
            return addresses.web(word, plain_http_on_loopback=plain_http_on_loopback)

        allowed = "an https:// URL without user name, query or blanks"
        if plain_http_on_loopback:
            allowed += " (http:// only for 127.0.0.1, localhost or ::1)"
        return self._parsed(name, default, parse, allowed)

    def server(self, name: str, *, default: str, schemes: tuple[str, ...]) -> str:
        """A URL with one of these schemes. It may hold a password: it is not repeated."""
        url = self.text(name)
        try:
            if not url or url.startswith(tuple(f"{scheme}://" for scheme in schemes)):
                return addresses.queue(url) if url else default
            fault = f"does not begin with {' or '.join(f'{scheme}://' for scheme in schemes)}"
            remedy = "Correct it or unset it."
        except addresses.OptionError:
            fault = "has options that are not taken"
            remedy = "There are ssl_cert_reqs, ssl_ca_certs, ssl_certfile, ssl_keyfile for rediss."
        except ValueError:
            fault, remedy = "cannot be understood", "Write redis://:password@host:6379/0."
        self.problems.append(f"{name} {fault}. {remedy}")
        return default

    def database(self, name: str, *, default: Path) -> dict[str, Any]:
        """SQLite in this file by default. What is given may hold a password: it is not repeated."""
        url = self.text(name)
        try:
            if url:
                return addresses.database(url)
        except addresses.OptionError:
            self.problems.append(
                f"{name} has options that its database does not take. "
                "Write them as ?sslmode=require&connect_timeout=30, for PostgreSQL only."
            )
        except ValueError:
            self.problems.append(
                f"{name} cannot be understood. "
                "Write sqlite:///path/to/file or postgres://user:password@host:5432/name, "
                "with a blank in it as %20 and # as %23."
            )
        return {"ENGINE": addresses.SQLITE, "NAME": str(default)}

    def require(self, *names: str, why: str) -> None:
        for name in names:
            if not (self._given(name).strip(", ") or self._given(f"{name}_FILE")):
                self.problems.append(f"{name} is missing. {why}")

    def check(self) -> None:
        """Raise one error that lists every problem found so far."""
        if self.problems:
            raise ImproperlyConfigured(
                "These settings are wrong:\n" + "\n".join(f"  - {line}" for line in self.problems)
            )

    def _given(self, name: str) -> str:
        self.asked.add(name)
        return self._variables.get(name, "").strip()

    def _parsed(
        self, name: str, default: Value, parse: Callable[[str], Value], allowed: str
    ) -> Value:
        word = self.text(name)
        return self._checked(name, word, default, parse, allowed) if word else default

    def _checked(
        self, name: str, word: str, default: Value, parse: Callable[[str], Value], allowed: str
    ) -> Value:
        try:
            return parse(word)
        except ValueError:
            self._refuse(name, word, allowed)
            return default

    def _refuse(self, name: str, word: str, allowed: str) -> None:
        shown = name if MAY_BE_SECRET.search(word) else f"{name}={word!r}"
        self.problems.append(f"{shown} is not {allowed}. Correct it or unset it.")
