"""How changes of somebody's row are written."""

from collections.abc import Iterator

from django import template

from conferences.models import Membership
from conferences.models.membership import Role

register = template.Library()


@register.filter
def changes(member: Membership, old: dict[str, str]) -> Iterator[str]:
    """{% for line in member|changes:old %}: such as role: learner → instructor"""
    for name, before in old.items():
        label = str(Membership._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        yield f"{label}: {_shown(before)} → {_shown(str(getattr(member, name) or ''))}"


def _shown(value: str) -> str:
    return str(Role(value).label) if value in Role.values else value or "–"
