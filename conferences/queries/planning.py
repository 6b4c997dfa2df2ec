"""Who may plan a conference, and what of it somebody else has changed meanwhile."""

from collections.abc import Iterator, Mapping
from typing import Any

from accounts.models import User
from conferences.actions.conferences import FIELDS
from conferences.models import Conference
from conferences.models.membership import Role
from conferences.queries.roster import memberships_of


def is_administrator(user: User) -> bool:
    """Of all conferences; as conferences.queries.access has it."""
    needed = ("conferences.view_conference", "conferences.change_conference")
    return user.is_staff and user.has_perms(needed)


def may_plan(user: User) -> bool:
    """Administrators, and whoever teaches anywhere."""
    teaches = memberships_of(user).filter(role=Role.INSTRUCTOR)
    return is_administrator(user) or teaches.exists() or user.has_perm("conferences.add_conference")


def differences(conference: Conference, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is stored where somebody typed something else: the field's name, and its value."""
    for name in FIELDS:
        stored = getattr(conference, name)
        if name in typed and typed[name] != stored:
            field: Any = Conference._meta.get_field(name)
            yield str(field.verbose_name), stored
