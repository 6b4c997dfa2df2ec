"""Microsoft Teams behind a door that waits for a moment only: nobody can test a minute's limit."""

from platforms.http import HttpDoor, Limits
from teams_integration.client import GraphClient
from teams_integration.platform import TeamsPlatform

LIMITS = Limits(read=0.4, total=0.8)


class ImpatientTeams(TeamsPlatform):
    def __init__(self) -> None:
        super().__init__()
        self._graph = GraphClient.connect(self._config, self._gate(), HttpDoor(LIMITS))
