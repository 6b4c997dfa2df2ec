"""A zone that is stored and that this machine does not know is UTC, wherever times are shown."""

from zoneinfo import ZoneInfo

import pytest

from accounts.models.user import zone_of


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/localtime", "a\0b", "Europe"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    assert zone_of(name) == ZoneInfo("UTC")


def test_a_known_zone_is_itself() -> None:
    assert zone_of("Europe/Berlin") == ZoneInfo("Europe/Berlin")
