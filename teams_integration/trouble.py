"""What could not be read among things that could."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from platforms.errors import BadResponseError, NotFoundError, PlatformError, TransientError

Parsed = TypeVar("Parsed")


class Trouble:
    """The first item of a reading that was refused, locked or odd: told when all others were read.

    A reading that tells of trouble is not complete: what it lacks does not count as gone.
    """

    def __init__(self) -> None:
        self._first: PlatformError | None = None

    def remember(self, error: PlatformError) -> None:
        self._first = self._first or error

    def tell(self) -> None:
        if self._first is not None:
            raise self._first

    def parsed(
        self, parse: Callable[[dict[str, Any]], Parsed], sources: Iterable[dict[str, Any]]
    ) -> list[Parsed]:
        """What ``parse`` makes of each; those that it does not understand are left out."""
        found = []
        for source in sources:
            try:
                found.append(parse(source))
            except BadResponseError as error:
                self.remember(error)
        return found


def listed_but_gone(what: str, error: NotFoundError) -> TransientError:
    """For what one answer lists and the next does not have: a fault that passes."""
    return TransientError(
        f"A listed {what} was not there: {error.detail}", request_id=error.request_id
    )
