"""Who may plan a conference, and what of it somebody else has changed meanwhile."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.actions.conferences import FIELDS
from conferences.models import Conference
from conferences.models.conference import Platform
from conferences.models.membership import Role
from conferences.queries.access import is_administrator, memberships_of


def may_plan(user: User) -> bool:
    """Administrators, and whoever teaches anywhere."""
    teaches = memberships_of(user).filter(role=Role.INSTRUCTOR)
    return is_administrator(user) or teaches.exists() or user.has_perm("conferences.add_conference")


def makes_meetings(platform: str) -> bool:
    """Whether this site can; if not, they come by their links."""
    return platform in settings.MEETING_PLATFORMS


def by_link_only(platform: str) -> str:
    told = _(
        "This site makes no %(platform)s meetings. Paste the join link of one that was made there."
    )
    return told % {"platform": Platform(platform).label}


def differences(conference: Conference, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is stored where somebody typed something else: the field's name, and its value."""
    for name in FIELDS:
        stored = getattr(conference, name)
        if name in typed and typed[name] != stored:
            field: Any = Conference._meta.get_field(name)
            yield str(field.verbose_name), stored
