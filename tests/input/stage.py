"""One of everything that an address can name."""

from dataclasses import dataclass

from accounts.models import User
from conferences.models import Conference
from conferences.models.attendance import Source
from conferences.queries.digest import data_digest
from tests.pages import making, making_artifacts


@dataclass(frozen=True)
class Stage:
    """``keys``: the primary keys that the addresses of the site take, by their names there."""

    conference: Conference
    keys: dict[str, int]

    @classmethod
    def with_one_of_everything(cls, teacher: User) -> "Stage":
        conference = making.conference(teacher, use_time_slots=True)
        slot = conference.time_slots.create(
            starts_at=making.START, ends_at=making.START + making.HOUR
        )
        making.person(making.sitting(conference), "Ines Duarte", "ines.duarte@example.edu")
        guess = making.sitting(
            conference, Source.CALL_RECORDS, is_guess=True, accepted_at=making.START
        )
        making_artifacts.message(conference, "Welcome")
        making_artifacts.transcript(conference, (1, "Ines Duarte", "Good morning"))
        making_artifacts.shared_file(conference)
        recording = making_artifacts.recording(conference, published_at=making.START)
        video = making_artifacts.video(conference, accepted_at=making.START)
        run = making.run(conference)
        keys = {
            "pk": conference.pk,
            "slot_pk": slot.pk,
            "member_pk": conference.roster.get().pk,
            "run_pk": run.pk,
            "sitting_pk": guess.pk,
            "recording_pk": recording.pk,
            "file_pk": video.pk,
        }
        return cls(conference, keys)


def digest() -> str:
    """Of everything that the business knows."""
    return str(data_digest()["digest"])
