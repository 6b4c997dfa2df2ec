"""Print what is known of one conference."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conferences.models import Conference
from conferences.queries.report import conference_report
from conferences.rules.intervals import minutes


class Command(BaseCommand):
    help = "Print the participants of a conference and where each minute comes from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        conference = Conference.objects.filter(pk=options["id"]).first()
        if conference is None:
            raise CommandError(f"No conference {options['id']}.", returncode=2)
        report = conference_report(conference)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for person in report["participants"]:
            spent = minutes(timedelta(seconds=person["seconds"]))
            self.stdout.write(f"{spent:>8} min  {person['name']}  {person['email'] or ''}")
