"""Links to files, compared. Pure."""

from hashlib import sha256
from urllib.parse import unquote, urlsplit


def link_key(url: str) -> str:
    """64 characters that two spellings of one link share: decoded, without query and case."""
    try:
        parts = urlsplit(url)
        plain = f"{parts.scheme}://{parts.netloc}{unquote(parts.path).rstrip('/')}"
    except ValueError:  # such as half an address in brackets
        plain = url
    return sha256(plain.casefold().encode("utf-8", "surrogatepass")).hexdigest()
