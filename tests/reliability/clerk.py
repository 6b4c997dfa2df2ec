"""A process of the product that stays: a digest takes it no start."""

import subprocess
import sys

from scripts.servers.process import ROOT
from scripts.servers.site import Site

WORK = """
import sys
from django.db import connection
from conferences.queries.digest import data_digest
for _ in sys.stdin:
    print("digest", data_digest()["digest"], flush=True)
    connection.close()
"""


class Clerk:
    """Ends by itself when nobody is left who could ask."""

    def __init__(self, site: Site) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-c", WORK],
            cwd=ROOT,
            env=site.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def digest(self) -> str:
        """Of the site's database, as ``manage.py data_digest`` prints it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("digest "):
                return line.removeprefix("digest ").strip()
        raise RuntimeError("The clerk has ended.")

    def leave(self) -> None:
        self._process.kill()
        self._process.communicate()
