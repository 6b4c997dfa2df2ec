"""What somebody typed into a search box."""

from django.http import QueryDict


def search_words(query: QueryDict) -> str:
    """``q``, short, and without NUL characters: PostgreSQL refuses them."""
    return query.get("q", "").replace("\0", "").strip()[:200]
