"""Scripted faults: what to do instead of, or to, a real answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

ACTIONS = (
    "status",
    "reset",
    "cut",
    "drip_seconds",
    "delay_seconds",
    "raw_body",
    "json",
    "inflates_to",
    "next_link",
    "pages",
    "nulls",
    "leaves",
    "append",
    "also",
)
_KINDS: dict[str, Callable[[Any], Any]] = {
    "status": int,
    "drip_seconds": float,
    "delay_seconds": float,
    "inflates_to": int,
    "leaves": dict,
    "append": dict,
    "also": dict,
}
_SETTINGS = ("method", "path", "times", "skip", "headers", "body")
PAGE = re.compile(r"&sandbox-page=([\w-]+)\.(\d+)$")  # in the links that "pages" makes


@dataclass
class Fault:
    """``path`` is searched in the decoded ``path?query``; ``times`` None means always."""

    id: str
    method: str | None
    path: re.Pattern[str]
    times: int | None
    skip: int
    action: str
    argument: Any
    headers: dict[str, str]
    body: Any = None
    hits: int = 0

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "method": self.method,
            "path": self.path.pattern,
            "times": self.times,
            "skip": self.skip,
            self.action: self.argument,
            "headers": self.headers,
            "body": self.body,
            "hits": self.hits,
        }


@dataclass
class Faults:
    scripted: dict[str, Fault] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def add(self, wish: dict[str, Any]) -> Fault:
        """ValueError (or re.error) where the wish is not understood."""
        if unknown := wish.keys() - {*ACTIONS, *_SETTINGS}:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        if "pages" in wish:
            _check_pages(wish["pages"])
        actions = [name for name in ACTIONS if name in wish]
        if len(actions) != 1:
            raise ValueError(f"exactly one action of {', '.join(ACTIONS)} is needed")
        times, skip = wish.get("times"), int(wish.get("skip", 0))
        fault = Fault(
            id=f"fault-{next(self._numbers)}",
            method=wish.get("method"),
            path=re.compile(wish.get("path", "")),
            times=None if times is None else int(times),
            skip=skip,
            action=actions[0],
            argument=_KINDS.get(actions[0], _as_it_is)(wish[actions[0]]),
            headers={str(k): str(v) for k, v in (wish.get("headers") or {}).items()},
            body=wish.get("body"),
        )
        self.scripted[fault.id] = fault
        return fault

    def strike(self, method: str, target: str) -> Fault | None:
        """The first fault due for this request; counts the request against it."""
        for fault in self.scripted.values():
            if fault.method not in (None, method) or not fault.path.search(target):
                continue
            fault.hits += 1
            past_skipped = fault.hits > fault.skip
            if past_skipped and (fault.times is None or fault.hits <= fault.skip + fault.times):
                return fault
        return None

    def page_asked(self, query: str) -> tuple[Fault | None, int]:
        """Whose next page a link leads to, and which; (None, 0) for a first page."""
        if match := PAGE.search(f"&{query}"):
            return self.scripted.get(match[1]), int(match[2])
        return None, 0


def next_page(fault: Fault, number: int) -> str:
    """What a link to the page after ``number`` ends with."""
    following = 1 if fault.argument == "loop" else number + 1
    return f"&sandbox-page={fault.id}.{following}"


def _check_pages(pages: Any) -> None:
    if pages not in ("loop", "endless") and not all(
        len(page) == 2 and all(end is None or isinstance(end, int) for end in page)
        for page in pages
    ):
        raise ValueError('pages: slices [start, stop], "loop" or "endless"')


def _as_it_is(argument: Any) -> Any:
    return argument
