"""A registrar's file, and what may go wrong in any place of it."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from tests.input.values import EVERY

DOCUMENT: dict[str, Any] = {
    "conferences": [
        {
            "id": 46,
            "title": "Research Methods",
            "description": "",
            "course_code": "RM-101",
            "platform": "teams",
            "organizer_email": "mara.lindqvist@example.edu",
            "starts_at": "2026-09-01T13:00:00+02:00",
            "ends_at": "2026-09-01T14:00:00+02:00",
            "timezone": "Europe/Berlin",
            "meeting_link": "https://teams.microsoft.com/l/meetup-join/1",
            "meeting_id": None,
            "online_meeting_id": None,
            "team_id": None,
            "use_time_slots": True,
            "auto_recording_status": "pending",
            "time_slots": [
                {
                    "id": 45,
                    "starts_at": "2026-09-01T13:00:00+02:00",
                    "ends_at": "2026-09-01T13:30:00+02:00",
                    "meeting_link": "https://teams.microsoft.com/l/meetup-join/2",
                },
                {
                    "id": 47,
                    "starts_at": "2026-09-01T13:30:00+02:00",
                    "ends_at": "2026-09-01T14:00:00+02:00",
                },
            ],
            "roster": [
                {"role": "instructor", "name": "Mara", "email": "mara.lindqvist@example.edu"},
                {"role": "learner", "name": "Ines", "email": "ines@example.edu"},
            ],
        },
        {
            "id": 47,
            "title": "Another",
            "starts_at": "2026-09-02T13:00:00Z",
            "ends_at": "2026-09-02T14:00:00Z",
        },
    ]
}
Where = tuple[str | int, ...]
Change = Callable[[Any, Any], None]


def places(node: Any, path: Where = ()) -> Iterator[Where]:
    """Of every value in a document."""
    yield path
    if isinstance(node, dict | list):
        for key in node if isinstance(node, dict) else range(len(node)):
            yield from places(node[key], (*path, key))


def put(path: Where, change: Change) -> Any:
    """A copy of the document, its value at ``path`` changed by change(parent, key)."""
    whole = {"": deepcopy(DOCUMENT)}
    parent: Any = whole
    keys = ("", *path)
    for key in keys[:-1]:
        parent = parent[key]
    change(parent, keys[-1])
    return whole.get("")


def set_to(value: Any) -> Change:
    return lambda parent, key: parent.__setitem__(key, value)


def remove(parent: Any, key: Any) -> None:
    del parent[key]


def repeat(parent: Any, key: Any) -> None:
    if isinstance(parent, list):
        parent.append(deepcopy(parent[key]))
    else:
        parent[key] = [parent[key]] * 2


def add_unknown(parent: Any, key: Any) -> None:
    if isinstance(parent[key], dict):
        parent[key]["colour"] = "red"
    else:
        parent[key] = {"colour": parent[key]}


SCALARS = (True, False, 0, -1, 7, 2**63, 10**30, 1.5, float("nan"), float("inf"), -0.0)
values = st.one_of(
    st.sampled_from([*SCALARS, [[]], {"id": 1}, "\ud800", *EVERY]),
    st.recursive(
        st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, min_size=1, max_size=2),
        max_leaves=4,
    ),
)
changes = st.one_of(values.map(set_to), st.sampled_from([remove, repeat, add_unknown]))
