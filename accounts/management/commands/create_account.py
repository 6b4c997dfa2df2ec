"""Create or change an account; the password comes from an environment variable."""

import os
from argparse import ArgumentParser, BooleanOptionalAction
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from platforms.redact import storable

USAGE = 2
LONGEST = 80  # characters of a value that are repeated
PASSWORD = "ACCOUNT_PASSWORD"  # noqa: S105 (its variable)
OPTIONS = {  # of what is stored; all else is made of the e-mail
    "email": "email",
    "name": "--name",
    "first_name": "--name",
    "last_name": "--name",
    "timezone": "--timezone",
    "password": PASSWORD,
}


class Command(BaseCommand):
    help = (
        "Create an account, or change what is given of one. The password is read from "
        "ACCOUNT_PASSWORD; without it a new account cannot log in until an administrator sets one. "
        "Exit code 2: a value is refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", help="first and last name")
        parser.add_argument("--timezone", help="such as Europe/Berlin")
        parser.add_argument(
            "--administrator", action=BooleanOptionalAction, help="may do everything"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get(PASSWORD)
        try:
            user = changed(options, password)
        except ValidationError as error:
            raise CommandError("\n".join(told(error, options)), returncode=USAGE) from error
        user.save()
        self.stdout.write(f"{user.email} can log in." if password else f"{user.email} is saved.")


def changed(options: dict[str, Any], password: str | None) -> User:
    """The account as it is to be saved; a ValidationError names what cannot be."""
    for name, value in [*options.items(), ("password", password)]:
        if name in OPTIONS and value and storable(value) != value:
            raise ValidationError({name: "A character of this cannot be stored. Remove it."})
    email = options["email"]
    User(email=email).clean_fields(exclude={*OPTIONS, "username"} - {"email"})
    user = User.objects.filter(email__iexact=email).first() or User(username=email, email=email)
    if options["name"] is not None:
        user.first_name, _, user.last_name = options["name"].partition(" ")
    if options["timezone"] is not None:
        user.timezone = options["timezone"]
    if options["administrator"] is not None:
        user.is_staff = user.is_superuser = options["administrator"]
    if password:
        set_password(user, password)
    elif user._state.adding:
        user.set_unusable_password()
    user.full_clean(exclude=["password"])
    return user


def set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)


def told(error: ValidationError, options: dict[str, Any]) -> Iterator[str]:
    """What is said of each field, beside the option that it came from; a password stays secret."""
    for name, messages in error.message_dict.items():
        option = OPTIONS.get(name, "email")
        typed = options.get(option.removeprefix("--"))
        value = f"={typed[:LONGEST]!r}" if isinstance(typed, str) else ""
        yield f"{option}{value}: {' '.join(messages)}"
