"""Operations that merge what all meetings of a run brought."""

from abc import abstractmethod

from django.db import transaction

from conferences.intakes import Intakes
from conferences.models import Conference
from syncing.operation import Operation


class MergingOperation(Operation):
    """The first of the run's meetings to be finished merges for all of them."""

    def __init__(self, conference: Conference, intakes: Intakes) -> None:
        self._conference = conference
        self._changes: dict[int, str] | None = None

    @abstractmethod
    def merge(self) -> dict[int, str]:
        """What happened to each row, by primary key."""

    def merged(self) -> dict[int, str]:
        if self._changes is not None:
            return self._changes
        changes = self.merge()
        transaction.on_commit(lambda: self._keep(changes))  # the transaction may be done again
        return changes

    def _keep(self, changes: dict[int, str]) -> None:
        self._changes = changes
