"""Reads settings as a start of the site does, in a process of its own, many times.

Each line of standard input is {"module": …, "variables": {…}}; for each comes a line: what the
start refused ("" if nothing), or the fault that it did not expect.
"""

import importlib
import json
import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

KEPT = {name: os.environ[name] for name in ("PATH",) if name in os.environ}


def start(module: str, variables: dict[str, str]) -> dict[str, Any]:
    os.environ.clear()
    os.environ.update({**KEPT, **variables, "DJANGO_SETTINGS_MODULE": module})
    for name in [name for name in sys.modules if name.startswith("lms_project.settings.")]:
        del sys.modules[name]
    try:
        importlib.import_module(module)
    except ImproperlyConfigured as error:
        return {"refused": str(error), "fault": ""}
    except Exception as error:  # noqa: BLE001 (whatever a start may stumble over)
        return {"refused": "", "fault": repr(error)}
    return {"refused": "", "fault": ""}


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(start(asked["module"], asked["variables"])), flush=True)  # noqa: T201
