"""What somebody would send to an address, to have its effect."""

from collections.abc import Mapping
from typing import Any

from tests.access.world import PASSWORD, World

DATE = {"starts_at_0": "2026-03-10", "starts_at_1": "09:00", "ends_at_0": "2026-03-10"}
ROWS = {
    "time_slots-TOTAL_FORMS": "0",
    "time_slots-INITIAL_FORMS": "0",
    "roster-TOTAL_FORMS": "1",
    "roster-INITIAL_FORMS": "0",
    "roster-0-role": "instructor",
    "roster-0-name": "Me",
    "roster-0-email": "me@example.org",
}
CONFERENCE = {
    **DATE,
    "ends_at_1": "10:00",
    **ROWS,
    "title": "Taken over",
    "platform": "teams",
    "timezone": "UTC",
    "auto_recording_status": "pending",
    "organizer_email": "me@example.org",
}
NEW_PASSWORD = dict.fromkeys(("password1", "password2"), "correct horse battery")
ACCOUNT = {
    "username": "una",
    "email": "taken.over@example.org",
    "timezone": "UTC",
    "language": "en",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "date_joined_0": "2026-03-10",
    "date_joined_1": "09:00",
}
OWN_PASSWORD = dict.fromkeys(("new_password1", "new_password2"), "correct horse battery")
CREDENTIALS = {"username": "pia.berg@example.edu", "password": PASSWORD}
DECISION = {"decision": "accept"}
DELETE = {"post": "yes"}

FORMS: dict[str, Mapping[str, str]] = {
    "/login/": CREDENTIALS,
    "/calendar/": {"decision": "make"},
    "/conferences/<pk>/guesses/<sitting_pk>/": DECISION,
    "/conferences/<pk>/recordings/<recording_pk>/publish/": {"publish": "1"},
    "/conferences/<pk>/recordings/files/<file_pk>/": DECISION,
    "/admin/login/": {**CREDENTIALS, "username": "ada.miller@example.edu"},
    "/admin/password_change/": {"old_password": PASSWORD, **OWN_PASSWORD},
    "/admin/auth/group/add/": {"name": "Taken over"},
    "/admin/auth/group/<object_id>/change/": {"name": "Taken over"},
    "/admin/accounts/user/<id>/password/": {**NEW_PASSWORD, "usable_password": "true"},
    "/admin/accounts/user/add/": {**ACCOUNT, **NEW_PASSWORD, "usable_password": "true"},
    "/admin/accounts/user/<object_id>/change/": ACCOUNT,
    "/admin/conferences/conference/add/": CONFERENCE,
    "/admin/conferences/conference/<object_id>/change/": CONFERENCE,
}
QUERIES = {
    "/admin/autocomplete/": (
        "?app_label=conferences&model_name=membership&field_name=user&term=una"
    )
}


def form(route: str, world: World) -> dict[str, Any]:
    """The fields for a POST; the administration is asked to delete what it lists."""
    model = route.removeprefix("/admin/").rstrip("/")
    if model in world.ours:
        chosen = {"action": "delete_selected", "_selected_action": str(world.ours[model])}
        return {**chosen, **DELETE}
    return dict(DELETE if route.endswith("/delete/") else FORMS.get(route, {}))
