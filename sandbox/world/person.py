"""Who can be in a meeting, a chat or a directory."""

from dataclasses import dataclass
from typing import Literal

PersonKind = Literal["user", "guest", "phone", "bot"]


@dataclass
class Person:
    """Someone who can be in a meeting.

    ``id`` is the directory object id; None for people the vendor cannot identify.
    ``tenant_id`` is the home tenant. ``mail`` is what attendance reports show,
    ``upn`` what the directory is asked by: they may differ (graph-api §3, §4).
    A "bot" writes in chats and nothing else.
    """

    name: str
    id: str | None = None
    mail: str | None = None
    upn: str | None = None
    tenant_id: str | None = None
    kind: PersonKind = "user"
