"""The application's access token: client credentials, through MSAL.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

import math
import time
from collections.abc import Mapping
from typing import Any

import msal
from msal.exceptions import MsalError

from platforms.answers import Answer
from platforms.calling import Caller
from platforms.context import CallContext
from platforms.errors import AuthError, BadResponseError, PlatformError, TransientError
from platforms.http import HttpDoor
from platforms.redact import redact
from platforms.tokens import Token
from teams_integration.config import TeamsConfig

VENDOR_LOGIN_URL = "https://login.microsoftonline.com"
SCOPES = ["https://graph.microsoft.com/.default"]
# What a token tells of its life; whether MSAL reads digits in a text there too.
LIFETIMES = {"expires_in": True, "ext_expires_in": True, "refresh_in": False}


class _MsalAnswer:
    """What MSAL expects of a response."""

    def __init__(self, status_code: int, text: str, headers: Mapping[str, str]) -> None:
        self.status_code, self.text, self.headers = status_code, text, headers

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise TransientError(f"Signing in: HTTP {self.status_code}.", status=self.status_code)


class _MsalDoor:
    """MSAL's http_client over our own calls: their retries, and their waits within the budget.

    A 429 or a 5xx never reaches MSAL, which would take it for a refusal or wait on its own.

    MSAL insists on https and on Microsoft's host names; a login URL elsewhere (a sovereign cloud,
    or loopback in tests) is put in their place here, so that MSAL itself stays in the path.
    """

    def __init__(self, caller: Caller, context: CallContext, login_url: str) -> None:
        self._caller, self._context, self._login_url = caller, context, login_url
        self.request_id = ""  # the vendor's id of the last call

    def get(self, url: str, params: Any = None, headers: Any = None, **_: Any) -> _MsalAnswer:
        return self._send("GET", url, params=params, headers=headers)

    def post(
        self, url: str, params: Any = None, data: Any = None, headers: Any = None, **_: Any
    ) -> _MsalAnswer:
        return self._send("POST", url, params=params, form=data, headers=headers)

    def close(self) -> None:
        """The door outlives MSAL's objects."""

    def _send(self, method: str, url: str, headers: Any, **parts: Any) -> _MsalAnswer:
        if url.startswith(f"{VENDOR_LOGIN_URL}/"):
            url = self._login_url + url.removeprefix(VENDOR_LOGIN_URL)

        def send(door: HttpDoor, tracing: Mapping[str, str]) -> Answer:
            return door.send(method, url, headers={**(headers or {}), **tracing}, **parts)

        answer = self._caller.call(send, (), self._context)
        self.request_id = answer.request_id
        if answer.status == 200:
            _check_lifetimes(answer)  # MSAL would call a page of HTML, and "soon", a refusal
        return _MsalAnswer(answer.status, answer.body.decode("utf-8", "replace"), answer.headers)


def _check_lifetimes(answer: Answer) -> None:
    """Of a token; an answer without one is for MSAL to judge."""
    granted = answer.json_object()
    if not isinstance(granted.get("access_token"), str):
        return
    for name, may_be_text in LIFETIMES.items():
        if not _is_number(granted.get(name, 0), may_be_text=may_be_text):
            raise BadResponseError(
                f"“{name}” is not a number of seconds.", request_id=answer.request_id
            )


def _is_number(value: Any, *, may_be_text: bool) -> bool:
    try:
        return (may_be_text or not isinstance(value, str)) and math.isfinite(int(value))
    except (TypeError, ValueError, OverflowError):
        return False


def acquire_token(config: TeamsConfig, caller: Caller, context: CallContext) -> Token:
    """Ask Entra for a new token, with the retries and within the limits of any other call.

    A fresh MSAL object each time: an old one remembers a refusal for a minute without asking
    again, and TokenSource already keeps what was granted.
    """
    door = _MsalDoor(caller, context, config.login_url)
    try:
        result = msal.ConfidentialClientApplication(
            config.client_id,
            client_credential=config.client_secret,
            authority=f"{VENDOR_LOGIN_URL}/{config.tenant_id}",
            instance_discovery=False,
            http_client=door,
        ).acquire_token_for_client(SCOPES)
    except PlatformError as error:
        error.detail = f"Signing in: {error.detail}"
        raise
    except (MsalError, RuntimeError) as error:  # such as a redirect where an answer was expected
        raise BadResponseError(
            f"Signing in: {redact(str(error))}", request_id=door.request_id
        ) from error
    except ValueError as error:  # MSAL's word for an unknown tenant, and for a reply without JSON
        raise AuthError(f"Signing in: {redact(str(error))}", request_id=door.request_id) from error
    if not isinstance(result, dict) or not isinstance(result.get("access_token"), str):
        raise AuthError(
            f"Signing in: {redact(str((result or {}).get('error_description', '')))}",
            request_id=door.request_id,
        )
    lifetime = float(result.get("expires_in") or 0)
    return Token(result["access_token"], time.monotonic() + lifetime - min(300, lifetime / 10))
