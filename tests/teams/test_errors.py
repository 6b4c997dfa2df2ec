"""What Graph's refusals mean."""

import json

import pytest

from platforms.answers import Answer
from platforms.errors import PermissionRefusedError, TransientError
from platforms.reasons import ReasonCode
from teams_integration.errors import error_of, is_locked


def refusal(code: str, message: str) -> PermissionRefusedError:
    return refused({"code": code, "message": message}, "Some.Permission")


def refused(words: dict[str, object], permission: str) -> PermissionRefusedError:
    error = error_of(Answer(403, {}, json.dumps({"error": words}).encode()), permission)
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


SWITCHES = {
    "GraphAccessToTranscriptsDisabled": ReasonCode.TRANSCRIPTS_SWITCHED_OFF,
    "SpeakerAttributionNotAllowed": ReasonCode.SPEAKERS_SWITCHED_OFF,
}


@pytest.mark.parametrize("code", SWITCHES)
@pytest.mark.parametrize("inner", ["innerError", "innererror"])
def test_the_tenants_switches_at_any_depth(code, inner):
    for words in (
        {"code": code},
        {"code": "Forbidden", inner: {"code": code}},
        {"code": "Forbidden", inner: {"code": "", inner: {"code": code}}},
        {"code": "Forbidden", inner: {"code": code, inner: {"code": "Deeper"}}},
    ):
        assert refused(words, "Some.Permission").reason is SWITCHES[code]


@pytest.mark.parametrize(
    "words",
    [
        {"code": "accessDenied", "message": "Access denied"},
        {"code": "Forbidden", "innerError": {"code": "accessDenied"}},
        {"code": "accessDenied", "innerError": {"code": "sharingDisabled"}},
    ],
)
def test_a_drive_that_refuses(words):
    assert refused(words, "Files.Read.All").reason is ReasonCode.DRIVE_REFUSED
    assert refused(words, "Chat.Read.All").reason is ReasonCode.PERMISSION_MISSING


def test_a_locked_file_has_a_reason_of_its_own():
    assert is_locked(TransientError("tried in vain", status=423))
    assert not is_locked(TransientError("tried in vain", status=503))
