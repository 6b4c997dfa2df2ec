"""Has old meetings record themselves: finds their ids, switches recording on, reads it back."""

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import models

from conferences import repair_phrases
from conferences.arranging.keeping import conference_of, name_of
from conferences.arranging.repairing import Repair, Repaired, Repairs, meetings_to_repair
from conferences.models import Conference
from conferences.models.conference import Platform
from conferences.queries.ways_out import ways_out
from syncing.database import DatabaseLostError, ensure_db_connection
from syncing.outcomes import Message
from syncing.phrases import message

LEFT, USAGE = 1, 2


class Command(BaseCommand):
    help = (
        "Have Teams meetings record themselves. Safe to run again, also after it was killed. "
        "Exit code: 0 nothing is left to fix, 1 something is, 2 unknown id or usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--conference", type=int, metavar="ID", help="one conference")
        which.add_argument("--all", action="store_true", help="all that are not archived")
        parser.add_argument(
            "--dry-run", action="store_true", help="ask the platform, and change nothing anywhere"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ensure_db_connection()
            repairs = Repairs(is_dry=options["dry_run"])
            results = []
            for repaired in repairs.repair_all(meetings_to_repair(self._conferences(options))):
                results.append(repaired)
                if not options["json"]:
                    self._tell(repaired)
        except DatabaseLostError as error:
            raise CommandError(message(Message.DATABASE_LOST, {}, 0), returncode=LEFT) from error
        counts = Counter(str(repaired.result) for repaired in results)
        if options["json"]:
            summary = {
                "dry_run": repairs.is_dry,
                "counts": dict(counts),
                "requests": repairs.requests,
                "seconds": repairs.seconds,
                "meetings": [as_json(repaired) for repaired in results],
            }
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        else:
            told = ", ".join(
                f"{number} {word.replace('_', ' ')}" for word, number in counts.items()
            )
            self.stdout.write(
                f"{len(results)} meetings: {told or 'nothing to do'}. "
                f"{repairs.requests} requests, {repairs.seconds:.1f} s."
                + (" Nothing was changed." if repairs.is_dry else "")
            )
        if set(counts) - {Repair.FIXED, Repair.ALREADY_FINE}:
            raise SystemExit(LEFT)

    def _conferences(self, options: dict[str, Any]) -> list[Conference]:
        if options["all"]:
            rows = Conference.objects.filter(platform=Platform.TEAMS, archived_at=None)
            return list(rows.prefetch_related("time_slots").order_by("id"))
        pk = options["conference"]
        is_key = 0 < pk <= models.BigIntegerField.MAX_BIGINT
        found = Conference.objects.filter(pk=pk).first() if is_key else None
        if found is None:
            raise CommandError(f"No conference {pk}. Nothing was changed.", returncode=USAGE)
        if found.platform != Platform.TEAMS:
            raise CommandError(
                f"Conference {pk} is not on Microsoft Teams but on {found.get_platform_display()}. "
                "Nothing was changed.",
                returncode=USAGE,
            )
        return [found]

    def _tell(self, repaired: Repaired) -> None:
        meeting = repaired.meeting
        when = f"{meeting.starts_at:%Y-%m-%d %H:%M} UTC"
        self.stdout.write(f"{name_of(meeting)} ({when}): {repair_phrases.result(repaired)}")
        if why := repair_phrases.why(repaired):
            self.stdout.write(f"    {why}")
        for way in repair_phrases.ways_out(repaired):
            self.stdout.write(f"    - {way}")


def as_json(repaired: Repaired) -> dict[str, Any]:
    """What --json prints for one meeting."""
    meeting, reason = repaired.meeting, repaired.reason
    return {
        "conference": conference_of(meeting).pk,
        "slot": meeting.slot,
        "starts_at": meeting.starts_at.isoformat(),
        "result": repaired.result,
        "steps": list(repaired.steps),
        "recording": meeting.auto_recording_status,
        "online_meeting_id": meeting.online_meeting_id,
        "reason": None
        if reason is None
        else {
            "code": reason.code,
            "sentence": repair_phrases.why(repaired),
            "who": reason.who,
            "retry_at": reason.retry_at.isoformat() if reason.retry_at else None,
        },
        "ways_out": list(ways_out(repaired)),
    }
