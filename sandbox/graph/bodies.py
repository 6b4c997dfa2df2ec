"""JSON bodies as Graph reads them: no property that the type has not, no value of another type.

The refusals' words have been seen by others; which of several mistakes is named first is chosen.
"""

from collections.abc import Collection
from typing import Any

from starlette.requests import Request

from sandbox.graph.errors import GraphError, bad_request

Json = dict[str, Any]


def unreadable(message: str) -> GraphError:
    return GraphError(400, "RequestBodyRead", message)


async def json_object(request: Request, required: bool = True) -> Json:
    """The body; 400 unless it is a JSON object (or nothing at all, where none is ``required``)."""
    raw = await request.body()
    if not raw and not required:
        return {}
    if not raw:
        raise bad_request("Empty Payload. JSON content expected.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        body = await request.json() if kind == "application/json" else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and "
            "payload is of valid JSON format."
        )
    return body


def known(body: object, names: Collection[str], kind: str) -> Json:
    """``body`` as an object with these properties only; annotations (``@…``) are dropped."""
    if not isinstance(body, dict):
        raise unreadable(f"A value of type 'microsoft.graph.{kind}' was expected.")
    for name in body:
        if name not in names and "@" not in name:
            raise unreadable(
                f"The property '{name}' does not exist on type 'microsoft.graph.{kind}'. Make sure "
                "to only use property names that are defined by the type or mark the type as open "
                "type."
            )
    return {name: value for name, value in body.items() if "@" not in name}


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _not_a("Edm.Boolean", value)
    return value


def text(value: object) -> str:
    if not isinstance(value, str):
        raise _not_a("Edm.String", value)
    return value


def one_of(*members: str) -> Any:
    """A member of an enumeration, in any letter case."""
    by_name = {member.lower(): member for member in members}

    def read(value: object) -> str:
        found = by_name.get(text(value).lower())
        if found is None:
            raise unreadable(f"Requested value '{value}' was not found.")
        return found

    return read


def _not_a(kind: str, value: object) -> GraphError:
    return unreadable(f"Cannot convert the literal '{value}' to the expected type '{kind}'.")
