"""What a run says, in the reader's language."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platforms.reasons import Actor
from syncing import phrases
from syncing.models import SyncRun
from syncing.outcomes import Verdict

register = template.Library()


@register.filter
def operation_name(name: str) -> str:
    return phrases.operation(name)


@register.filter
def outcome_name(name: str) -> str:
    return phrases.outcome(name)


@register.filter
def source_name(name: str) -> str:
    return phrases.source(name)


@register.filter
def source_names(names: list[str]) -> str:
    return ", ".join(map(phrases.source, names))


@register.filter
def who_acts(actor: Actor) -> str:
    """{{ step.reason.who|who_acts }} is "An administrator acts"."""
    return phrases.who(actor)


@register.filter
def verdict_kind(run: SyncRun | None) -> str:
    """The look of a run's badge: running, good, none (nothing found or known), warning, bad."""
    if run is None:
        return "none"
    if run.is_open:
        return "running"
    if run.verdict == Verdict.SUCCESS and run.items:
        return "good"
    if run.verdict == Verdict.PARTIAL:
        return "warning"
    return "bad" if run.verdict == Verdict.FAILED else "none"


@register.filter
def roughly(left: timedelta) -> str:
    """{{ run.time_left|roughly }} is "about 20 seconds left": no finer than an estimate is."""
    seconds = left.total_seconds()
    if seconds <= 5:
        return _("a few seconds left")
    if seconds < 60:
        rounded = 10 * round(seconds / 10) or 10
        return _("about %(seconds)s seconds left") % {"seconds": rounded}
    count = round(seconds / 60)
    return ngettext("about %(count)s minute left", "about %(count)s minutes left", count) % {
        "count": count
    }


@register.filter
def lasted(duration: timedelta) -> str:
    """{{ run.duration|lasted }} is "1.9 s" or "2 min 05 s"."""
    seconds = duration.total_seconds()
    if seconds < 60:
        return _("%(seconds)s s") % {"seconds": f"{seconds:.1f}"}
    whole, rest = divmod(round(seconds), 60)
    return _("%(minutes)s min %(seconds)s s") % {"minutes": whole, "seconds": f"{rest:02d}"}
