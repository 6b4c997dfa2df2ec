"""Microsoft Teams behind a door that waits for a moment only: nobody can test a minute's limit."""

from django.conf import settings

from platforms.http import Caller, HttpDoor, Limits
from platforms.tokens import TokenSource
from teams_integration.client import GraphClient
from teams_integration.login import acquire_token
from teams_integration.platform import TeamsPlatform

LIMITS = Limits(read=0.4, total=0.8)


class ImpatientTeams(TeamsPlatform):
    def __init__(self) -> None:
        super().__init__()
        caller = Caller(HttpDoor(LIMITS), self._gate(), settings.RETRY_POLICIES)
        tokens = TokenSource(lambda context: acquire_token(self._config, caller, context))
        self._graph = GraphClient(self._config, caller, tokens)
