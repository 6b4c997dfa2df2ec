"""What stands between this site and the tenant, line by line; pure.

What is looked at, what the answers mean and what helps is in teams_integration.inspections.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


class State(StrEnum):
    """``unknown``: Graph cannot tell. ``not checked``: something else has to be there first."""

    MISSING = "missing"
    OK = "ok"
    UNKNOWN = "unknown"
    NOT_CHECKED = "not checked"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class Remedy:
    """Exactly what is to be done, and by whom. ``act`` has places for the params of a Found."""

    act: Words
    who: Words = ""


@dataclass(frozen=True, slots=True)
class Found:
    """``params``: beside those that every remedy may name (Asked.params)."""

    state: State
    remedy: Remedy | None = None
    params: Mapping[str, str] = field(default_factory=dict)


OK = Found(State.OK)


@dataclass(frozen=True, slots=True)
class Inspection:
    """``needs``: what must be ok before ``look`` may be asked. ``of_organizer``: of one person."""

    check: str
    feature: Words
    look: Callable[[Any], Found]
    needs: tuple[str, ...] = ()
    of_organizer: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    check: str
    state: State
    feature: str
    act: str = ""
    who: str = ""

    def as_json(self) -> dict[str, str]:
        return {
            "check": self.check,
            "state": self.state.value,
            "feature": self.feature,
            "act": self.act,
            "who": self.who,
        }


def walk(
    inspections: Iterable[Inspection],
    look: Callable[[Inspection], Found],
    params: Mapping[str, str],
) -> list[Line]:
    """One line each, in order. ``params``: "organizer" is empty if none was given."""
    states: dict[str, State] = {}
    lines = []
    for inspection in inspections:
        waits_for = [name for name in inspection.needs if states[name] is not State.OK]
        if inspection.of_organizer and not params["organizer"]:
            found = Found(State.NOT_CHECKED, Remedy(_("Give --organizer EMAIL.")))
        elif waits_for:
            remedy = Remedy(_("Once this is ok: %(needed)s."))
            found = Found(State.NOT_CHECKED, remedy, {"needed": ", ".join(waits_for)})
        else:
            found = look(inspection)
        states[inspection.check] = found.state
        lines.append(_line(inspection, found, {**params, **found.params}))
    return lines


def _line(inspection: Inspection, found: Found, params: Mapping[str, str]) -> Line:
    act, who = (found.remedy.act, found.remedy.who) if found.remedy else ("", "")
    feature = str(inspection.feature) % params
    return Line(inspection.check, found.state, feature, str(act) % params, str(who))


def is_ok(lines: Iterable[Line]) -> bool:
    """What is unknown or was not checked does not count."""
    return all(line.state is not State.MISSING for line in lines)


def as_text(lines: list[Line]) -> str:
    """For people: one line each, and below it what helps and who does it."""
    states, checks = (max(map(len, column)) for column in zip(*_columns(lines), strict=True))
    text = []
    for line in lines:
        state = line.state.upper() if line.state is State.MISSING else line.state
        text.append(f"{state:<{states}}  {line.check:<{checks}}  {line.feature}")
        if line.act:
            who = f"{line.who}: " if line.who else ""
            text.append(f"{'':<{states}}  → {who}{line.act}")
    counts = {state: sum(line.state is state for line in lines) for state in State}
    total = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    return "\n".join([*text, "", total])


def _columns(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line.state, line.check) for line in lines]
