"""The product's commands, as an operator would call them."""

import json
from io import StringIO
from typing import Any

from django.core.management import call_command


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and standard output of a management command."""
    out = StringIO()
    try:
        call_command(*arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def sync(pk: int, *options: str) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON of ``sync_conference``."""
    code, out = run("sync_conference", str(pk), "--json", *options)
    [line] = out.splitlines()
    return code, json.loads(line)


def sync_attendance(pk: int, *options: str) -> tuple[int, dict[str, Any]]:
    return sync(pk, "--operation", "attendance", *options)


def report(pk: int) -> dict[str, Any]:
    return dict(json.loads(run("conference_report", str(pk), "--json")[1]))


def digest() -> str:
    return run("data_digest")[1].strip()
