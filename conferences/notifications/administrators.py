"""Notices to administrators: once for each cause, until no meeting has it any more."""


def follow_causes(organizer_email: str) -> None:
    """Open notices for causes that this organizer's meetings have, resolve those they do not."""
