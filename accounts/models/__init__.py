"""People who log in, and what they did."""

from accounts.models.audit import Act, AuditEntry
from accounts.models.calendar import CalendarFeed
from accounts.models.user import AccountManager, User, validate_timezone

__all__ = ["AccountManager", "Act", "AuditEntry", "CalendarFeed", "User", "validate_timezone"]
