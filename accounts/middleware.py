"""Times are in the viewer's own time zone, and no browser keeps what a viewer saw."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from accounts.models.user import zone_of


class ViewerTimezoneMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone_of(getattr(request.user, "timezone", "UTC"))):
            return self.get_response(request)


class PrivatePagesMiddleware:
    """Whoever sits down next does not read what somebody saw who has logged out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_somebody = request.user.is_authenticated
        page = self.get_response(request)
        if is_somebody:
            add_never_cache_headers(page)
        return page
