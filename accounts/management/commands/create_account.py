"""Create or change an account; the password comes from an environment variable."""

import os
from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User


class Command(BaseCommand):
    help = (
        "Create an account, or change what is given of one. The password is read from "
        "ACCOUNT_PASSWORD; without it a new account cannot log in until an administrator sets one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", help="first and last name")
        parser.add_argument("--timezone", help="such as Europe/Berlin")
        parser.add_argument(
            "--administrator", action=BooleanOptionalAction, help="may do everything"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        user = User.objects.filter(email__iexact=email).first() or User(username=email, email=email)
        if options["name"] is not None:
            user.first_name, _, user.last_name = options["name"].partition(" ")
        if options["timezone"] is not None:
            user.timezone = options["timezone"]
        if options["administrator"] is not None:
            user.is_staff = user.is_superuser = options["administrator"]
        if password := os.environ.get("ACCOUNT_PASSWORD"):
            user.set_password(password)
        elif user._state.adding:
            user.set_unusable_password()
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(f"{email}: {'; '.join(error.messages)}") from error
        user.save()
        self.stdout.write(f"{user.email} can log in." if password else f"{user.email} is saved.")
