"""Microsoft Graph over platforms.http: token, pacing, paging and errors; no meaning."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from platforms.contract import CallContext
from platforms.errors import BadResponseError
from platforms.http import Answer, Caller, HttpDoor, Pace
from platforms.paging import check_same_host, follow
from platforms.tokens import TokenSource
from teams_integration.config import TeamsConfig
from teams_integration.errors import error_of

NEXT_LINK = "@odata.nextLink"


class GraphClient:
    """Raises platforms.errors only."""

    def __init__(self, config: TeamsConfig, caller: Caller, tokens: TokenSource) -> None:
        self._config, self._caller, self._tokens = config, caller, tokens

    def get(
        self,
        url: str,
        context: CallContext,
        *,
        permission: str,
        headers: Mapping[str, str] | None = None,
        paces: tuple[Pace, ...] = (),
    ) -> dict[str, Any]:
        """One JSON object. ``url`` is made by ``url()`` or came as a link from Graph."""
        check_same_host(url, self._config.graph_url)
        token = self._tokens.get(context)
        answer = self._send(url, context, token, headers, paces)
        if answer.status == 401:
            token = self._tokens.renew(token, context)
            answer = self._send(url, context, token, headers, paces)
        if answer.status >= 400:
            raise error_of(answer, permission)
        if answer.status != 200:
            raise BadResponseError(
                f"HTTP {answer.status} where 200 was expected.",
                status=answer.status,
                request_id=answer.request_id,
            )
        return answer.json_object()

    def pages(
        self, url: str, context: CallContext, **options: Any
    ) -> Iterator[list[dict[str, Any]]]:
        """The ``value`` lists of a collection, page by page."""
        for page in follow(url, lambda link: self.get(link, context, **options), NEXT_LINK):
            yield objects_in(page, "value")

    def nested(
        self, parent: dict[str, Any], key: str, context: CallContext, **options: Any
    ) -> Iterator[list[dict[str, Any]]]:
        """An expanded collection: the part inside ``parent``, then what its own link leads to."""
        yield objects_in(parent, key, required=False)
        if link := parent.get(f"{key}{NEXT_LINK}"):
            yield from self.pages(str(link), context, **options)

    def url(self, *segments: str, query: Mapping[str, str] | None = None) -> str:
        """A Graph URL; segments and query values are percent-encoded here and nowhere else."""
        path = "/".join(quote(segment, safe="") for segment in segments)
        text = f"?{urlencode(query, quote_via=quote, safe='$')}" if query else ""
        return f"{self._config.graph_url}/{path}{text}"

    def _send(
        self,
        url: str,
        context: CallContext,
        token: str,
        headers: Mapping[str, str] | None,
        paces: tuple[Pace, ...],
    ) -> Answer:
        def send(door: HttpDoor, tracing: Mapping[str, str]) -> Answer:
            return door.send("GET", url, headers={**(headers or {}), **tracing}, token=token)

        every = Pace("graph", self._config.graph_rate)
        return self._caller.call(send, (every, *paces), context)


def objects_in(page: dict[str, Any], key: str, *, required: bool = True) -> list[dict[str, Any]]:
    """The list of objects under ``key``; BadResponseError if it is something else."""
    value = page.get(key)
    if value is None and not required:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadResponseError(f"“{key}” is not a list of objects.")
    return value
