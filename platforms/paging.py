"""Follows a vendor's links from page to page, and no further than it should."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from platforms.errors import BadResponseError
from platforms.reasons import ReasonCode

MAX_PAGES = 10_000


def follow(
    first: str, fetch: Callable[[str], dict[str, Any]], link_key: str
) -> Iterator[dict[str, Any]]:
    """Pages from ``first`` on. ``fetch`` turns a URL into a JSON object.

    An empty page with a link goes on; a link seen before, or page 10,001, raises.
    """
    url: str | None = first
    seen: set[int] = set()
    while url is not None:
        if hash(url) in seen or len(seen) >= MAX_PAGES:
            raise BadResponseError("The listing does not end: a link to the next page came twice.")
        seen.add(hash(url))
        page = fetch(url)
        yield page
        link = page.get(link_key)
        if link is not None and not isinstance(link, str):
            raise BadResponseError(f"{link_key} is not text.")
        url = link or None


def check_same_host(url: str, base_url: str) -> None:
    """Raise before a token is sent to a host that did not get it before."""
    try:
        url.encode()
        there, ours = urlsplit(url), urlsplit(base_url)
    except ValueError as error:  # such as half an address in brackets, or half a character
        raise BadResponseError("The answer has a link that is none.") from error
    if (there.scheme, there.netloc.lower()) != (ours.scheme, ours.netloc.lower()):
        raise BadResponseError(
            f"The answer links to another host ({there.hostname}). The link was not followed.",
            reason=ReasonCode.FOREIGN_LINK,
            params={"host": str(there.hostname)},
        )
