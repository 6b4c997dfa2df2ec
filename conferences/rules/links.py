"""Links to files, compared. Pure."""

from hashlib import sha256
from urllib.parse import unquote


def link_key(url: str) -> str:
    """64 characters that two spellings of one link share: decoded, without query and case.

    A "#" is part of a name: chats give links to files unencoded too.
    """
    plain = unquote(url.partition("?")[0]).rstrip("/")
    return sha256(plain.casefold().encode("utf-8", "surrogatepass")).hexdigest()
