"""``$orderby`` and ``$filter`` of a chat's messages (graph-api §7). Pure."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.graph.errors import bad_request
from sandbox.graph.odata import COMPARISONS, instant

_ORDER = re.compile(r"(lastModifiedDateTime|createdDateTime)\s+desc")
_TERM = re.compile(r"(lastModifiedDateTime\s+(?:gt|lt)|createdDateTime\s+lt)\s+(\S+)")


@dataclass
class Wanted:
    """``(property, comparison, limit)``, all of which must hold."""

    terms: list[tuple[str, str, datetime]] = field(default_factory=list)

    def accepts(self, name: str, moment: datetime) -> bool:
        """What the filter says of ``name``; terms about another property are ignored."""
        return all(COMPARISONS[op](moment, limit) for of, op, limit in self.terms if of == name)


def message_order(text: str | None) -> str:
    """The property named by ``$orderby``; descending is the only direction."""
    if text is None:
        return "lastModifiedDateTime"
    match = _ORDER.fullmatch(text.strip())
    if match is None:
        raise bad_request("Invalid $orderby: lastModifiedDateTime or createdDateTime, desc only.")
    return match[1]


def message_filter(text: str | None) -> Wanted:
    """``lastModifiedDateTime gt|lt …`` and ``createdDateTime lt …``; 400 for anything else."""
    wanted = Wanted()
    for term in re.split(r"\s+and\s+", text.strip()) if text is not None else ():
        match = _TERM.fullmatch(term)
        if match is None:
            raise bad_request(f"Invalid filter clause: '{term}' is not supported.")
        name, comparison = match[1].split()
        wanted.terms.append((name, comparison, instant(match[2])))
    return wanted
