"""Print a digest of the business columns of all tables."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from conferences.queries.digest import data_digest


class Command(BaseCommand):
    help = "Print a digest of what the business knows; equal digests mean equal knowledge."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="with rows and digest per table")

    def handle(self, *args: Any, **options: Any) -> None:
        digest = data_digest()
        self.stdout.write(json.dumps(digest) if options["json"] else digest["digest"])
