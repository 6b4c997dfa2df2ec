"""Microsoft Graph over platforms.http: token, pacing, paging and errors; no meaning."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from platforms.context import CallContext
from platforms.errors import BadResponseError, NotFoundError, TransientError
from platforms.http import Answer, Caller, HttpDoor, Pace
from platforms.paging import check_same_host, follow
from platforms.tokens import TokenSource
from teams_integration.config import TeamsConfig
from teams_integration.errors import error_of, name_reason
from teams_integration.parse.values import objects
from teams_integration.trouble import listed_but_gone

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
        return self._answer(url, context, permission, headers, paces).json_object()

    def get_text(self, url: str, context: CallContext, *, permission: str, accept: str) -> str:
        """A text of the type ``accept``; what is not UTF-8 in it is replaced."""
        answer = self._answer(url, context, permission, {"Accept": accept}, ())
        return answer.body.decode("utf-8", "replace")

    def answers(self, url: str, context: CallContext, **options: Any) -> Iterator[dict[str, Any]]:
        """The whole answers of a collection; one with NEXT_LINK is followed by another.

        NotFoundError is about the collection; a later page that is gone says nothing of it.
        """

        def fetch(link: str) -> dict[str, Any]:
            try:
                return self.get(link, context, **options)
            except NotFoundError as error:
                if link == url:
                    raise
                raise listed_but_gone("page", error) from error

        return follow(url, fetch, NEXT_LINK)

    def pages(
        self, url: str, context: CallContext, **options: Any
    ) -> Iterator[list[dict[str, Any]]]:
        """The ``value`` lists of a collection, page by page."""
        for page in self.answers(url, context, **options):
            yield objects(page, "value")

    def nested(
        self, parent: dict[str, Any], key: str, context: CallContext, **options: Any
    ) -> Iterator[list[dict[str, Any]]]:
        """An expanded collection: the part inside ``parent``, then what its own link leads to."""
        yield objects(parent, key)
        if link := parent.get(f"{key}{NEXT_LINK}"):
            yield from self.pages(str(link), context, **options)

    def url(
        self,
        *segments: str,
        below: str | None = None,
        then: str | None = None,
        query: Mapping[str, str] | None = None,
    ) -> str:
        """A Graph URL; segments and query values are percent-encoded here and nowhere else.

        ``below``: a path in a drive, from the item that the segments name; ``then``: what
        of the item there. The vendor's form is ``/drives/{id}/root:/{below}:/{then}``.
        """
        path = "/".join(quote(segment, safe="") for segment in segments)
        path += f":/{quote(below)}" if below is not None else ""
        path += f":/{then}" if then is not None else ""
        text = f"?{urlencode(query, quote_via=quote, safe='$')}" if query else ""
        return f"{self._config.graph_url}/{path}{text}"

    def _answer(
        self,
        url: str,
        context: CallContext,
        permission: str,
        headers: Mapping[str, str] | None,
        paces: tuple[Pace, ...],
    ) -> Answer:
        """An answer with status 200."""
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
        return answer

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
        try:
            return self._caller.call(send, (every, *paces), context)
        except TransientError as error:
            name_reason(error)
            raise
