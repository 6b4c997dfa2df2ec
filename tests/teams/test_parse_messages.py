"""Messages and what system messages tell: every form that Graph has for them."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platforms.errors import BadResponseError
from platforms.records import RemoteAttachment, RemotePerson
from teams_integration.parse import messages

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)


def source(**changes: object) -> dict[str, object]:
    return {
        "id": "1",
        "messageType": "message",
        "createdDateTime": "2026-11-20T10:00:00Z",
        "lastModifiedDateTime": "2026-11-20T10:00:00.1234567Z",
        "from": {"user": {"id": "AB-1", "displayName": "Ada", "userIdentityType": "aadUser"}},
        "body": {"contentType": "html", "content": "<p>Hi</p>"},
        **changes,
    }


def test_a_message():
    message = messages.message(source())
    assert (message.source_id, message.created_at, message.about) == ("1", AT, AT)
    assert message.modified_at == AT.replace(microsecond=123456)
    assert (message.edited_at, message.deleted_at, message.event) == (None, None, None)
    assert message.sender == RemotePerson("ab-1", None, "Ada")
    assert (message.sender_kind, message.body, message.is_html) == ("user", "<p>Hi</p>", True)


def test_only_what_is_there_is_needed():
    bare = messages.message(
        {"id": "1", "messageType": "message", "createdDateTime": source()["createdDateTime"]}
    )
    assert (bare.sender, bare.sender_kind, bare.body, bare.is_html) == (None, "", "", False)
    assert (bare.modified_at, bare.attachments) == (AT, ())


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("  two\n\tlines ", "  two\n\tlines "),
        ("be\x00fore \ud83d", "before "),
        (None, ""),
        ("", ""),
    ],
)
def test_a_body_keeps_its_white_space_and_nothing_that_cannot_be_stored(content, body):
    assert messages.message(source(body={"contentType": "text", "content": content})).body == body


@pytest.mark.parametrize("kind", ["typing", "chatEvent", None])
def test_other_kinds_are_none(kind):
    assert messages.message(source(messageType=kind)) is None


@pytest.mark.parametrize(
    ("identities", "person", "kind"),
    [
        (None, None, ""),
        ({"user": None, "application": None, "device": None}, None, ""),
        ({"user": {"id": "AB-1", "displayName": None}}, RemotePerson("ab-1", None, ""), "user"),
        (
            {"user": {"id": "x", "displayName": "Robin", "userIdentityType": "anonymousGuest"}},
            RemotePerson(None, None, "Robin"),
            "guest",
        ),
        (
            {"user": {"id": "x", "displayName": "Kim", "userIdentityType": "federatedUser"}},
            RemotePerson("x", None, "Kim"),
            "user",
        ),
        (
            {"user": {"id": "4:+49", "displayName": "+49 30", "userIdentityType": "phoneUser"}},
            RemotePerson(None, None, "+49 30"),
            "user",
        ),
        (
            {"user": None, "application": {"id": "b", "displayName": "Polls"}},
            RemotePerson(None, None, "Polls"),
            "bot",
        ),
    ],
)
def test_senders(identities, person, kind):
    message = messages.message(source(**{"from": identities}))
    assert (message.sender, message.sender_kind) == (person, kind)


def test_only_files_are_attachments():
    attached = [
        {"contentType": "reference", "contentUrl": "https://x/a.pdf", "name": "a.pdf"},
        {"contentType": "reference", "contentUrl": "https://x/b", "name": None},
        {"contentType": "reference", "contentUrl": None, "name": "nowhere"},
        {"contentType": "messageReference", "contentUrl": None, "content": "{}"},
        {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": "https://x/c"},
    ]
    assert messages.message(source(attachments=attached)).attachments == (
        RemoteAttachment("https://x/a.pdf", "a.pdf"),
        RemoteAttachment("https://x/b", ""),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", None),
        ("id", 7),
        ("createdDateTime", None),
        ("lastModifiedDateTime", "soon"),
        ("deletedDateTime", 7),
        ("body", "text"),
        ("from", []),
        ("attachments", {}),
        ("eventDetail", "x"),
        ("messageType", ["message"]),
        ("messageType", {}),
        ("messageType", 7),
    ],
)
def test_a_wrong_type_is_refused_by_name(field, value):
    with pytest.raises(BadResponseError, match=f"“{field}”"):
        messages.message(source(**{field: value}))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
fields = st.sampled_from(
    [
        *("id", "from", "body", "attachments", "eventDetail", "createdDateTime"),
        *("deletedDateTime", "messageType"),
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(fields, json_values))
def test_nonsense_is_a_bad_response_and_nothing_else(changes):
    with suppress(BadResponseError):
        messages.message(source(**changes))
