"""The demo world as the Teams platform reads it."""

import pytest
from pytest_django import Settings

from scripts.servers.sandbox import SandboxControl
from tests.teams.reading import Demo


@pytest.fixture
def demo(sandbox: SandboxControl, teams_settings: Settings) -> Demo:
    return Demo(sandbox)
