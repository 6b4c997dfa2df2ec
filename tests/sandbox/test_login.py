"""Entra ID: discovery and tokens, as msal facts 1 to 10 describe them."""

import json
from base64 import urlsafe_b64decode
from typing import Any

import msal
import pytest
import requests

from tests.sandbox.asking import CLIENT, SECRET, TENANT, Asker

LOGIN = "https://login.microsoftonline.com"


class Rewriting(requests.Session):
    """msal fact 5: the way to a simulator without TLS."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.trust_env = False
        self.to = url

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        return super().request(method, url.replace(LOGIN, self.to), **kwargs)


def claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    return dict(json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))))


def test_msal_fact_1_discovery_names_https_endpoints_of_the_vendor(asker: Asker) -> None:
    found = requests.get(f"{asker.url}/{TENANT}/v2.0/.well-known/openid-configuration").json()
    assert found["token_endpoint"] == f"{LOGIN}/{TENANT}/oauth2/v2.0/token"
    assert found["authorization_endpoint"].startswith(f"{LOGIN}/{TENANT}/")
    assert found["issuer"] == f"{LOGIN}/{TENANT}/v2.0"


def test_msal_fact_5_the_real_msal_gets_a_token_through_a_rewriting_session(asker: Asker) -> None:
    app = msal.ConfidentialClientApplication(
        CLIENT,
        client_credential=SECRET,
        authority=f"{LOGIN}/{TENANT}",
        instance_discovery=False,
        http_client=Rewriting(asker.url),
    )
    result = app.acquire_token_for_client(["https://graph.microsoft.com/.default"])
    asker.bearer = result["access_token"]
    assert asker.get("/users/noor.haddad@example.edu").status_code == 200


def test_msal_fact_7_the_token_is_a_jwt_with_roles(asker: Asker) -> None:
    reply = asker.ask_token().json()
    assert (reply["token_type"], reply["expires_in"]) == ("Bearer", 3599)
    found = claims(reply["access_token"])
    assert (found["tid"], found["appid"]) == (TENANT, CLIENT)
    assert found["aud"] == "https://graph.microsoft.com"
    assert found["exp"] - found["iat"] == 3599
    assert found["roles"] == [
        "Calendars.ReadWrite",
        "CallRecords.Read.All",
        "ChannelMessage.Read.All",
        "Chat.Read.All",
        "Files.Read.All",
        "OnlineMeetingArtifact.Read.All",
        "OnlineMeetingRecording.Read.All",
        "OnlineMeetingTranscript.Read.All",
        "OnlineMeetings.ReadWrite.All",
        "User.Read.All",
    ]


@pytest.mark.parametrize(
    ("changes", "status", "error", "code"),
    [
        ({"tenant": "not-a-tenant"}, 400, "invalid_request", 90002),
        ({"client_id": "someone-else"}, 400, "unauthorized_client", 700016),
        ({"client_secret": "wrong"}, 401, "invalid_client", 7000215),
        ({"client_secret": ""}, 401, "invalid_client", 7000218),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"scope": "User.Read"}, 400, "invalid_scope", 1002012),
    ],
)
def test_msal_fact_10_refusals_carry_an_aadsts_code(
    asker: Asker, changes: dict[str, str], status: int, error: str, code: int
) -> None:
    answer = asker.ask_token(**changes)
    body = answer.json()
    assert (answer.status_code, body["error"], body["error_codes"]) == (status, error, [code])
    assert body["error_description"].startswith(f"AADSTS{code}: ")
    assert body["correlation_id"] in body["error_description"]
    assert body["trace_id"] == answer.headers["request-id"]


def test_refused_credentials_are_a_scenario_of_the_whole_tenant(asker: Asker) -> None:
    asker.control("POST", "tenant", {"refuse_credentials": True})
    assert asker.ask_token().json()["error_codes"] == [7000215]
    asker.control("POST", "tenant", {"refuse_credentials": False})
    assert asker.ask_token().status_code == 200


def test_an_unknown_tenant_has_no_discovery(asker: Asker) -> None:
    answer = requests.get(f"{asker.url}/nowhere/v2.0/.well-known/openid-configuration")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_tenant")
