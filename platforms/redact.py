"""Keeps secrets out of messages."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_QUOTE = r"(?:\\*[\"']|&quot;|&#34;)?"
_SECRETS = re.compile(
    r"(?i)((?:bearer|basic)(?:\s|%20|\+)+"
    r"|(?:secret|token|passw(?:or)?d|\bpwd|assertion|cookie|tempauth|\bsig)"
    rf"{_QUOTE}(?:\s*(?:[=:]|%3D|%3A)\s*|>){_QUOTE})[^\s\"'&}}<>\\%;]+"
)
_QUERY = re.compile(r"(?i)(\bhttps?:(?:\\?/){2}[^\s?\"'<>\\]*\?)[^\s\"'<>\\]+")
_LOGIN = re.compile(r"(\b\w+://)[^\s/@\"']+@")
_TOKEN = re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")
# What opens a file for whoever has its address.
_KEYS = {"tempauth", "sig", "access_token", "token", "authkey", "prooftoken"}


def storable(text: str) -> str:
    """``text`` without NUL and lone surrogates, which no database takes."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def redact(text: str, limit: int = 500) -> str:
    """``text`` without tokens and secrets, in one line, at most ``limit`` characters."""
    clean = _LOGIN.sub(r"\1[secret]@", _QUERY.sub(r"\1[…]", text[: 20 * limit]))
    clean = _TOKEN.sub("[token]", _SECRETS.sub(r"\1[secret]", clean))
    return " ".join(clean.split())[:limit]


def without_keys(url: str) -> str:
    """An address that opens nothing by itself: who follows it has to log in there."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if name.lower() not in _KEYS]
    if kept == query:
        return url  # as it came
    return urlunsplit(parts._replace(query=urlencode(kept)))
