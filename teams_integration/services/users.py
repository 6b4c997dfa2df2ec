"""People in the directory."""

from dataclasses import dataclass

from platforms.context import CallContext
from platforms.errors import NotFoundError
from platforms.reasons import ReasonCode
from teams_integration.client import GraphClient
from teams_integration.parse.values import optional_text, text

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
        error.reason = ReasonCode.ORGANIZER_UNKNOWN
        error.params = {"organizer": id_or_email}
        raise
    email = optional_text(source, "mail") or optional_text(source, "userPrincipalName")
    return DirectoryUser(
        directory_id=text(source, "id").lower(),
        email=email.lower() if email else None,
        name=optional_text(source, "displayName") or "",
    )
