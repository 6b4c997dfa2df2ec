"""What administrators are to see wherever they begin."""

from django import template

from conferences.notifications import administrators

register = template.Library()


@register.simple_tag
def open_notices() -> int:
    """How many causes keep meetings from being recorded."""
    return administrators.open_notices()
