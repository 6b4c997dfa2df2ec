"""Why a mail could not be sent. Codes are stored; words are chosen when somebody reads."""

import smtplib
import ssl
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNREACHABLE, LOGIN_REFUSED, NO_TLS = "unreachable", "login_refused", "no_tls"
SENDER_REFUSED, ADDRESS_REFUSED = "sender_refused", "address_refused"
MESSAGE_REFUSED, HUNG_UP, SITE_FAULT = "message_refused", "hung_up", "site_fault"

SENTENCES: Mapping[str, Promise] = {
    UNREACHABLE: _("the mail server cannot be reached"),
    LOGIN_REFUSED: _("the mail server refuses this site's user name or password"),
    NO_TLS: _("no secure connection to the mail server can be made"),
    SENDER_REFUSED: _("the mail server takes no mail from this site's address"),
    ADDRESS_REFUSED: _("the mail server refuses the address"),
    MESSAGE_REFUSED: _("the mail server refuses the message"),
    HUNG_UP: _("the mail server ended the connection"),
    SITE_FAULT: _("a fault of this site stopped it"),
}
FAULTS = (OSError, smtplib.SMTPException, ValueError)  # a wrong header or address is a ValueError


class RefusedError(Exception):
    """A mail was not sent. Its text is for logs, and has nobody's address and no server's words."""

    def __init__(self, code: str, error: BaseException) -> None:
        super().__init__(f"{code} ({type(error).__name__}{_number(error)})")
        self.code = code


def while_connecting(error: BaseException) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            return LOGIN_REFUSED
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return NO_TLS
        case _:
            return UNREACHABLE


def while_sending(error: BaseException) -> str:
    match error:
        case smtplib.SMTPRecipientsRefused() | smtplib.SMTPNotSupportedError() | ValueError():
            return ADDRESS_REFUSED
        case smtplib.SMTPSenderRefused():
            return SENDER_REFUSED
        case smtplib.SMTPResponseException():
            return MESSAGE_REFUSED
        case _:
            return HUNG_UP


def sentence(code: str) -> str:
    return str(SENTENCES.get(code, SENTENCES[SITE_FAULT]))


def _number(error: BaseException) -> str:
    """The server's own, such as 550."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        numbers: list[object] = [said[0] for said in error.recipients.values()]
    else:
        numbers = [getattr(error, "smtp_code", None) or getattr(error, "errno", None)]
    return "".join(f" {number}" for number in numbers if isinstance(number, int))
