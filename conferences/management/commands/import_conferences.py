"""Load conferences, time slots and rosters from a JSON file."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conferences.actions.importing import ImportProblemError, import_conferences


class Command(BaseCommand):
    help = "Create or update conferences from a JSON file (docs/import.md); - reads standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
            document = json.loads(text)
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(f"{name} is not JSON: {error}.") from error
        except RecursionError as error:
            raise CommandError(f"{name} is not JSON: it is nested too deeply.") from error
        try:
            count = import_conferences(document)
        except ImportProblemError as error:
            lines = "\n".join(f"  - {problem}" for problem in error.problems)
            raise CommandError(f"Nothing was imported from {name}:\n{lines}") from error
        self.stdout.write(f"{count} conferences imported.")
