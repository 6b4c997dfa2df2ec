"""Says what works between this site and Microsoft Teams, and what helps where it does not."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from teams_integration.diagnosis import as_text, is_ok
from teams_integration.inspections.table import diagnose

USAGE = 2


class Command(BaseCommand):
    help = (
        "Check settings, sign-in, permissions and one organizer; nothing is changed. "
        "Exit code: 0 all that can be checked is ok, 1 something is missing, 2 usage."
    )
    requires_system_checks = []  # settings by half are this command's to explain

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--organizer", default="", metavar="EMAIL", help="whose calendar and meetings to try"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        organizer = options["organizer"]
        try:
            if organizer:
                validate_email(organizer)
        except ValidationError as error:
            raise CommandError(
                f"--organizer={organizer[:100]!a}: {' '.join(error.messages)}", returncode=USAGE
            ) from error
        lines = diagnose(organizer)
        ok = is_ok(lines)
        if options["json"]:
            found = {"ok": ok, "lines": [line.as_json() for line in lines]}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write(as_text(lines))
        if not ok:
            raise SystemExit(1)
