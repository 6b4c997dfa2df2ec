"""How moments are written: in the viewer's time zone, machine-readable in <time>."""

from contextlib import nullcontext
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

CLOCK = "H:i"
CLOCK_WITH_SECONDS = "H:i:s"


@register.filter
def clock(moment: datetime) -> SafeString:
    """{{ moment|clock }} is 14:05"""
    return _element(moment, _local(moment, CLOCK))


@register.filter
def clock_with_seconds(moment: datetime) -> SafeString:
    """{{ moment|clock_with_seconds }} is 14:05:09"""
    return _element(moment, _local(moment, CLOCK_WITH_SECONDS))


@register.filter
def on_day(moment: datetime) -> SafeString:
    """{{ moment|on_day }} is Nov. 21, 2026, 14:05"""
    return _element(moment, f"{_day(moment)}, {_local(moment, CLOCK)}")


@register.filter
def soon(moment: datetime) -> SafeString:
    """14:05 if that is today, else with its day."""
    today = timezone.localdate(moment) == timezone.localdate()
    return clock(moment) if today else on_day(moment)


@register.simple_tag
def span(starts_at: datetime, ends_at: datetime, zone: str = "") -> SafeString:
    """{% span slot.starts_at slot.ends_at %} is Sat, Nov. 21, 2026, 00:35–01:35"""
    with timezone.override(zone) if zone else nullcontext():
        start = f"{_local(starts_at, 'D')}, {_day(starts_at)}, {_local(starts_at, CLOCK)}"
        end = _local(ends_at, CLOCK)
        if timezone.localdate(starts_at) != timezone.localdate(ends_at):
            end = f"{_local(ends_at, 'D')}, {_day(ends_at)}, {end}"
        return format_html("{}–{}", _element(starts_at, start), _element(ends_at, end))


def _local(moment: datetime, pattern: str) -> str:
    return formatted(timezone.localtime(moment), pattern)


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def _element(moment: datetime, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), text)
