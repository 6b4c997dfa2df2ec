"""Every address of the site, as the URLconf has it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_CONVERTED = re.compile(r"<\w+:(\w+)>")
_NAMED_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
_PARAMETER = re.compile(r"<(\w+)>")
_MODEL = re.compile(r"^/admin/(\w+/\w+)/<(?:object_)?id>/")


def routes() -> list[str]:
    """Such as /conferences/<pk>/sync/, in the order of the URLconf."""
    return [f"/{route}" for route in _walk(get_resolver())]


def _walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + _plain(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _walk(pattern, route)


def _plain(pattern: str) -> str:
    """Without converters and without the signs of an expression."""
    return _NAMED_GROUP.sub(r"<\1>", _CONVERTED.sub(r"<\1>", pattern)).strip("^$")


def parameters(route: str) -> list[str]:
    """What stands between < and >; an object's id by the model that it is of, if that is told."""
    model = _MODEL.match(route)
    return [
        model[1] if model and name in {"id", "object_id"} else name
        for name in _PARAMETER.findall(route)
    ]


def path(route: str, values: Mapping[str, Any]) -> str:
    """The address with these values for its parameters."""
    given = iter(parameters(route))
    return _PARAMETER.sub(lambda _: str(values[next(given)]), route)
