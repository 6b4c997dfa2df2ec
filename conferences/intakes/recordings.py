"""The platform's own list of recordings."""

from conferences.models import CallRecording, Conference
from conferences.store.plan import Places
from conferences.store.upsert import upsert
from conferences.store.vanishing import after_listing
from platforms.contract import Feed, Page
from platforms.records import RecordingsPage
from syncing.operation import Intake, Target
from syncing.outcomes import FeedOutcome

COLUMNS = (
    *("slot_id", "read_through", "is_planned", "call_id", "starts_at", "ends_at", "vanished_at"),
)


class RecordingsIntake(Intake):
    def __init__(self, conference: Conference, places: Places) -> None:
        self._conference, self._places = conference, places

    def save(self, targets: tuple[Target, ...], feed: Feed, page: Page) -> set[int | None]:
        assert isinstance(page, RecordingsPage), "this feed brings nothing else"
        rows = [
            CallRecording(
                conference=self._conference,
                source_id=remote.source_id,
                slot_id=place.slot,
                read_through=place.read_through,
                call_id=remote.call_id,
                starts_at=remote.starts_at,
                ends_at=remote.ends_at,
            )
            for remote in page.recordings
            if (place := self._places.of(targets, remote.starts_at, remote.ends_at))
        ]
        upsert(self._conference.call_recordings.all(), rows, "source_id", COLUMNS)
        return {row.slot_id for row in rows}

    def end(self, targets: tuple[Target, ...], outcome: FeedOutcome) -> None:
        after_listing(self._conference.call_recordings.all(), targets, outcome.listed)
