"""What a control call asks for: a JSON object, and the kinds of values in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.clock import parse_moment


class Misunderstood(Exception):
    """A control call that makes no sense: 400 with the reason."""


async def misunderstood(request: Request, exc: Exception) -> Response:
    return JSONResponse({"error": str(exc)}, 400)


async def wish_of(request: Request, known: set[str] | None = None) -> dict[str, Any]:
    """The JSON object of the body ({} for none), with ``known`` keys only."""
    text = await request.body()
    try:
        wish = await request.json() if text.strip() else {}
    except ValueError:
        raise Misunderstood("the body is not JSON") from None
    if not isinstance(wish, dict):
        raise Misunderstood("the body is not a JSON object")
    if known is not None and (unknown := wish.keys() - known):
        raise Misunderstood(f"unknown: {', '.join(sorted(unknown))}")
    return wish


def moment(text: object) -> datetime:
    try:
        return parse_moment(str(text))
    except ValueError as error:
        raise Misunderstood(str(error)) from None


def number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Misunderstood(f"not a number: {value!r}")
    return float(value)


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Misunderstood(f"neither true nor false: {value!r}")
    return value


def choice(*words: str) -> Callable[[object], str]:
    """One of these words."""

    def read(value: object) -> str:
        if value not in words:
            raise Misunderstood(f"one of {', '.join(words)}, not {value!r}")
        return str(value)

    return read


def names(value: object) -> set[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Misunderstood(f"not a list of names: {value!r}")
    return set(value)
