"""What a run says, in the reader's language."""

from django import template

from platforms.reasons import Actor
from syncing import phrases

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
def who_acts(actor: Actor) -> str:
    """{{ step.reason.who|who_acts }} is "An administrator acts"."""
    return phrases.who(actor)
