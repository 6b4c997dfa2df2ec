"""People in the directory."""

from dataclasses import dataclass
from typing import Any

from platforms.context import CallContext
from platforms.errors import NotFoundError
from platforms.reasons import ReasonCode
from teams_integration.client import GraphClient
from teams_integration.parse.values import email, optional_text, text

PERMISSION = "User.Read.All"


@dataclass(frozen=True, slots=True)
class DirectoryUser:
    directory_id: str
    email: str | None
    name: str


def fetch_user(graph: GraphClient, id_or_email: str, context: CallContext) -> DirectoryUser:
    """Raises NotFoundError for somebody whom the directory does not know."""
    # https://learn.microsoft.com/graph/api/user-get
    url = graph.url(
        "users", id_or_email, query={"$select": "id,displayName,mail,userPrincipalName"}
    )
    try:
        source = graph.get(url, context, permission=PERMISSION)
    except NotFoundError as error:
        raise error.because(ReasonCode.ORGANIZER_UNKNOWN, organizer=id_or_email) from error
    return DirectoryUser(
        directory_id=text(source, "id").lower(),
        email=_address(source, "mail") or _address(source, "userPrincipalName"),
        name=optional_text(source, "displayName") or "",
    )


def _address(source: dict[str, Any], key: str) -> str | None:
    return email(optional_text(source, key))
