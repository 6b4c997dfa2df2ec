"""What a vendor's answer may say goes into the history and the logs without secrets."""

import pytest

from platforms.redact import redact
from tests.secrets.plants import SHAPES, plants_in

SECRET = "pl4nt-0A_b"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_secret_of_this_shape_is_left_out(shape: str) -> None:
    said = redact(f"Refused: {SHAPES[shape].format(SECRET)} (trace 5f1d)")
    assert plants_in(said) == []
    assert said.startswith("Refused: ")
    assert said.endswith("(trace 5f1d)")


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_cut_off_leaves_no_half_of_it(shape: str) -> None:
    text = SHAPES[shape].format(SECRET)
    for limit in range(1, len(text)):
        assert plants_in(redact(text, limit)) == []


@pytest.mark.parametrize(
    "words",
    [
        "HTTP 403 Forbidden: Application is not allowed to perform operations on the user 'x'.",
        "AADSTS7000215: Invalid client secret provided. Trace ID: 5f1d",
        "Access token has expired or is not yet valid.",
        "The tokens of this page: 3. Code: accessDenied",
        "https://graph.microsoft.com/v1.0/users/1/onlineMeetings",
    ],
)
def test_what_is_no_secret_stays(words: str) -> None:
    assert redact(words) == words
