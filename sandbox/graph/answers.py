"""Answers with JSON in which nothing but ASCII goes over the wire."""

import json

from starlette.responses import Response


class EscapedJSON(Response):
    """NUL and lone surrogates have no other form than ``\\u0000`` and ``\\ud800``."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        return json.dumps(content).encode("ascii")
