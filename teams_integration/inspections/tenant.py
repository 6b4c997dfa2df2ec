"""What holds for every meeting: settings, signing in, Graph itself, permissions."""

import re
from urllib.parse import urlsplit

from platforms.errors import (
    AuthError,
    BadResponseError,
    NotFoundError,
    PermissionRefusedError,
    PlatformError,
)
from platforms.reasons import ReasonCode
from teams_integration.config import NAMES
from teams_integration.diagnosis import OK, Found, State
from teams_integration.inspections import remedies
from teams_integration.inspections.asked import Asked, detail, missing
from teams_integration.permissions import is_granted
from teams_integration.services import tenant

# AADSTS numbers: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
REFUSALS = {
    "7000215": remedies.SECRET_REFUSED,
    "7000222": remedies.SECRET_EXPIRED,
    "700016": remedies.CLIENT_UNKNOWN,
    "90002": remedies.TENANT_UNKNOWN,
    "900023": remedies.TENANT_UNKNOWN,
}


def settings_found(asked: Asked) -> Found:
    names = asked.config.missing
    if not names:
        return OK
    remedy = remedies.NOT_SET if len(names) == len(NAMES) else remedies.HALF_SET
    return Found(State.MISSING, remedy, {"names": ", ".join(names)})


def signed_in(asked: Asked) -> Found:
    try:
        asked.roles  # noqa: B018  asks for the token
    except AuthError as error:
        number = re.search(r"AADSTS(\d+)", error.detail)
        if number is None and "authority configuration" in error.detail:  # MSAL's own words
            return missing(remedies.TENANT_UNKNOWN, error)
        known = REFUSALS.get(number[1]) if number else None
        return missing(known or remedies.SIGN_IN_REFUSED, error)
    except PlatformError as error:
        if error.reason is not ReasonCode.UNREACHABLE:
            raise
        return _no_way(asked.config.login_url, "MICROSOFT_LOGIN_URL", error)
    return OK


def graph_answers(asked: Asked) -> Found:
    """Any answer of Graph's will do; its own request id tells it from a proxy's."""
    try:
        tenant.ask_for_nobody(asked.graph, asked.context())
    except AuthError as error:
        return missing(remedies.TOKEN_REFUSED, error)
    except BadResponseError as error:
        return missing(remedies.NOT_GRAPH, error)
    except (NotFoundError, PermissionRefusedError) as error:
        return OK if error.request_id else missing(remedies.NOT_GRAPH, error)
    except PlatformError as error:
        if error.reason is not ReasonCode.UNREACHABLE:
            raise
        return _no_way(asked.config.graph_url, "GRAPH_BASE_URL", error)
    return OK


def granted(permission: str, asked: Asked) -> Found:
    if is_granted(permission, asked.roles):
        return OK
    return Found(State.MISSING, remedies.GRANT, {"permission": permission})


def _no_way(url: str, setting: str, error: PlatformError) -> Found:
    host = urlsplit(url).netloc
    params = {"detail": detail(error), "host": host, "setting": setting}
    return Found(State.MISSING, remedies.NO_WAY, params)
