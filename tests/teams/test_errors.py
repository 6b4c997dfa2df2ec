"""What Graph's refusals mean."""

import json

import pytest

from platforms.answers import Answer
from platforms.errors import PermissionRefusedError
from platforms.reasons import ReasonCode
from teams_integration.errors import error_of


def refusal(code: str, message: str) -> PermissionRefusedError:
    body = json.dumps({"error": {"code": code, "message": message}}).encode()
    error = error_of(Answer(403, {}, body), "Some.Permission")
    assert isinstance(error, PermissionRefusedError)
    return error


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("Forbidden", "No Application Access Policy found for this app"),
        ("Forbidden", "No application access policy found for this app 5b1d on the user 7f"),
        (
            "Unauthorized",
            "App 5b1d is not authorized to perform this operation on behalf of user 7f.",
        ),
        (
            "Forbidden",
            "Application is not allowed to perform operations on the user '7f', neither is "
            "allowed access through RSC permission evaluation.",
        ),
    ],
)
def test_every_wording_of_a_missing_access_policy(code, message):
    assert refusal(code, message).reason is ReasonCode.ACCESS_POLICY_MISSING


@pytest.mark.parametrize(
    "message",
    [
        "Insufficient privileges to complete the operation.",
        "Missing role permissions on the request. API requires one of 'CallRecords.Read.All'.",
        "",
    ],
)
def test_any_other_403_is_a_missing_permission(message):
    error = refusal("Forbidden", message)
    assert error.reason is ReasonCode.PERMISSION_MISSING
    assert error.params == {"permission": "Some.Permission"}
