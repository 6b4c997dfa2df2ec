"""Microsoft Graph over platforms.http: token, pacing, paging and errors; no meaning."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from platforms.answers import Answer
from platforms.calling import Caller, Pace
from platforms.context import CallContext
from platforms.errors import BadResponseError, NotFoundError, TransientError
from platforms.http import HttpDoor
from platforms.paging import check_same_host, follow
from platforms.rates import Gate
from platforms.reasons import ReasonCode
from platforms.tokens import TokenSource
from teams_integration.config import TeamsConfig
from teams_integration.errors import error_of, is_locked
from teams_integration.login import acquire_token
from teams_integration.parse.values import objects
from teams_integration.permissions import is_granted, roles_of
from teams_integration.trouble import listed_but_gone

NEXT_LINK = "@odata.nextLink"


@dataclass(frozen=True, slots=True)
class _Ask:
    """One request. ``expects``: the statuses that are answers."""

    method: str
    url: str
    permission: str
    headers: Mapping[str, str] | None = None
    paces: tuple[Pace, ...] = ()
    body: Mapping[str, Any] | None = None
    expects: Collection[int] = (200,)
    refused_as: ReasonCode | None = None


class GraphClient:
    """Raises platforms.errors only."""

    def __init__(self, config: TeamsConfig, caller: Caller, tokens: TokenSource) -> None:
        self._config, self._caller, self._tokens = config, caller, tokens

    @classmethod
    def connect(
        cls, config: TeamsConfig, gate: Gate, door: HttpDoor | None = None
    ) -> "GraphClient":
        """With a token of its own, and connections unless it is given a ``door``."""
        caller = Caller(door or HttpDoor(), gate, settings.RETRY_POLICIES)
        return cls(config, caller, TokenSource(lambda ctx: acquire_token(config, caller, ctx)))

    def get(
        self,
        url: str,
        context: CallContext,
        *,
        permission: str,
        headers: Mapping[str, str] | None = None,
        paces: tuple[Pace, ...] = (),
        refused_as: ReasonCode | None = None,
    ) -> dict[str, Any]:
        """One JSON object. ``url`` is made by ``url()`` or came as a link from Graph.

        ``refused_as``: what a 403 means although the permission is granted.
        """
        ask = _Ask("GET", url, permission, headers, paces, refused_as=refused_as)
        return self._answer(ask, context).json_object()

    def write(
        self,
        method: str,
        url: str,
        context: CallContext,
        *,
        permission: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        expects: Collection[int] = (200,),
        refused_as: ReasonCode | None = None,
    ) -> Answer:
        """A POST, PATCH or DELETE that is safe to repeat: it is tried again as a GET is.

        Answers of ``expects`` come back; of others the errors are raised.
        """
        ask = _Ask(method, url, permission, headers, (), body, expects, refused_as)
        return self._answer(ask, context)

    def roles(self, context: CallContext) -> frozenset[str]:
        """The application permissions that the token carries."""
        return roles_of(self._tokens.get(context))

    def get_text(self, url: str, context: CallContext, *, permission: str, accept: str) -> str:
        """A text of the type ``accept``; what is not UTF-8 in it is replaced."""
        answer = self._answer(_Ask("GET", url, permission, {"Accept": accept}), context)
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

    def _answer(self, ask: _Ask, context: CallContext) -> Answer:
        check_same_host(ask.url, self._config.graph_url)
        token = self._tokens.get(context)
        answer = self._send(ask, token, context)
        if answer.status == 401:
            token = self._tokens.renew(token, context)
            answer = self._send(ask, token, context)
        if answer.status in ask.expects:
            return answer
        if answer.status >= 400:
            is_ours = is_granted(ask.permission, roles_of(token))
            raise error_of(answer, ask.permission, ask.refused_as if is_ours else None)
        raise BadResponseError(
            f"HTTP {answer.status} where {' or '.join(map(str, ask.expects))} was expected.",
            status=answer.status,
            request_id=answer.request_id,
        )

    def _send(self, ask: _Ask, token: str, context: CallContext) -> Answer:
        def send(door: HttpDoor, tracing: Mapping[str, str]) -> Answer:
            headers = {**(ask.headers or {}), **tracing}
            return door.send(ask.method, ask.url, json=ask.body, headers=headers, token=token)

        every = Pace("graph", self._config.graph_rate)
        try:
            return self._caller.call(send, (every, *ask.paces), context)
        except TransientError as error:
            if is_locked(error):
                raise error.because(ReasonCode.LOCKED) from error
            raise
