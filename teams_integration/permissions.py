"""Application permissions: which of them a token carries, and which wider ones do as well.

https://learn.microsoft.com/graph/permissions-reference
"""

from collections.abc import Collection, Mapping

import jwt

# What a wider grant covers, as Microsoft's permissions.json has it.
WIDER: Mapping[str, tuple[str, ...]] = {
    "User.Read.All": ("User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"),
    "OnlineMeetings.Read.All": ("OnlineMeetings.ReadWrite.All",),
    "Chat.Read.All": ("Chat.ReadWrite.All",),
    "ChannelMessage.Read.All": ("Group.Read.All", "Group.ReadWrite.All"),
    "Files.Read.All": ("Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All"),
}


def roles_of(token: str) -> frozenset[str]:
    """The application permissions in an access token; none in one that cannot be read.

    It was just given by the vendor over TLS: nobody's signature is to be checked here.
    """
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return frozenset()
    roles = claims.get("roles")
    return frozenset(map(str, roles)) if isinstance(roles, list) else frozenset()


def is_granted(permission: str, roles: Collection[str]) -> bool:
    return permission in roles or any(wider in roles for wider in WIDER.get(permission, ()))
