"""The requests seen, so that a test can say what was asked, how often and how encoded."""

from dataclasses import asdict, dataclass, field


@dataclass
class SeenRequest:
    """``path`` and ``query`` as they came over the wire, not decoded. ``status`` None: no answer
    (yet), or the connection was cut on purpose. ``at``: the sandbox's clock."""

    n: int
    at: str
    method: str
    path: str
    query: str
    status: int | None
    client_request_id: str | None
    request_id: str
    has_authorization: bool
    host: str


@dataclass
class RequestLog:
    requests: list[SeenRequest] = field(default_factory=list)
    counted: int = 0

    def add(self, **seen: object) -> SeenRequest:
        self.counted += 1
        request = SeenRequest(n=self.counted, status=None, **seen)  # type: ignore[arg-type]
        self.requests.append(request)
        return request

    def clear(self) -> None:
        """Forget them; ``n`` goes on counting."""
        self.requests.clear()

    def as_json(self) -> list[dict[str, object]]:
        return [asdict(request) for request in self.requests]
