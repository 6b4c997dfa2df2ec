"""One request of somebody, what it wrote, and what its answer says."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse

from tests.access import forms
from tests.access.addresses import parameters, path
from tests.access.world import World

# Who came, and who tried to, is written down whatever the answer is; and stays written.
_WRITING = re.compile(
    r'\s*(?!INSERT INTO "accounts_auditentry")(?:INSERT INTO|UPDATE|DELETE FROM) '
    r'"(?!django_session|axes_)(\w+)"'
)


@dataclass(frozen=True)
class Told:
    """``answer`` as in the table of answers.py; ``wrote``: names of tables."""

    answer: str
    wrote: list[str]
    said: str
    response: HttpResponse


def ask(
    world: World,
    role: str,
    method: str,
    route: str,
    values: dict[str, Any] | None = None,
    **extra: Any,
) -> Told:
    """As a browser of this role would send it; whatever it changes is taken back.

    ``values`` are for the parameters of the route, those of our conference unless given.
    """
    values = values or world.ours
    address = path(route, values) + forms.QUERIES.get(route, "")
    send = getattr(world.client(role), method.lower())
    form = {"data": forms.form(route, world)} if method == "POST" else {}
    with transaction.atomic(), written() as wrote:
        response = send(address, **form, **extra)
        transaction.set_rollback(True)
    asked = [values[name] for name in parameters(route)]
    return Told(_answer(response, bool(wrote)), wrote, _said(response, asked), response)


@contextmanager
def written() -> Iterator[list[str]]:
    """The tables that the block writes to."""
    tables: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if match := _WRITING.match(sql):
            tables.append(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


def _answer(response: HttpResponse, has_written: bool) -> str:
    if response.status_code == 302:
        leads_to_login = "/login/?next=" in response["Location"]
        return "login" if leads_to_login else "done" if has_written else "302"
    return str(response.status_code)


def _said(response: HttpResponse, asked: Iterable[object]) -> str:
    """Headers and body in small letters, without the keys that were asked for."""
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    text = f"{head}\n{response.content.decode()}".lower()
    for key in asked:
        text = text.replace(str(key), "")
    return text
