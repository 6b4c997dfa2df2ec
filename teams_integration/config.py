"""The tenant's settings as one immutable value, which threads may share."""

from dataclasses import dataclass, field

from django.conf import settings

from platforms.errors import ConfigurationError

NAMES = ("TEAMS_TENANT_ID", "TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET")


@dataclass(frozen=True, slots=True)
class TeamsConfig:
    """``*_rate`` are requests per second."""

    tenant_id: str
    client_id: str
    client_secret: str = field(repr=False)
    login_url: str
    graph_url: str
    graph_rate: float
    call_record_rate: float
    chat_rate: float
    rate_gate_url: str = field(repr=False)  # of a Redis, which may carry a password

    @classmethod
    def from_settings(cls) -> "TeamsConfig":
        return cls(
            tenant_id=settings.TEAMS_TENANT_ID,
            client_id=settings.TEAMS_CLIENT_ID,
            client_secret=settings.TEAMS_CLIENT_SECRET,
            login_url=settings.MICROSOFT_LOGIN_URL,
            graph_url=settings.GRAPH_BASE_URL,
            graph_rate=settings.GRAPH_RATE,
            call_record_rate=settings.GRAPH_CALL_RECORD_RATE,
            chat_rate=settings.GRAPH_CHAT_RATE,
            rate_gate_url=settings.RATE_GATE_URL,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        values = (self.tenant_id, self.client_id, self.client_secret)
        return tuple(name for name, value in zip(NAMES, values, strict=True) if not value)

    def check(self) -> None:
        if self.missing:
            names = ", ".join(self.missing)
            raise ConfigurationError(f"Not set: {names}.", params={"settings": names})
