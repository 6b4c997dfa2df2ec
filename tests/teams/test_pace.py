"""Every request to a chat waits for its own place, beside the tenant's."""

from django.conf import settings

from platforms.calling import Caller
from platforms.contract import Known
from platforms.http import HttpDoor
from platforms.rates import RateGate
from platforms.tokens import TokenSource
from teams_integration.client import GraphClient
from teams_integration.config import TeamsConfig
from teams_integration.login import acquire_token
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


def test_a_chat_has_a_pace_of_its_own(demo):
    meeting, window, gate = demo.meeting(84), demo.window(84), Register()
    config = TeamsConfig.from_settings()
    caller = Caller(HttpDoor(), gate, settings.RETRY_POLICIES)
    tokens = TokenSource(lambda context: acquire_token(config, caller, context))
    graph = GraphClient(config, caller, tokens)
    list(chats.read(graph, meeting, window, Known(), new_context(), 0.95))
    assert len(gate.asked) == 2 * 2  # the chat and its messages
    assert {rate for scope, rate in gate.asked if scope.startswith("chat:19:meeting_")} == {0.95}


def test_the_rate_is_a_setting(teams_settings):
    teams_settings.GRAPH_CHAT_RATE = 0.5
    assert TeamsConfig.from_settings().chat_rate == 0.5
