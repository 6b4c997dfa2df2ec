"""How moments are written: in the viewer's time zone, machine-readable in <time>."""

from contextlib import nullcontext
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from conferences.clocks import local_day, local_time

register = template.Library()

CLOCK = "H:i"
CLOCK_WITH_SECONDS = "H:i:s"


@register.filter
def clock(moment: datetime) -> SafeString:
    """{{ moment|clock }} is 14:05, or 02:30 CET in the hour that comes twice"""
    return _element(moment, _clock(moment, CLOCK))


@register.filter
def clock_in_text(moment: datetime) -> str:
    """As clock, for an attribute."""
    return _clock(moment, CLOCK)


@register.filter
def clock_with_seconds(moment: datetime) -> SafeString:
    """{{ moment|clock_with_seconds }} is 14:05:09"""
    return _element(moment, _clock(moment, CLOCK_WITH_SECONDS))


@register.filter
def day(moment: datetime) -> str:
    """{{ moment|day }} is Nov. 21, 2026"""
    return _day(moment)


@register.filter
def on_day(moment: datetime) -> SafeString:
    """{{ moment|on_day }} is Nov. 21, 2026, 14:05"""
    return _element(moment, on_day_in_text(moment))


@register.filter
def on_day_in_text(moment: datetime) -> str:
    """As on_day, for an attribute."""
    return f"{_day(moment)}, {_clock(moment, CLOCK)}"


@register.filter
def soon(moment: datetime) -> SafeString:
    """14:05 if that is today, else with its day."""
    today = local_day(moment) == timezone.localdate()
    return clock(moment) if today else on_day(moment)


@register.filter
def weekday(moment: datetime) -> str:
    """{{ moment|weekday }} is Sat, Nov. 21, 2026"""
    return _weekday(moment)


@register.filter
def clock_after(moment: datetime, before: datetime) -> SafeString:
    """14:05 if that is the day of ``before``, else with its day."""
    same_day = local_day(moment) == local_day(before)
    return clock(moment) if same_day else on_day(moment)


@register.simple_tag
def span(starts_at: datetime, ends_at: datetime, zone: str = "") -> SafeString:
    """{% span slot.starts_at slot.ends_at %} is Sat, Nov. 21, 2026, 00:35–01:35"""
    with timezone.override(zone) if zone else nullcontext():
        start_day, end = _weekday(starts_at), _clock(ends_at, CLOCK)
        is_overnight = ends_at - starts_at < timedelta(hours=12)
        if local_day(starts_at) != local_day(ends_at) and not is_overnight:
            end = f"{_weekday(ends_at)}, {end}"
        return format_html(
            '<span class="day">{}<span class="comma">,</span></span> '
            '<span class="hours">{}–{}</span>',
            start_day,
            _element(starts_at, _clock(starts_at, CLOCK)),
            _element(ends_at, end),
        )


def _local(moment: datetime, pattern: str) -> str:
    return formatted(local_time(moment), pattern)


def _clock(moment: datetime, pattern: str) -> str:
    """With the zone's name if the clock shows this time twice, at the end of summer time."""
    local = local_time(moment)
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    text = formatted(local, pattern)
    return f"{text} {local.tzname()}" if is_twice else text


def _weekday(moment: datetime) -> str:
    return f"{_local(moment, 'D')}, {_day(moment)}"


def _day(moment: datetime) -> str:
    return date_format(local_time(moment), "DATE_FORMAT")


def _element(moment: datetime, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), text)
