"""Keeps secrets out of messages."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_QUOTE = r"(?:\\*[\"']|&quot;|&#34;|&#x22;|\\u0022|%22)"
_IS = r"(?:\s*(?:[=:]|%3D|%3A|&#x3D;|&#61;|\\u003[da])\s*|>)"
_PLAIN = r"(?:[^\s\"'&<>\\%;}]|%(?!2[267]|3B))+"
_SECRETS = re.compile(
    r"(?i)((?:bearer|basic|negotiate)(?:\s|%20|\+)+"
    r"|(?:secret|token|passw(?:or)?d|\bpwd|assertion|tempauth|\bsig|api_?key|accountkey"
    rf"|device_code){_QUOTE}?{_IS}b?)(?:\"[^\"\\]+|'[^'\\]+|{_QUOTE}?{_PLAIN})"
)
_COOKIES = re.compile(r"(?i)(cookie[\"']?\s*[:=]\s*)(?:[\w.-]+=[^\s;\"']*(?:;\s*)?)+")
_QUERY = re.compile(r"(?i)(\bhttps?:(?:\\?/){2}[^\s?\"'<>\\]*\?)[^\s\"'<>\\]+")
_LOGIN = re.compile(r"(\b\w+://)[^\s/?#\"']+@")
_TOKEN = re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")
# The address of somebody's calendar feed, also without its end, or with an encoded beginning.
_FEED = re.compile(r"(?i)(/calendar/)[^\s/?#\"'<>]{16,}|[\w%-]{40,}(?=(?:\.|%2e)ics\b)")
# What opens a file for whoever has its address.
_KEYS = {"tempauth", "sig", "access_token", "token", "authkey", "prooftoken", "guestaccesstoken"}


def storable(text: str) -> str:
    """``text`` without NUL and lone surrogates, which no database takes."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def redact(text: str, limit: int = 500) -> str:
    """``text`` without tokens and secrets, in one line, at most ``limit`` characters."""
    clean = _LOGIN.sub(r"\1[secret]@", _QUERY.sub(r"\1[…]", text[: 20 * limit]))
    clean = _SECRETS.sub(r"\1[secret]", _COOKIES.sub(r"\1[secret]", clean))
    clean = _TOKEN.sub("[token]", clean)
    return " ".join(clean.split())[:limit]


def without_tokens(text: str) -> str:
    """For a line of a log: addresses of ours do not tell the token that opens them."""
    return _FEED.sub(lambda found: f"{found[1] or ''}[token]", text)


def without_keys(url: str) -> str:
    """An address that opens nothing by itself: who follows it has to log in there."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("?")[0]
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (name, without_keys(value) if "://" in value else value)
        for name, value in query
        if name.lower() not in _KEYS
    ]
    has_keys = any(name.lower() in _KEYS for name, _ in parse_qsl(parts.fragment))
    if kept == query and not has_keys:
        return url  # as it came
    fragment = "" if has_keys else parts.fragment
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=fragment))
