"""What follows from a login that worked or did not. Counting and locking are django-axes'."""

from ipaddress import ip_network
from math import ceil
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Max
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.audit import client_address, record
from accounts.models import Act, User


def name_of_attempt(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Of what failures are counted: the e-mail, however its letters are written.

    Upper case first, as the database compares: its ı and ſ are the i and s of the account.
    """
    name = (credentials or request.POST).get("username")
    return str(name or "").strip().upper().lower()[:255]


def source_of_attempt(request: HttpRequest) -> str | None:
    """From where failures are counted: of IPv6 the network, because a home has all of one."""
    address = client_address(request)
    if address is None or ":" not in address:
        return address
    return str(ip_network(f"{address.partition('%')[0]}/64", strict=False).network_address)


def locked_out(
    request: HttpRequest, _page: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The answer while nobody may try this e-mail from this address: until when."""
    tries = AccessAttempt.objects.filter(
        username=name_of_attempt(request, credentials), ip_address=source_of_attempt(request)
    )
    last = tries.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    seconds = ceil((last + settings.AXES_COOLOFF_TIME - timezone.now()).total_seconds())
    context = {"minutes": max(1, ceil(seconds / 60))}
    page = render(request, "registration/locked_out.html", context, status=429)
    page["Retry-After"] = str(max(1, seconds))
    return page


@receiver(user_logged_in)
def record_login(request: HttpRequest, user: User, **_: Any) -> None:
    """Forgets the failures before; axes itself would look for them by the name of the account."""
    name = name_of_attempt(request, {"username": user.email})
    AccessAttempt.objects.filter(username=name, ip_address=source_of_attempt(request)).delete()
    record(request, Act.LOGGED_IN, email=user.email)


@receiver(user_logged_out)
def record_logout(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        record(request, Act.LOGGED_OUT, email=user.email)


@receiver(user_login_failed)
def record_refusal(request: HttpRequest | None, credentials: dict[str, Any], **_: Any) -> None:
    if request is not None:
        is_locked = "yes" if getattr(request, "axes_locked_out", False) else ""
        email = name_of_attempt(request, credentials)
        record(request, Act.LOGIN_REFUSED, email=email, locked_out=is_locked)
