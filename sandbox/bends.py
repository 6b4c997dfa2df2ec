"""What a fault makes of the JSON of a real answer. Pure."""

from typing import Any

EXPANDED = ("sessions", "participants_v2", "attendanceRecords")
NEXT_LINK = "@odata.nextLink"
WHOLE = [0, None]


def with_next_link(answer: dict[str, Any], url: str) -> dict[str, Any]:
    """Put ``url`` where the answer's nextLink stands: outside, or at its expanded list."""
    return {**answer, f"{_prefix(answer)}{NEXT_LINK}": url}


def without_leaves(value: Any) -> Any:
    """The same shape with every leaf null."""
    if isinstance(value, dict):
        return {key: without_leaves(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_leaves(item) for item in value]
    return None


def with_leaves(value: Any, leaves: dict[str, Any]) -> Any:
    """Every leaf of one of these names replaced."""
    if isinstance(value, dict):
        return {
            key: leaves[key]
            if key in leaves and not isinstance(item, dict | list)
            else with_leaves(item, leaves)
            for key, item in value.items()
        }
    return [with_leaves(item, leaves) for item in value] if isinstance(value, list) else value


def with_appended(value: Any, ends: dict[str, str]) -> Any:
    """Every text of one of these names with something at its end."""
    if isinstance(value, dict):
        return {
            key: f"{item}{ends[key]}"
            if key in ends and isinstance(item, str)
            else with_appended(item, ends)
            for key, item in value.items()
        }
    return [with_appended(item, ends) for item in value] if isinstance(value, list) else value


def with_another(answer: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The first item of its list once more, with other values, before all others."""
    name = _prefix(answer) or "value"
    items = answer[name]
    return {**answer, name: [{**(items[0] if items else {}), **values}, *items]}


def page(answer: dict[str, Any], pages: Any, number: int, link: str) -> dict[str, Any]:
    """Page ``number`` of a list that comes in ``pages``: slices [start, stop] of the real one;
    "loop" or "endless": all of it, again and again. ``link`` leads to the next page.
    """
    prefix = _prefix(answer)
    start, stop = WHOLE if isinstance(pages, str) else pages[number]
    items = answer[prefix or "value"][start:stop]
    cut = {**answer, prefix or "value": items}
    if prefix and number:  # what follows an expanded list is a list of its own
        cut = {"value": items, NEXT_LINK: answer.get(prefix + NEXT_LINK)}
    has_next = isinstance(pages, str) or number + 1 < len(pages)
    return with_next_link(cut, link) if has_next else cut


def _prefix(answer: dict[str, Any]) -> str:
    """The name of the list inside an expanded object; "" for a plain list, and for an object."""
    return "" if "value" in answer else next((name for name in EXPANDED if name in answer), "")
