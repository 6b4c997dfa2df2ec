"""Long lists, page by page."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """1 … 7 8 9 … 20: the ends and the neighbours of the page shown."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
