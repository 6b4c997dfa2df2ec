"""Sessions in the database, for keys that Django could have made."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions


class SessionStore(DatabaseSessions):
    def _validate_session_key(self, key: str | None) -> bool:
        """No database is asked for what a visitor made up: PostgreSQL takes no NUL."""
        return bool(key) and str(key).isascii() and str(key).isalnum() and len(str(key)) >= 8
