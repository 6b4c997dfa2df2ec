"""People who log in, and what they did."""

from accounts.models.audit import Act, AuditEntry
from accounts.models.user import AccountManager, User, validate_timezone

__all__ = ["AccountManager", "Act", "AuditEntry", "User", "validate_timezone"]
