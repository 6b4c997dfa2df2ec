"""What came of an operation: its steps, those that came to the same told together."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby

from conferences.models import Conference, ConferenceTimeSlot
from syncing.models import SyncRun, SyncStep
from syncing.outcomes import Counts, Outcome
from syncing.requesting import runs_of

FINE = (None, Outcome.SUCCEEDED, Outcome.NO_DATA)


@dataclass(frozen=True)
class Group:
    """Steps of one operation with the same outcome for the same reason; ``first`` stands for them.

    ``places``: the time slots they are about, in order; of one that is not known, its label.
    """

    steps: list[SyncStep]
    places: list[ConferenceTimeSlot | str]

    @property
    def first(self) -> SyncStep:
        return self.steps[0]

    @property
    def counts(self) -> Counts:
        return _sum(self.steps)


@dataclass(frozen=True)
class Part:
    """One operation of a run, over all its meetings."""

    operation: str
    groups: list[Group]

    @property
    def steps(self) -> list[SyncStep]:
        return [step for group in self.groups for step in group.steps]

    @property
    def counts(self) -> Counts:
        return _sum(self.steps)

    @property
    def sources(self) -> list[str]:
        """Where its items came from."""
        return sorted({step.source for step in self.steps if step.source and step.counts.items})

    @property
    def trouble(self) -> list[Group]:
        """What is worth another try."""
        return [group for group in self.groups if group.first.outcome not in FINE]


@dataclass(frozen=True)
class State:
    """How an operation stands: ``part`` is what its newest run came to, if there was any."""

    operation: str
    is_running: bool = False
    part: Part | None = None

    @property
    def found_nothing(self) -> bool:
        """Everything was read: there is nothing."""
        return self.part is not None and not self.part.trouble


def parts_of(steps: Iterable[SyncStep], slots: Sequence[ConferenceTimeSlot]) -> list[Part]:
    """``steps`` of one run, by operation in the order in which they were planned."""
    known = {slot.pk: slot for slot in slots}
    by_operation: dict[str, list[SyncStep]] = {}
    for step in steps:
        by_operation.setdefault(step.operation, []).append(step)
    return [
        Part(operation, [_group(group, known) for group in _alike(mine)])
        for operation, mine in by_operation.items()
    ]


def state_of(
    conference: Conference,
    operation: str,
    run: SyncRun | None,
    parts: Sequence[Part],
    slots: Sequence[ConferenceTimeSlot],
) -> State:
    """``run``: the conference's last, with its ``parts``; an older one is asked for the rest."""
    if run is not None and run.is_open and operation in run.operations:
        return State(operation, is_running=True)
    for part in parts:
        if part.operation == operation and any(group.first.outcome for group in part.groups):
            return State(operation, part=part)
    if run is None:
        return State(operation)
    ended = SyncStep.objects.filter(operation=operation, outcome__isnull=False)
    newest = ended.filter(run__in=runs_of(conference)).order_by("-run_id").values("run_id")[:1]
    older = parts_of(ended.filter(run_id__in=newest), slots)
    return State(operation, part=older[0] if older else None)


def _alike(steps: Iterable[SyncStep]) -> list[list[SyncStep]]:
    """In the order in which each outcome was met first."""
    steps = list(steps)
    met = list(dict.fromkeys(map(_result, steps)))
    ordered = sorted(steps, key=lambda step: met.index(_result(step)))
    return [list(same) for _, same in groupby(ordered, key=_result)]


def _result(step: SyncStep) -> tuple[object, ...]:
    return step.outcome, step.sentence, step.retry_at


def _group(steps: list[SyncStep], known: dict[int, ConferenceTimeSlot]) -> Group:
    slots = [known[step.slot] for step in steps if step.slot in known]
    labels = [step.label for step in steps if step.slot not in known and step.label]
    return Group(steps, [*sorted(slots, key=lambda slot: (slot.starts_at, slot.pk)), *labels])


def _sum(steps: Iterable[SyncStep]) -> Counts:
    counts = [astuple(step.counts) for step in steps]
    return Counts(*map(sum, zip(*counts, strict=True)))
