"""Commands of ours with bad options: told on standard error, ended by 2, and nothing changed."""

import io
from contextlib import redirect_stderr, redirect_stdout

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.input.fuzzing import examples
from tests.input.stage import Stage, digest
from tests.input.values import EVERY, NUMBERS

USAGE = 2
OURS = {
    name: app
    for name, app in get_commands().items()
    if isinstance(app, str) and app in {"accounts", "conferences", "syncing", "teams_integration"}
}
TWICE = ["--operation", "chat", "--operation"]
UNKNOWN = "8888888"
NEW = "a@example.edu"

# What is typed, and what is said of it: the option, the value, what helps.
BAD = {
    "sync_conference": [
        ([], ("the following arguments are required: ID", "usage: ")),
        (["x"], ("argument ID", "'x'", "usage: ")),
        (["1.5"], ("argument ID", "'1.5'")),
        (["9" * 5000], ("argument ID", "invalid int value")),
        ([UNKNOWN], ("No conference 8888888.", "Nothing was synced.")),
        (["0", UNKNOWN], ("No conference 0, 8888888.", "Nothing was synced.")),
        (["-5"], ("No conference -5.",)),
        (["9223372036854775808"], ("No conference 9223372036854775808.",)),
        (["9" * 30, "-" + "9" * 30], (f"No conference {'9' * 30}, -{'9' * 30}.",)),
        (["{pk}", "--operation", "weather"], ("--operation", "'weather'", "'attendance', 'rec")),
        (["{pk}", "--operation", ""], ("--operation", "''", "choose from")),
        (["{pk}", *TWICE, "Chat"], ("--operation", "'Chat'", "choose from")),
        (["{pk}", "--operation"], ("--operation", "expected one argument")),
        (["{pk}", "--json=yes"], ("--json", "'yes'")),
        (["{pk}", "--everything"], ("--everything", "unrecognized", "usage: ")),
    ],
    "conference_report": [
        ([], ("the following arguments are required: ID", "usage: ")),
        (["x"], ("argument ID", "'x'")),
        ([UNKNOWN], ("No conference 8888888.",)),
        (["9" * 30], (f"No conference {'9' * 30}.",)),
        (["{pk}", "{pk}"], ("unrecognized", "usage: ")),
        (["{pk}", "--json", "yes"], ("unrecognized", "yes", "usage: ")),
    ],
    "data_digest": [
        (["x"], ("unrecognized", "x", "usage: ")),
        (["--table", "y"], ("unrecognized", "--table y", "usage: ")),
    ],
    "import_conferences": [
        ([], ("the following arguments are required: file", "usage: ")),
        (["a.json", "b.json"], ("unrecognized", "b.json", "usage: ")),
        (["--dry-run", "a.json"], ("unrecognized", "--dry-run", "usage: ")),
    ],
    "diagnose_teams_integration": [
        (["x"], ("unrecognized", "x", "usage: ")),
        (["--organizer"], ("--organizer", "expected one argument")),
        (["--organizer", "mara"], ("--organizer='mara'", "valid e")),
        (["--organizer", "\udcff@example.edu"], ("--organizer='\\udcff@example.edu'", "valid e")),
        (["--organizer", "x" * 100_000], ("--organizer='xxx", "valid e")),
        (["--json=yes"], ("--json", "'yes'")),
    ],
    "fix_teams_recording": [
        ([], ("--conference", "--all", "usage: ")),
        (["--conference"], ("--conference", "expected one argument")),
        (["--conference", "x"], ("--conference", "'x'", "usage: ")),
        (["--conference", "{pk}", "--all"], ("--all", "not allowed with", "usage: ")),
        (["--conference", UNKNOWN], ("No conference 8888888.", "Nothing was changed.")),
        (["--conference", "9" * 30], (f"No conference {'9' * 30}.",)),
        (["--conference", "-5"], ("No conference -5.",)),
        (["--all", "--dry-run=yes"], ("--dry-run", "'yes'")),
        (["51"], ("--conference", "usage: ")),
    ],
    "create_account": [
        ([], ("the following arguments are required: email", "usage: ")),
        (["a@example.edu", "--timezone"], ("--timezone", "expected one argument")),
        (["a@example.edu", "--role", "x"], ("unrecognized", "--role x", "usage: ")),
        (["a@example.edu", "--administrator=1"], ("administrator", "'1'", "usage: ")),
    ],
}
# These take any words, so that their value is refused after the options were understood.
REFUSED = {
    "import_conferences": [
        (["/nowhere/a.json"], ("/nowhere/a.json cannot be read",)),
        (["/"], ("/ cannot be read",)),
        ([""], ("cannot be read",)),
        (["/" + "a" * 5000], ("cannot be read",)),
        (["setup"], ("cannot be read",)),
    ],
    "create_account": [
        (["nobody"], ("email='nobody'", "valid e")),
        ([""], ("email=''", "blank")),
        (["x" * 100_000], ("email='xxx", "valid e")),
        (["a" * 250 + "@example.edu"], ("email='aaa", "254")),
        (["\udcff@example.edu"], ("email='\\udcff@example.edu'", "cannot be stored")),
        ([NEW, "--name", "\udcff"], ("--name='\\udcff'", "cannot be stored")),
        ([NEW, "--name", "A" * 151], ("--name='AAA", "150")),
        ([NEW, "--timezone", ""], ("--timezone=''", "blank")),
        ([NEW, "--timezone", "Mars/Olympus"], ("--timezone='Mars/Olympus'", "Europe/Berlin")),
        ([NEW, "--timezone", "../UTC"], ("“../UTC”", "Europe/Berlin")),
    ],
}


def manage(name: str, *options: str) -> tuple[int, str]:
    """Exit code and standard error, as the shell has them."""
    said = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(said):
        try:
            load_command_class(OURS[name], name).run_from_argv(["manage.py", name, *options])
        except SystemExit as end:
            return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def rows() -> dict[str, int]:
    """How many there are of everything of ours, accounts and runs too."""
    with connection.cursor() as cursor:
        names = [
            model._meta.db_table
            for app in set(OURS.values())
            for model in apps.get_app_config(app).get_models()
        ]
        counts = {}
        for name in names:
            cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
            counts[name] = cursor.fetchone()[0]
    return counts


def cases(table: dict[str, list[tuple[list[str], tuple[str, ...]]]]) -> list[object]:
    return [
        pytest.param(name, options, said, id=f"{name} {' '.join(options)[:40]}")
        for name, every in table.items()
        for options, said in every
    ]


def test_every_command_of_ours_is_in_the_table() -> None:
    assert set(OURS) == set(BAD)


def test_bad_options_are_told(stage: Stage) -> None:
    before = digest(), rows()
    for name, every in BAD.items():
        for options, expected in every:
            typed = [option.format(pk=stage.conference.pk) for option in options]
            code, said = manage(name, *typed)
            assert code == USAGE, (name, options)
            assert all(word in said for word in expected), (name, options, said[-300:])
            assert "Traceback" not in said
    assert (digest(), rows()) == before


def test_refused_values_are_told(stage: Stage) -> None:
    before = digest(), rows()
    for name, every in REFUSED.items():
        for options, expected in every:
            code, said = manage(name, *options)
            assert code == (USAGE if name == "create_account" else 1), (name, options)
            assert len(said) < 6000
            assert all(word in said for word in expected), (name, options, said[-300:])
            assert "Traceback" not in said
    assert (digest(), rows()) == before


@pytest.mark.parametrize("name", sorted(BAD))
def test_odd_options(name: str, stage: Stage) -> None:
    """No shell can pass NUL; a number might be a conference's."""
    typed = [one for one in EVERY if "\0" not in one and len(one) < 999 and one not in NUMBERS]
    words = st.one_of(st.sampled_from(typed), st.sampled_from(["--json", "--operation", "--name"]))
    before = digest(), rows()

    @examples(25)
    @given(options=st.lists(words, min_size=1, max_size=4))
    def call(options: list[str]) -> None:
        code, said = manage(name, *options)
        assert code in {0, 1, USAGE}, options
        assert code or name == "data_digest" or "--help" in options
        assert "Traceback" not in said

    call()
    assert (digest(), rows()) == before
