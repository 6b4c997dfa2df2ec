"""Writes the audit log. Every page that shows or changes what people did calls ``record``."""

from datetime import timedelta
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import Act, AuditEntry, User
from platforms.redact import storable

LONGEST_DETAIL = 300
SAME_LOOK = timedelta(minutes=5)


def record(
    request: HttpRequest, act: Act, subject: str = "", *, email: str = "", **details: str | int
) -> None:
    """One entry about whoever sent ``request``; ``email`` only where nobody is logged in."""
    _entry(request, act, subject, email, details).save()


def record_look(request: HttpRequest, act: Act, subject: str, **details: str | int) -> None:
    """As ``record``, but the same look once in five minutes: pages refresh themselves."""
    entry = _entry(request, act, subject, "", details)
    same = AuditEntry.objects.filter(
        actor=entry.actor, address=entry.address, act=act, subject=entry.subject
    )
    if not same.filter(details=entry.details, at__gt=entry.at - SAME_LOOK).exists():
        entry.save()


def _entry(
    request: HttpRequest, act: Act, subject: str, email: str, details: dict[str, str | int]
) -> AuditEntry:
    viewer: User | AnonymousUser = getattr(request, "user", AnonymousUser())
    actor = viewer if isinstance(viewer, User) else None
    return AuditEntry(
        actor=actor,
        email=storable(actor.email if actor else email)[:254],
        address=client_address(request),
        act=act,
        subject=storable(subject)[:200],
        details={name: _short(value) for name, value in details.items() if value != ""},
    )


def client_address(request: HttpRequest) -> str | None:
    """Where a request came from, as the outermost of our own proxies saw it; None if unknown.

    What stands further left in X-Forwarded-For is the client's own word and worth nothing.
    """
    seen = [request.META.get("REMOTE_ADDR", "")]
    seen += reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(","))
    try:
        return str(ip_address(seen[min(settings.PROXIES, len(seen) - 1)].strip()))
    except ValueError:
        return None


def _short(value: str | int) -> str | int:
    return value if isinstance(value, int) else storable(value)[:LONGEST_DETAIL]
