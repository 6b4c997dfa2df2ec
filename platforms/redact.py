"""Keeps secrets out of messages."""

import re

_SECRETS = re.compile(
    r"(?i)(bearer\s+|(?:client_secret|client_assertion|access_token|refresh_token|password)"
    r"[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,}]+"
)
_TOKEN = re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")


def storable(text: str) -> str:
    """``text`` without NUL and lone surrogates, which no database takes."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def redact(text: str, limit: int = 500) -> str:
    """``text`` without tokens and secrets, in one line, at most ``limit`` characters."""
    clean = _TOKEN.sub("[token]", _SECRETS.sub(r"\1[secret]", text))
    return " ".join(clean.split())[:limit]
