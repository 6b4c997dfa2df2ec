"""Entra ID: discovery and the client-credentials token (msal 3, 7, 10)."""

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.state import Sandbox, sandbox_of

SCOPE = "https://graph.microsoft.com/.default"
LOGIN = "https://login.microsoftonline.com"


@dataclass(frozen=True)
class Refusal:
    status: int
    error: str
    code: int
    words: str


async def openid_configuration(request: Request) -> Response:
    """The vendor's own https URLs, never this server's: MSAL accepts nothing else."""
    sandbox, tenant = sandbox_of(request), request.path_params["tenant"]
    if tenant != sandbox.tenant.id:
        return _refused(request, sandbox, _unknown_tenant("invalid_tenant", tenant))
    root = f"{LOGIN}/{tenant}"
    return JSONResponse(
        {
            "issuer": f"{root}/v2.0",
            "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
            "token_endpoint": f"{root}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{root}/oauth2/v2.0/devicecode",
            "end_session_endpoint": f"{root}/oauth2/v2.0/logout",
            "jwks_uri": f"{root}/discovery/v2.0/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            "response_types_supported": ["code", "id_token", "token"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "tenant_region_scope": "EU",
            "cloud_instance_name": "microsoftonline.com",
        }
    )


async def token(request: Request) -> Response:
    sandbox = sandbox_of(request)
    form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    refusal = _refusal(sandbox, request.path_params["tenant"], form)
    if refusal is not None:
        return _refused(request, sandbox, refusal)
    tenant = sandbox.tenant
    access_token = sandbox.tokens.issue(
        tenant.id, tenant.client_id, tenant.roles, sandbox.clock.now(), tenant.token_lifetime
    )
    return JSONResponse(
        {
            "token_type": "Bearer",
            "expires_in": tenant.token_lifetime,
            "ext_expires_in": tenant.token_lifetime,
            "access_token": access_token,
        }
    )


def _refusal(sandbox: Sandbox, tenant_id: str, form: dict[str, str]) -> Refusal | None:
    tenant = sandbox.tenant
    if tenant_id != tenant.id:
        return _unknown_tenant("invalid_request", tenant_id)
    if form.get("grant_type") != "client_credentials":
        words = "The app requested an unsupported grant type."
        return Refusal(400, "unsupported_grant_type", 70003, words)
    if form.get("client_id") != tenant.client_id:
        words = (
            f"Application with identifier '{form.get('client_id', '')}' was not found in the "
            f"directory '{tenant.id}'."
        )
        return Refusal(400, "unauthorized_client", 700016, words)
    if not form.get("client_secret"):
        words = "The request body must contain: 'client_assertion' or 'client_secret'."
        return Refusal(401, "invalid_client", 7000218, words)
    if tenant.refuse_credentials or form["client_secret"] != tenant.client_secret:
        words = "Invalid client secret provided."
        return Refusal(401, "invalid_client", 7000215, words)
    if form.get("scope") != SCOPE:
        words = f"The provided value for the input parameter 'scope' is not valid. Use {SCOPE}."
        return Refusal(400, "invalid_scope", 1002012, words)
    return None


def _unknown_tenant(error: str, tenant_id: str) -> Refusal:
    return Refusal(400, error, 90002, f"Tenant '{tenant_id}' not found.")


def _refused(request: Request, sandbox: Sandbox, refusal: Refusal) -> Response:
    now = sandbox.clock.now().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    ids = request.scope["state"]
    trace_id, correlation_id = ids["request_id"], ids["client_request_id"]
    return JSONResponse(
        {
            "error": refusal.error,
            "error_description": f"AADSTS{refusal.code}: {refusal.words} Trace ID: {trace_id} "
            f"Correlation ID: {correlation_id} Timestamp: {now}",
            "error_codes": [refusal.code],
            "timestamp": now,
            "trace_id": trace_id,
            "correlation_id": correlation_id,
            "error_uri": f"{LOGIN}/error?code={refusal.code}",
        },
        refusal.status,
    )


def login_routes() -> list[BaseRoute]:
    return [
        Route("/{tenant}/v2.0/.well-known/openid-configuration", openid_configuration),
        Route("/{tenant}/oauth2/v2.0/token", token, methods=["POST"]),
    ]
