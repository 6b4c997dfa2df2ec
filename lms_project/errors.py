"""The page for a fault that nobody caught, or a sentence if the database does not answer.

Not a middleware: Django turns an exception into a response inside each layer, so that an outer
middleware never sees what an inner one (the session, the user) has raised.
"""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults

from conferences.views.requests import wants_json
from syncing import phrases
from syncing.database import is_lost
from syncing.outcomes import Message


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``: called while the exception is handled. Asks neither session nor database."""
    if not is_lost(sys.exception()):
        return defaults.server_error(request)
    message = phrases.message(Message.DATABASE_LOST, {}, 0)
    if wants_json(request):
        return JsonResponse({"error": message}, status=503)
    return HttpResponse(render_to_string("503.html", {"message": message}), status=503)
