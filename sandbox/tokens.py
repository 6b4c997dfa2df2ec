"""Access tokens: JWTs signed with a secret of this process (msal 7)."""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from datetime import datetime, timedelta


class TokenRefused(Exception):
    """Why a bearer token is not accepted."""


class Tokens:
    """Issues, checks and revokes. Time is the sandbox's, not the machine's."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._generation = 0

    def issue(
        self, tenant: str, client: str, roles: Collection[str], now: datetime, seconds: int
    ) -> str:
        claims = {
            "aud": "https://graph.microsoft.com",
            "iss": f"https://sts.windows.net/{tenant}/",
            "tid": tenant,
            "appid": client,
            "roles": sorted(roles),
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int((now + timedelta(seconds=seconds)).timestamp()),
            "uti": f"{self._generation}-{secrets.token_hex(8)}",
        }
        body = f"{_encode({'alg': 'HS256', 'typ': 'JWT'})}.{_encode(claims)}"
        return f"{body}.{self._signature(body)}"

    def revoke_all(self) -> None:
        """Every token issued so far is refused from now on."""
        self._generation += 1

    def roles(self, token: str, now: datetime) -> list[str]:
        """The roles a good token carries. TokenRefused says what is wrong with a bad one."""
        body, _, signature = token.rpartition(".")
        if body.count(".") != 1:
            raise TokenRefused("IDX14100: JWT is not well formed.")
        if not hmac.compare_digest(signature.encode(), self._signature(body).encode()):
            raise TokenRefused("Signing key is invalid.")
        claims = json.loads(_unpadded(body.partition(".")[2]))
        if now.timestamp() >= claims["exp"]:
            raise TokenRefused("Lifetime validation failed, the token is expired.")
        if int(claims["uti"].partition("-")[0]) != self._generation:
            raise TokenRefused("Continuous access evaluation: the token has been revoked.")
        return list(claims["roles"])

    def pass_for(self, what: str, now: datetime, seconds: int) -> str:
        """A word that opens ``what`` for so long, to whoever has it."""
        until = int(now.timestamp()) + seconds
        return f"{until}.{self._signature(f'{what} {until}')}"

    def check_pass(self, what: str, word: str, now: datetime) -> None:
        """TokenRefused for a word that is forged, for something else, or too old."""
        until, _, signature = word.partition(".")
        wanted = self._signature(f"{what} {until}")
        if not hmac.compare_digest(signature.encode(), wanted.encode()):
            raise TokenRefused("The link is not valid.")
        if now.timestamp() >= int(until):
            raise TokenRefused("The link has expired.")

    def _signature(self, body: str) -> str:
        digest = hmac.new(self._secret, body.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")


def _encode(part: dict[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def _unpadded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
