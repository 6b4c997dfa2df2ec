"""The application's access token: client credentials, through MSAL.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

import time
from collections.abc import Mapping
from typing import Any

import msal

from platforms.errors import AuthError, PlatformError, TransientError
from platforms.http import HttpDoor, NetworkFailure
from platforms.reasons import ReasonCode
from platforms.redact import redact
from platforms.tokens import Token
from teams_integration.config import TeamsConfig

VENDOR_LOGIN_URL = "https://login.microsoftonline.com"
SCOPES = ["https://graph.microsoft.com/.default"]


class _MsalAnswer:
    """What MSAL expects of a response."""

    def __init__(self, status_code: int, text: str, headers: Mapping[str, str]) -> None:
        self.status_code, self.text, self.headers = status_code, text, headers

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise TransientError(f"Signing in: HTTP {self.status_code}.", status=self.status_code)


class _MsalDoor:
    """MSAL's http_client over our own door.

    MSAL insists on https and on Microsoft's host names; a login URL elsewhere (a sovereign cloud,
    or loopback in tests) is put in their place here, so that MSAL itself stays in the path.
    """

    def __init__(self, door: HttpDoor, login_url: str) -> None:
        self._door, self._login_url = door, login_url

    def get(self, url: str, params: Any = None, headers: Any = None, **_: Any) -> _MsalAnswer:
        return self._send("GET", url, params=params, headers=headers)

    def post(
        self, url: str, params: Any = None, data: Any = None, headers: Any = None, **_: Any
    ) -> _MsalAnswer:
        return self._send("POST", url, params=params, form=data, headers=headers)

    def close(self) -> None:
        """The door outlives MSAL's objects."""

    def _send(self, method: str, url: str, **parts: Any) -> _MsalAnswer:
        if url.startswith(f"{VENDOR_LOGIN_URL}/"):
            url = self._login_url + url.removeprefix(VENDOR_LOGIN_URL)
        answer = self._door.send(method, url, **parts)
        return _MsalAnswer(answer.status, answer.body.decode("utf-8", "replace"), answer.headers)


def acquire_token(config: TeamsConfig, door: HttpDoor) -> Token:
    """Ask Entra for a new token.

    A fresh MSAL object each time: an old one remembers a refusal for a minute without asking
    again, and TokenSource already keeps what was granted.
    """
    try:
        result = msal.ConfidentialClientApplication(
            config.client_id,
            client_credential=config.client_secret,
            authority=f"{VENDOR_LOGIN_URL}/{config.tenant_id}",
            instance_discovery=False,
            http_client=_MsalDoor(door, config.login_url),
        ).acquire_token_for_client(SCOPES)
    except NetworkFailure as error:
        raise TransientError(
            f"Signing in: no answer ({error}).", reason=ReasonCode.UNREACHABLE
        ) from error
    except PlatformError:
        raise
    except ValueError as error:  # MSAL's word for an unknown tenant, and for a reply without JSON
        raise AuthError(f"Signing in: {redact(str(error))}") from error
    if not isinstance(result, dict) or not isinstance(result.get("access_token"), str):
        raise AuthError(f"Signing in: {redact(str((result or {}).get('error_description', '')))}")
    lifetime = float(result.get("expires_in") or 0)
    return Token(result["access_token"], time.monotonic() + lifetime - min(300, lifetime / 10))
