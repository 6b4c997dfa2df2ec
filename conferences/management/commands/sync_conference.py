"""Sync Data from the command line: the same engine, in the foreground."""

import json
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import models

from conferences.models import Conference
from conferences.operations import OPERATIONS
from syncing import engine
from syncing.database import DatabaseLostError, ensure_db_connection, with_database
from syncing.models import SyncRun
from syncing.models.run import Trigger
from syncing.outcomes import Message, Verdict
from syncing.phrases import message
from syncing.requesting import request_run

EXIT_CODES = {Verdict.SUCCESS: 0, Verdict.FAILED: 1, Verdict.PARTIAL: 3}
USAGE = 2
LOOK_AGAIN_SECONDS = 1.0


class Command(BaseCommand):
    help = "Sync conferences. Exit code: 0 success, 1 failed, 2 unknown id or usage, 3 partial."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="+", type=int, metavar="ID")
        parser.add_argument(
            "--operation", action="append", choices=list(OPERATIONS), default=[], metavar="NAME"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object per conference")

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(dict.fromkeys(options["ids"]))
        try:
            ensure_db_connection()
            known = [pk for pk in ids if 0 < pk <= models.BigIntegerField.MAX_BIGINT]
            conferences = Conference.objects.in_bulk(known)
            if unknown := [str(pk) for pk in ids if pk not in conferences]:
                raise CommandError(
                    f"No conference {', '.join(unknown)}. Nothing was synced.", returncode=USAGE
                )
            runs = [self._sync(conferences[pk], options) for pk in ids]
        except DatabaseLostError as error:
            raise CommandError(message(Message.DATABASE_LOST, {}, 0), returncode=1) from error
        codes = {EXIT_CODES[Verdict(run.verdict or Verdict.FAILED)] for run in runs}
        worst = next(code for code in (1, 3, 0) if code in codes)
        if worst:
            raise SystemExit(worst)

    def _sync(self, conference: Conference, options: dict[str, Any]) -> SyncRun:
        run, _ = request_run(
            conference,
            requested_by=None,
            trigger=Trigger.COMMAND,
            operations=options["operation"],
        )
        while not engine.run(run.pk) and run.is_open:  # a worker has it: join, or take over
            threading.Event().wait(LOOK_AGAIN_SECONDS)
            with_database(run.refresh_from_db)
        with_database(run.refresh_from_db)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(conference, run), ensure_ascii=False))
        else:
            self.stdout.write(f"Conference {conference.pk}: {run.message}")
            for step in run.steps.all():
                slot = f" (time slot {step.slot})" if step.slot else ""
                why = f": {step.sentence}" if step.sentence else ""
                self.stdout.write(
                    f"  {step.operation}{slot}: {step.outcome}, {step.counts.items} items{why}"
                )
        return run


def as_json(conference: Conference, run: SyncRun) -> dict[str, Any]:
    """What --json prints for one conference."""
    duration = run.duration
    return {
        "conference": conference.pk,
        "run": run.pk,
        "verdict": run.verdict,
        "message": run.message,
        "items": run.items,
        "seconds": round(duration.total_seconds(), 3) if duration else None,
        "requests": run.requests,
        "operations": [step.as_json() for step in run.steps.all()],
    }
