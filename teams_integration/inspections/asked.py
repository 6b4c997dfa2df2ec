"""The tenant as diagnosis asks it, and what an error says of it."""

import time
from functools import cached_property
from typing import Any

from platforms.context import CallContext, WaitingBudget
from platforms.errors import PlatformError
from platforms.rates import RateGate
from teams_integration.client import GraphClient
from teams_integration.config import TeamsConfig
from teams_integration.diagnosis import Found, Inspection, Remedy, State
from teams_integration.inspections import remedies
from teams_integration.services import calendar
from teams_integration.services.users import fetch_user

WAIT_SECONDS, LOOK_SECONDS = 30, 90  # for a vendor who asks for patience; for one look in all


class Asked:
    """The tenant, asked with a token and a pace of its own: a diagnosis needs nobody's Redis."""

    def __init__(self, config: TeamsConfig, organizer: str) -> None:
        self.config, self.organizer = config, organizer
        self.graph = GraphClient.connect(config, RateGate())
        self.params = {
            "tenant_id": config.tenant_id,
            "client_id": config.client_id,
            "login_url": config.login_url,
            "graph_url": config.graph_url,
            "organizer": organizer,
        }

    def look(self, inspection: Inspection) -> Found:
        try:
            return inspection.look(self)
        except PlatformError as error:
            return missing(remedies.ODD_ANSWER, error)

    def context(self) -> CallContext:
        return CallContext(WaitingBudget(WAIT_SECONDS), time.monotonic() + LOOK_SECONDS)

    @cached_property
    def roles(self) -> frozenset[str]:
        return self.graph.roles(self.context())

    @cached_property
    def directory_id(self) -> str:
        return fetch_user(self.graph, self.organizer, self.context()).directory_id

    @cached_property
    def calendar(self) -> dict[str, Any]:
        return calendar.fetch_calendar(self.graph, self.directory_id, self.context())


def missing(remedy: Remedy, error: PlatformError) -> Found:
    return Found(State.MISSING, remedy, {"detail": detail(error)})


def unknown(remedy: Remedy, error: PlatformError) -> Found:
    return Found(State.UNKNOWN, remedy, {"detail": detail(error)})


def detail(error: PlatformError) -> str:
    """The vendor's own words, fit for a terminal, and the id to quote in a support case."""
    words = "".join(sign if sign.isprintable() else " " for sign in error.detail).rstrip(".")
    request = f", request {error.request_id}" if error.request_id else ""
    return f"{words}{request}"
