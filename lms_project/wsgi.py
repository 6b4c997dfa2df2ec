"""What gunicorn serves."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms_project.settings.local")

# Parameters that say how they are encoded themselves, and texts in anything but UTF-8.
_ODD_PARAMETER = re.compile(r"\*\s*=")
_ODD_CHARSET = re.compile(r"charset\s*=(?!\s*\"?utf-?8\"?\s*(;|$))", re.IGNORECASE)

django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django reads these headers before any of its own handlers could answer for a fault."""
    kind, accepted = environ.get("CONTENT_TYPE", ""), environ.get("HTTP_ACCEPT", "")
    if _ODD_PARAMETER.search(kind + accepted) or _ODD_CHARSET.search(kind):
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Content-Type or Accept cannot be read. Send text in UTF-8, and plain parameters."]
    return django(environ, start_response)
