"""A mail as text and as simple HTML, on its reader's clock and in their language."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.mime.text import MIMEText
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import User
from accounts.models.user import zone_of
from conferences.exports.calendar import METHOD

HEADERS = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no machine is to answer it


@dataclass(frozen=True)
class Reader:
    """Whom a mail is for; without an account in the site's language and ``zone``."""

    email: str
    name: str
    user: User | None
    zone: str = "UTC"

    @contextmanager
    def at_home(self) -> Iterator[ZoneInfo]:
        """Their language and their clock."""
        zone = zone_of(self.user.timezone if self.user else self.zone)
        with translation.override(_language(self.user)), timezone.override(zone):
            yield zone


def write(
    reader: Reader,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    *,
    answers_to: str = "",
    calendar: bytes = b"",
) -> EmailMultiAlternatives:
    """``template`` names a pair in templates/mail; ``answers_to`` is where a reply goes, if that is
    an address.
    """
    words = {"name": reader.name, "site": settings.SITE_URL, **context}
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"mail/{template}.txt", words),
        to=[reader.email],
        reply_to=[answers_to] if is_address(answers_to) else None,
        headers=HEADERS,
    )
    mail.attach_alternative(render_to_string(f"mail/{template}.html", words), "text/html")
    if calendar:
        mail.attach(_calendar_part(calendar))
    return mail


def is_address(word: str) -> bool:
    try:
        validate_email(word)
    except ValidationError:
        return False
    return True


def _calendar_part(content: bytes) -> MIMEText:
    """RFC 5546 wants one meeting in a REQUEST or a CANCEL; a PUBLISH may hold several, and those
    that are cancelled say so themselves.
    """
    part = MIMEText(content.decode(), "calendar", "utf-8")
    part.set_param("method", METHOD)
    part.add_header("Content-Disposition", "attachment", filename="meetings.ics")
    return part


def _language(user: User | None) -> str:
    try:
        return translation.get_supported_language_variant(user.language if user else "")
    except LookupError:
        return settings.LANGUAGE_CODE
