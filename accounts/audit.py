"""Writes the audit log. Every page that shows or changes what people did calls ``record``."""

from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import Act, AuditEntry, User
from platforms.redact import storable

LONGEST_SUBJECT, LONGEST_DETAIL = 200, 300
SAME_LOOK = timedelta(minutes=5)


def record(
    request: HttpRequest, act: Act, subject: str = "", *, email: str = "", **details: str | int
) -> None:
    """One entry about whoever sent ``request``; ``email`` only where nobody is logged in."""
    entry = _entry(request, act, subject, email, details)
    if entry.actor_id is not None and not User.objects.filter(pk=entry.actor_id).exists():
        entry.actor = None  # they have just deleted themselves
    entry.save()


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
        subject=_cut(subject, LONGEST_SUBJECT),
        details={name: _short(value) for name, value in details.items() if value != ""},
    )


def client_address(request: HttpRequest) -> str | None:
    """Where a request came from, as the outermost of our own proxies saw it; None if unknown.

    What stands further left in X-Forwarded-For is the client's own word and worth nothing.
    """
    seen = [request.META.get("REMOTE_ADDR", "")]
    seen += reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(","))
    try:
        address = ip_address(seen[min(settings.PROXIES, len(seen) - 1)].strip())
    except ValueError:
        return None
    within = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(within or address)


def _short(value: str | int) -> str | int:
    return value if isinstance(value, int) else _cut(value, LONGEST_DETAIL)


def _cut(text: str, longest: int) -> str:
    """Two that are not the same stay different, however long they are."""
    clean = storable(text)
    if len(clean) <= longest:
        return clean
    return f"{clean[: longest - 17]}…{sha256(clean.encode()).hexdigest()[:16]}"
