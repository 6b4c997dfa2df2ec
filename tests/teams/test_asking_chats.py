"""How a chat is asked: each request waits for the chat's place, beside the tenant's."""

from collections.abc import Mapping
from typing import Any

from platforms.answers import Answer
from platforms.contract import Known
from platforms.http import HttpDoor
from platforms.rates import RateGate
from teams_integration.client import GraphClient
from teams_integration.config import TeamsConfig
from teams_integration.services import chats
from tests.teams.reading import new_context


class Register(RateGate):
    """Nobody waits; who asked is written down."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, float]] = []

    def reserve(self, scope: str, rate: float) -> float:
        self.asked.append((scope, rate))
        return 0.0


class Doorkeeper(HttpDoor):
    """Lets everybody through; what was preferred is written down."""

    def __init__(self) -> None:
        super().__init__()
        self.preferred: list[str] = []

    def send(self, method: str, url: str, **parts: Any) -> Answer:
        headers: Mapping[str, str] = parts.get("headers") or {}
        if "/chats/" in url:
            self.preferred.append(headers.get("Prefer", ""))
        return super().send(method, url, **parts)


def test_a_chat_has_a_pace_of_its_own_and_is_asked_for_every_kind_of_message(demo):
    meeting, window = demo.meeting(84), demo.window(84)
    config, gate, door = TeamsConfig.from_settings(), Register(), Doorkeeper()
    graph = GraphClient.connect(config, gate, door)
    list(chats.read(graph, meeting, window, Known(), new_context(), 0.95))
    assert len(gate.asked) == 2 * 2  # the chat and its messages
    assert {rate for scope, rate in gate.asked if scope.startswith("chat:19:meeting_")} == {0.95}
    assert door.preferred == ["include-unknown-enum-members"] * 2


def test_the_rate_is_a_setting(teams_settings):
    teams_settings.GRAPH_CHAT_RATE = 0.5
    assert TeamsConfig.from_settings().chat_rate == 0.5
